import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call";
import { sentence } from "../api/problems";
import { day, exactly, points, pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define } from "../kit/element";
import { choice, date, field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import type { Proposal } from "./proposals";
import { when } from "./proposals";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

type Settlement = "credit" | "expire";

/** A tenant's closing, and how far it is. */
interface Closing {
  closing_id: string;
  step: "proposed" | "not_approved" | "recalling" | "waiting" | "draining" | "closed" | "called_off";
  earned_until: string;
  unspent: Settlement;
  earned_then: Settlement;
  reason: string;
  proposed_at: string;
  begun_at: string | null;
  recalled: number;
  recalled_at: string | null;
  emptied: number;
  emptied_at: string | null;
  drained: number;
  closed_at: string | null;
  called_off_at: string | null;
  call_off_id: string | null;
  /** Not of an older version of the service. */
  erasure_requested_at?: string | null;
  people_erased_at?: string | null;
  people_erased?: number | null;
}

/** What it would do, as things are now. */
interface Check {
  in_pool: number;
  in_budgets: number;
  in_flight: number;
  earned: number;
  credited: number;
  expired: number;
  schedules: number;
}

interface Fields {
  until: string;
  unspent: Settlement;
  earnedThen: Settlement;
  reason: string;
  /** The tenant's, typed. */
  name: string;
}

/** So long what is known of people is kept after a closing. */
const KEPT_MS = 30 * 24 * 3_600_000;

const UNDER_WAY: Closing["step"][] = ["recalling", "waiting", "draining", "closed"];

const settlement = (how: Settlement): string => t(how === "credit" ? "closing.credit" : "closing.expire");

const settlements = (["credit", "expire"] as const).map((value) => ({ value, text: settlement(value) }));

/** Closes a tenant, which two administrators decide: what it would do, how far it is, and that it is called off. */
class PointsClosing extends TenantForm {
  /** Decided ones, too: what has come of a closing before belongs to the next one. */
  private readonly proposals = new Query<{ items: Proposal[] }>(this, () => (this.tenant.data ? `/api/platform/proposals?tenant_id=${this.tenantId}&limit=200` : undefined));
  /** There is none of a tenant that nobody has ever proposed to close. */
  private readonly closing = new Query<Closing>(this, () => (this.exists ? `/api/platform/tenants/${this.tenantId}/closing` : undefined));
  private readonly sending = new Sending<Closing, Fields>(this, `close:${this.tenantId}`, { until: "", unspent: "credit", earnedThen: "expire", reason: "", name: "" });
  private readonly callOff = new Sending<Proposal, { reason: string }>(this, `call-off:${this.tenantId}`, { reason: "" });
  private readonly erasing = new Sending<Closing, object>(this, `erase-people:${this.tenantId}`, {});
  private faults: Partial<Record<"until" | "reason" | "name" | "why", string>> = {};
  private check: Check | undefined;
  private failure: unknown;

  private get exists(): boolean {
    const status = this.tenant.data?.status;
    return status === "closing" || status === "closed" || (this.proposals.data?.items.some((it) => it.kind === "closing") ?? false);
  }

  private asking = { proposals: false, closing: false };

  /** What there is to be read shows step by step. */
  override willUpdate(): void {
    if (this.tenant.data && !this.asking.proposals) {
      this.asking.proposals = true;
      void this.proposals.load();
    }
    if (this.exists && !this.asking.closing) {
      this.asking.closing = true;
      void this.closing.load();
    }
  }

  protected override heading(): string {
    return t("closing.title");
  }

  protected override body(tenant: Contracted): TemplateResult {
    const it = this.closing.data;
    const failure = this.proposals.failure ?? this.closing.failure;
    if (failure) return failed(failure, () => void Promise.all([this.proposals.load(), this.closing.load()]));
    if (!this.proposals.data || (this.exists && !it)) return loading();
    if (this.callOff.phase.name === "done") return this.proposed(this.callOff.phase.body.proposal_id);
    if (this.sending.phase.name === "done") return this.proposed(this.sending.phase.body.closing_id);
    if (it?.step === "proposed") return html`${this.terms(it)}<p><a class="button" href="/platform/proposals/${it.closing_id}">${t("closing.decide")}</a></p>`;
    if (it && UNDER_WAY.includes(it.step)) return this.progress(it);
    const next = this.check ? this.confirm(tenant, this.check) : this.ask();
    return it ? html`${this.earlier(it)}${next}` : next;
  }

  /** A closing that has come to nothing, above the form of another one. */
  private earlier(it: Closing): TemplateResult {
    return html`<details><summary>${t("closing.before")}</summary>
        ${this.terms(it)}
        <p><a href="/platform/proposals/${it.closing_id}">${t("proposal.title")}</a>${it.called_off_at ? html`, ${t("closing.calledOff", { when: exactly(it.called_off_at) })}` : nothing}</p>
      </details>`;
  }

  private proposed(id: string): TemplateResult {
    return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("closing.proposed")}</p></div>
      <p><a href="/platform/proposals/${id}">${t("proposal.title")}</a></p>`;
  }

  private terms(it: Closing): TemplateResult {
    return html`<dl class="facts">
      <dt>${t("tenants.status")}</dt><dd>${maybe(`closing.step.${it.step}`) ?? it.step}</dd>
      <dt>${t("closing.until")}</dt><dd>${day(it.earned_until)}</dd>
      <dt>${t("closing.unspent")}</dt><dd>${settlement(it.unspent)}</dd>
      <dt>${t("closing.earnedThen")}</dt><dd>${settlement(it.earned_then)}</dd>
      <dt>${t("clawback.reason")}</dt><dd dir="auto">${it.reason}</dd>
      <dt>${t("adjust.proposed")}</dt><dd>${when(it.proposed_at)}</dd>
    </dl>`;
  }

  private progress(it: Closing): TemplateResult {
    const steps: [string, string | null, number | undefined][] = [
      [t("closing.begun"), it.begun_at, undefined],
      [t("closing.recalled"), it.recalled_at, it.recalled],
      [t("closing.emptied"), it.emptied_at, it.emptied],
      [t("closing.closed"), it.closed_at, it.drained],
    ];
    return html`${this.terms(it)}
      <h2>${t("closing.steps")}</h2>
      <ol class="steps">${steps.map(([what, at, amount]) => html`<li>${what}${at ? html`: ${when(at)}${amount === undefined ? nothing : html`, ${pts(amount)}`}` : html` <span class="muted">${t("closing.notYet")}</span>`}</li>`)}</ol>
      ${it.call_off_id
        ? html`<p><a class="button" href="/platform/proposals/${it.call_off_id}">${t("closing.callOff.waits")}</a></p>`
        : it.step === "recalling" || it.step === "waiting"
          ? this.askToCallOff(it)
          : it.step === "closed" && it.erasure_requested_at !== undefined
            ? this.people(it)
            : nothing}`;
  }

  /** What is known of its people, and that it is deleted: a month after the closing. */
  private people(it: Closing): TemplateResult {
    const { phase } = this.erasing;
    const from = new Date(Date.parse(it.closed_at!) + KEPT_MS);
    return html`<h2>${t("closing.people")}</h2>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.erasePeople()) : nothing}
      ${it.people_erased_at
        ? html`<p id="erased" role="status" tabindex="-1">${t("closing.people.done", { members: points(it.people_erased!) })} ${when(it.people_erased_at)}</p>`
        : it.erasure_requested_at
          ? html`<p id="erased" role="status" tabindex="-1">${t("closing.people.asked")} ${when(it.erasure_requested_at)}</p>`
          : from.getTime() > Date.now()
            ? html`<p>${t("closing.people.later")} ${when(from.toISOString())}</p>`
            : html`<p>${t("closing.people.text")}</p>
                <p class="actions"><button type="button" id="erase" ?disabled=${phase.name !== "editing" || !navigator.onLine} @click=${() => void this.erasePeople()}>${t("closing.people.erase")}</button></p>`}`;
  }

  private async erasePeople(): Promise<void> {
    await this.erasing.send(`/api/platform/tenants/${this.tenantId}/erase-people`, undefined);
    if (this.erasing.phase.name === "done") this.closing.data = this.erasing.phase.body;
    await this.attend("#refusal, #erased");
  }

  private askToCallOff(it: Closing): TemplateResult {
    const { phase, fields } = this.callOff;
    return html`<h2>${t("closing.callOff")}</h2>
      <p>${t("closing.callOff.text", { day: day(it.earned_until) })}</p>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.sendCallOff()) : nothing}
      <form class="form" novalidate @submit=${(event: Event) => void this.proposeToCallOff(event)}>
        ${field({ id: "why", label: t("clawback.reason"), hint: t("closing.reason.hint"), value: fields.reason, fault: this.faults.why, longest: 2000, set: (reason) => this.callOff.set({ reason }) })}
        <p><button type="submit" ?disabled=${phase.name !== "editing" || !navigator.onLine}>${t("closing.callOff.send")}</button></p>
      </form>`;
  }

  private async proposeToCallOff(event: Event): Promise<void> {
    event.preventDefault();
    this.faults = this.callOff.fields.reason.trim() ? {} : { why: t("closing.noReason") };
    if (this.faults.why) return this.attend("#why");
    return this.sendCallOff();
  }

  private async sendCallOff(): Promise<void> {
    await this.callOff.send(`/api/platform/tenants/${this.tenantId}/close/call-off`, { reason: this.callOff.fields.reason.trim() });
    if (this.callOff.phase.name === "editing" && this.callOff.phase.problem) void this.closing.load();
    await this.attend("#refusal, #done");
  }

  private ask(): TemplateResult {
    const { phase, fields } = this.sending;
    return html`<ul>${[t("closing.stops"), t("closing.budgets"), t("closing.earned"), t("closing.forever")].map((one) => html`<li>${one}</li>`)}</ul>
      ${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert" tabindex="-1" id="refusal">${sentence(this.failure)}</p>` : nothing}
      <form class="form" novalidate @submit=${(event: Event) => void this.look(event)}>
        ${date("until", t("closing.until"), fields.until, this.faults.until, (until) => this.sending.set({ until }), t("closing.until.hint"))}
        ${choice("unspent", t("closing.unspent"), settlements, fields.unspent, (how) => this.sending.set({ unspent: how as Settlement }))}
        ${choice("earned-then", t("closing.earnedThen"), settlements, fields.earnedThen, (how) => this.sending.set({ earnedThen: how as Settlement }))}
        ${field({ id: "reason", label: t("clawback.reason"), hint: t("closing.reason.hint"), value: fields.reason, fault: this.faults.reason, longest: 2000, set: (reason) => this.sending.set({ reason }) })}
        <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
      </form>`;
  }

  private asked(): object {
    const { until, unspent, earnedThen, reason } = this.sending.fields;
    return { reason: reason.trim(), earned_until: until, unspent, earned_then: earnedThen };
  }

  private async look(event: Event): Promise<void> {
    event.preventDefault();
    const { until, reason } = this.sending.fields;
    this.faults = {};
    this.failure = undefined;
    if (!until) this.faults.until = t("closing.noDay");
    if (!reason.trim()) this.faults.reason = t("closing.noReason");
    const first = Object.keys(this.faults)[0];
    if (first) return this.attend(`#${first}`);
    try {
      this.check = (await call<Check>("POST", `/api/platform/tenants/${this.tenantId}/close/check`, { body: this.asked() })).body;
      this.sending.set({ name: "" });
    } catch (failure) {
      this.failure = failure;
    }
    return this.attend("#refusal, #name");
  }

  private confirm(tenant: Contracted, check: Check): TemplateResult {
    const { phase, fields } = this.sending;
    return html`${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(tenant)) : nothing}
      <div class="notice warning"><p>${t("closing.two")}</p>
        ${field({ id: "name", label: t("clawback.name", { name: tenant.name }), value: fields.name, fault: this.faults.name, set: (name) => this.sending.set({ name }) })}</div>
      ${review({
        facts: [
          [t("allocate.tenant"), tenant.name],
          [t("allocate.pool"), pts(check.in_pool)],
          [t("closing.inBudgets"), pts(check.in_budgets)],
          [t("team.inFlight"), pts(check.in_flight)],
          [t("closing.earnedNow"), pts(check.earned)],
          [t("closing.until"), day(fields.until)],
          [t("closing.wouldCredit"), pts(check.credited)],
          [t("closing.wouldExpire"), pts(check.expired)],
          [t("closing.schedules"), String(check.schedules)],
          [t("clawback.reason"), fields.reason],
        ],
        phase: phase.name,
        send: t("closing.send"),
        onBack: () => this.back(),
        onSend: () => void this.send(tenant),
      })}`;
  }

  private back(): void {
    this.check = undefined;
    this.requestUpdate();
  }

  private async send(tenant: Contracted): Promise<void> {
    this.faults = this.sending.fields.name.trim() === tenant.name.trim() ? {} : { name: t("clawback.otherName") };
    if (this.faults.name) return this.attend("#name");
    await this.sending.send(`/api/platform/tenants/${this.tenantId}/close`, this.asked());
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.check = undefined;
      this.asking.closing = false;
      await Promise.all([this.tenant.load(), this.proposals.load()]);
    }
    await this.attend("#refusal, #done");
  }
}

define("points-closing", PointsClosing);
