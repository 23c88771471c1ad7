import { html, nothing, type TemplateResult } from "lit";
import "../kit/threshold";
import { pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

interface Fields {
  budget: string;
  onExceed: OnExceed | "";
  reviewing: false | "set" | "remove";
}

const WAYS = { alert: t("monthly.on.alert"), approve: t("monthly.on.approve"), refuse: t("monthly.on.refuse") };
type OnExceed = keyof typeof WAYS;

/** How many points are allocated to a tenant in a month, and what becomes of more. */
class PointsTenantBudget extends TenantForm {
  private readonly sending = new Sending<Contracted, Fields>(this, `monthly-budget:${this.tenantId}`, { budget: "", onExceed: "", reviewing: false });
  private fault: string | undefined;

  protected override heading(): string {
    return t("tenants.budget");
  }

  protected override body(tenant: Contracted): TemplateResult {
    const { phase, fields } = this.sending;
    if (phase.name === "done") {
      const now = phase.body.monthly_budget;
      return html`<p class="notice positive" role="status" tabindex="-1" id="done">${now === null ? t("monthly.removed") : t("monthly.done", { budget: pts(now) })}</p>`;
    }
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <p>${t("monthly.text")}</p>
      ${fields.reviewing ? this.confirm(tenant, fields.reviewing) : html`${this.form(tenant)}<points-threshold .tenantId=${this.tenantId}></points-threshold>`}`;
  }

  private form(tenant: Contracted): TemplateResult {
    const now = tenant.monthly_budget;
    return html`<form class="form" novalidate @submit=${this.check}>
      ${field({
        id: "budget",
        label: t("monthly.points"),
        hint: now === null ? t("monthly.none") : t("monthly.now", { budget: pts(now) }),
        value: this.sending.fields.budget,
        fault: this.fault,
        numeric: true,
        set: (budget) => this.sending.set({ budget }),
      })}
      ${choice("on-exceed", t("monthly.onExceed"), Object.entries(WAYS).map(([value, text]) => ({ value, text })), this.onExceed, (chosen) =>
        this.sending.set({ onExceed: chosen as OnExceed }),
      )}
      <p class="actions">
        <button type="submit" class="primary">${t("allocate.review")}</button>
        ${now === null ? nothing : html`<button type="button" id="none" @click=${() => this.look("remove")}>${t("monthly.remove")}</button>`}
      </p>
    </form>`;
  }

  private get onExceed(): OnExceed {
    return this.sending.fields.onExceed || (this.tenant.data?.on_exceed ?? "alert");
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const points = typedPoints(this.sending.fields.budget);
    const now = this.tenant.data!;
    const isSame = points === now.monthly_budget && this.onExceed === (now.on_exceed ?? "alert");
    this.fault = !points ? t("error.amount") : isSame ? t("monthly.same") : undefined;
    if (this.fault) return this.attend("#budget");
    await this.look("set");
  }

  private look(reviewing: "set" | "remove"): Promise<void> {
    this.fault = undefined;
    this.sending.set({ reviewing });
    return this.attend("#send");
  }

  private confirm(tenant: Contracted, what: "set" | "remove"): TemplateResult {
    const show = (budget: number | null | undefined) => (budget ? pts(budget) : t("monthly.noBudget"));
    const after = what === "remove" ? null : typedPoints(this.sending.fields.budget);
    return review({
      facts: [
        [t("allocate.tenant"), tenant.name],
        [t("tenants.budget"), `${show(tenant.monthly_budget)} → ${show(after)}`],
        ...(what === "remove" ? [] : ([[t("monthly.onExceed"), WAYS[this.onExceed]]] as [string, string][])),
      ],
      notes: what === "remove" ? [t("monthly.noAlert")] : [],
      phase: this.sending.phase.name,
      send: what === "remove" ? t("monthly.remove") : t("monthly.send"),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async send(): Promise<void> {
    const { budget, reviewing } = this.sending.fields;
    const path = `/api/platform/tenants/${this.tenantId}/budget`;
    if (reviewing === "remove") await this.sending.send(path, undefined, { method: "DELETE" });
    else await this.sending.send(path, { monthly_budget: typedPoints(budget), on_exceed: this.onExceed }, { method: "PUT" });
    const phase = this.sending.phase;
    if (phase.name === "editing" && phase.problem) {
      this.sending.set({ reviewing: false });
      void this.tenant.load();
    }
    await this.attend("#refusal, #done");
  }
}

define("points-tenant-budget", PointsTenantBudget);
