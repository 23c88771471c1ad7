import { html, nothing, type TemplateResult } from "lit";
import "../kit/pending";
import "../kit/picker";
import { get } from "../api/call";
import { type Giving, GIVING } from "../api/giving";
import { leads, type Member, nameOf, type Person } from "../api/people";
import { points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { level } from "../kit/level";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import type { Distribution } from "../kit/timeline";

interface Fields {
  to: Person | undefined;
  amount: string;
  what: string;
  reviewing: boolean;
}

/** A manager gives a lead points to pass on: what it does to the pool and to the budget, before it is sent. */
class PointsBudget extends PageElement {
  private readonly giving = new Query<Giving>(this, () => GIVING);
  private readonly sending = new Sending<Distribution, Fields>(this, "budget", { to: undefined, amount: "", what: "", reviewing: false });
  private readonly wallets = new Query<{ budget: { balance: number } }>(this, () => this.to && `/api/wallets/${this.to.user_id}?limit=1`);
  private faults: Partial<Record<"who" | "amount" | "what", string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    void this.prefill(new URLSearchParams(location.search).get("to"));
  }

  /** Another lead in the address is another form. */
  private async prefill(asked: string | null): Promise<void> {
    if (!asked || asked === this.to?.user_id) return;
    this.sending.reset();
    try {
      const member = await get<Member>(`/api/members/${encodeURIComponent(asked)}`);
      if (member.active && member.role === "lead") this.choose({ ...member, eligible: true, id: member.user_id, label: nameOf(member) });
      else this.faults = { who: t("budget.notLead") };
    } catch {
      this.faults = { who: t("budget.unknown") };
    }
    this.requestUpdate();
  }

  private get to(): Person | undefined {
    return this.sending.fields.to;
  }

  private get amount(): number | undefined {
    return typedPoints(this.sending.fields.amount);
  }

  private choose(to: Person | undefined): void {
    this.sending.set({ to });
    query({ to: to?.user_id });
    this.faults = {};
    this.wallets.data = undefined;
    void this.wallets.load();
  }

  protected override render() {
    const phase = this.sending.phase;
    if (phase.name === "done") return html`<h1>${t("budget.title")}</h1>${this.done(phase.body, phase.status)}`;
    return html`<h1>${t("budget.title")}</h1>
      ${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.sending.fields.reviewing && this.to ? this.review(this.to, phase.name) : this.form()}`;
  }

  private form(): TemplateResult {
    const { amount, what } = this.sending.fields;
    return html`<form class="form" novalidate @submit=${this.check}>
      ${this.giving.data ? level(this.giving.data) : nothing}
      <points-picker label=${t("budget.who")} hint=${t("award.who.hint")} .find=${leads} .chosen=${this.to} .error=${this.faults.who}
        @points-chosen=${(event: CustomEvent<Person | undefined>) => this.choose(event.detail)}></points-picker>
      ${field({ id: "amount", label: t("award.amount"), value: amount, hint: this.consequences(), fault: this.faults.amount, numeric: true, set: (text) => this.sending.set({ amount: text }) })}
      ${field({ id: "what", label: t("award.message"), value: what, hint: t("budget.what.hint"), fault: this.faults.what, longest: 2000, set: (text) => this.sending.set({ what: text }) })}
      <p><button type="submit" class="primary">${t("award.review")}</button></p>
    </form>`;
  }

  /** The pool before and after; and what it is short of. */
  private consequences(): TemplateResult | typeof nothing {
    const pool = this.giving.data?.available ?? undefined;
    if (pool === undefined) return nothing;
    if (!this.amount) return html`${t("level.pool")}: ${pts(pool)}`;
    if (this.amount > pool) return html`${t("award.tooMany", { balance: pts(pool), amount: pts(this.amount) })}`;
    return html`${t("level.pool")}: ${points(pool)} → ${pts(pool - this.amount)}`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const faults: typeof this.faults = {};
    if (!this.to) faults.who = t("error.lead");
    if (!this.amount) faults.amount = t("error.amount");
    if (!this.sending.fields.what.trim()) faults.what = t("error.message");
    this.faults = faults;
    const first = Object.keys(faults)[0];
    this.sending.set({ reviewing: !first });
    await this.updateComplete;
    this.querySelector<HTMLElement>(first === "who" ? "vaadin-combo-box" : `#${first ?? "send"}`)?.focus();
  }

  private review(to: Person, phase: string): TemplateResult {
    const amount = this.amount ?? 0;
    const pool = this.giving.data?.available ?? undefined;
    const budget = this.wallets.data?.budget.balance;
    const facts: [string, string][] = [
      [t("budget.who"), to.label],
      [t("award.amount"), pts(amount)],
      [t("award.message"), this.sending.fields.what],
    ];
    if (pool !== undefined) facts.push([t("level.pool"), `${points(pool)} → ${pts(pool - amount)}`]);
    if (budget !== undefined) facts.push([t("budget.after"), `${points(budget)} → ${pts(budget + amount)}`]);
    return review({
      facts,
      notes: [t("budget.note")],
      phase,
      send: t("budget.send", { amount: pts(amount), name: to.label }),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async send(): Promise<void> {
    await this.sending.send("/api/allocations/distribute-to-lead", { to_user_id: this.to?.user_id, amount: this.amount, description: this.sending.fields.what.trim() });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.sending.set({ reviewing: false });
      void this.giving.load();
      void this.wallets.load();
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(distribution: Distribution, status: number): TemplateResult {
    return html`${status === 201
        ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("budget.arrived", { amount: pts(distribution.amount), name: this.to?.label ?? t("someone") })}</p></div>`
        : html`<points-pending tabindex="-1" id="done" .distributionId=${distribution.distribution_id}></points-pending>`}
      <p class="actions">
        <a class="button" href="/team/members?role=lead">${t("budget.leads")}</a>
        <button type="button" class="primary" @click=${this.another}>${t("budget.another")}</button>
      </p>`;
  }

  private another(): void {
    this.sending.reset();
    this.choose(undefined);
    void this.giving.load();
  }
}

define("points-budget", PointsBudget);
