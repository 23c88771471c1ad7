import { html, nothing, type TemplateResult } from "lit";
import { call, Problem } from "../api/call";
import { day, points, pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import { type Expires, expiresOf, faultOf, fieldsOf, type RuleFields, ruleFields, sentence } from "./expiry-rule";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

interface Settings {
  revision: number;
  time_zone: string;
  pool_expires: Expires | null;
  approve_allocations_above: number | null;
}

interface Check {
  pool_expires: Expires | null;
  allocation_of_today: string | null;
  allocations: number;
  points: number;
  days: { expires_on: string; allocations: number; points: number }[];
  complete: boolean;
}

/** By which rule points lapse that are allocated to a tenant: what a change would have done in the last 90 days is shown first. */
class PointsTenantExpiry extends TenantForm {
  private readonly settings = new Query<Settings>(this, () => this.tenantId && `/api/platform/tenants/${this.tenantId}/settings`);
  private readonly sending = new Sending<Settings, Partial<RuleFields>>(this, `expiry:${this.tenantId}`, {});
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: string | undefined;
  private changedMeanwhile = false;

  protected override heading(): string {
    return t("expiry.title");
  }

  protected override body(tenant: Contracted): TemplateResult {
    const settings = this.settings.data;
    const phase = this.sending.phase;
    if (!settings) return this.settings.failure ? failed(this.settings.failure, () => void this.settings.load()) : loading();
    const problem = phase.name === "editing" && phase.problem?.status !== 412 ? phase.problem : undefined;
    return html`${phase.name === "done" ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("policy.done")}</p>` : nothing}
      ${this.changedMeanwhile ? html`<p class="notice warning" role="alert" tabindex="-1" id="refusal">${t("policy.changedMeanwhile")}</p>` : nothing}
      ${refused(problem, false)}
      ${this.failure instanceof Problem ? refused(this.failure, false) : this.failure ? failed(this.failure, () => void this.look()) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <p>${t("expiry.now")} <strong>${sentence(settings.pool_expires)}</strong></p>
      <p class="muted">${t("expiry.text", { zone: settings.time_zone })}</p>
      ${this.checked ? this.review(tenant, settings, this.checked, phase.name) : this.form(settings)}`;
  }

  /** What the form says; what was not touched is as it is now. */
  private fields(settings: Settings): RuleFields {
    return { ...fieldsOf(settings.pool_expires), ...this.sending.fields };
  }

  private form(settings: Settings): TemplateResult {
    return html`<form class="form" novalidate @submit=${this.check}>
      ${ruleFields(t("expiry.rule"), this.fields(settings), this.fault, (changes) => this.edit(changes))}
      <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("policy.look")}</button></p>
    </form>`;
  }

  private edit(changes: Partial<RuleFields>): void {
    this.fault = undefined;
    this.failure = undefined;
    this.changedMeanwhile = false;
    if (this.sending.phase.name === "done") this.sending.reset();
    this.sending.set(changes);
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const wrong = faultOf(this.fields(this.settings.data!));
    this.fault = wrong?.fault;
    if (wrong) return this.attend(`#${wrong.at}`);
    await this.look();
  }

  private async look(): Promise<void> {
    this.failure = undefined;
    this.looking = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Check>("POST", `/api/platform/tenants/${this.tenantId}/settings/check`, { body: this.asked() })).body;
    } catch (failure) {
      this.failure = failure;
    }
    this.looking = false;
    await this.attend("#send, #refusal");
  }

  /** The settings as a whole: the others stay. */
  private asked(): object {
    const settings = this.settings.data!;
    const { time_zone, approve_allocations_above } = settings;
    return { time_zone, pool_expires: expiresOf(this.fields(settings)), approve_allocations_above };
  }

  private review(tenant: Contracted, settings: Settings, check: Check, phase: string): TemplateResult {
    return html`${review({
        facts: [
          [t("allocate.tenant"), tenant.name],
          [t("expiry.points"), `${sentence(settings.pool_expires)} → ${sentence(check.pool_expires)}`],
          [t("expiry.today"), check.allocation_of_today ? day(check.allocation_of_today) : t("policy.forever")],
          [t("policy.would"), t("expiry.lapsed", { amount: pts(check.points), allocations: points(check.allocations) })],
        ],
        notes: [t("expiry.later"), ...(check.complete ? [] : [t("expiry.incomplete")])],
        phase,
        send: t("policy.save"),
        onBack: () => this.back(),
        onSend: () => void this.send(),
      })}
      <h2>${t("policy.days")}</h2>
      ${check.days.length
        ? table(
            t("policy.days"),
            [{ text: t("policy.lastDay") }, { text: t("expiry.allocations"), number: true }, { text: t("d.amount"), number: true }],
            check.days.map((it) => [day(it.expires_on), points(it.allocations), points(it.points)]),
          )
        : empty(t("policy.nothing"))}`;
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    this.changedMeanwhile = false;
    await this.sending.send(`/api/platform/tenants/${this.tenantId}/settings`, this.asked(), { method: "PUT", revision: this.settings.data!.revision });
    const phase = this.sending.phase;
    if (phase.name === "done") {
      this.settings.data = phase.body;
      this.checked = undefined;
    } else if (phase.name === "editing" && phase.problem) {
      this.checked = undefined;
      this.changedMeanwhile = phase.problem.status === 412;
      if (this.changedMeanwhile) await this.settings.load();
    }
    await this.attend("#refusal, #done");
  }
}

define("points-tenant-expiry", PointsTenantExpiry);
