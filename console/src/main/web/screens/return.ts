import { html, nothing, type TemplateResult } from "lit";
import "../kit/pending";
import { type Member, nameOf } from "../api/people";
import { points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import type { Distribution } from "../kit/timeline";

interface Fields {
  amount: string;
  why: string;
  reviewing: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is left of a budget goes back to the pool: a lead's own, or, for a manager, that of somebody. */
class PointsReturn extends PageElement {
  static override properties = { own: { type: Boolean } };
  declare own: boolean;

  private readonly from = new URLSearchParams(location.search).get("from") ?? "";
  private readonly member = new Query<Member>(this, () => (this.own || !UUID.test(this.from) ? undefined : `/api/members/${this.from}`));
  private readonly wallets = new Query<{ budget: { balance: number } }>(this, () =>
    this.own ? "/api/wallets/me?limit=1" : UUID.test(this.from) ? `/api/wallets/${this.from}?limit=1` : undefined,
  );
  private sending!: Sending<Distribution, Fields>;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Distribution, Fields>(this, `return:${this.own ? "own" : this.from}`, { amount: "", why: "", reviewing: false });
    super.connectedCallback();
  }

  private get amount(): number | undefined {
    return typedPoints(this.sending.fields.amount);
  }

  protected override render() {
    return html`<h1>${t("return.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    const budget = this.wallets.data?.budget.balance;
    if (!this.own && !UUID.test(this.from)) return html`${empty(t("return.nobody"))}<p><a href="/team/members?role=lead">${t("budget.leads")}</a></p>`;
    if (phase.name === "done") return this.done(phase.body, phase.status);
    const failure = this.wallets.failure ?? this.member.failure;
    if (budget === undefined || (!this.own && !this.member.data)) return failure ? failed(failure, () => void Promise.all([this.wallets.load(), this.member.load()])) : loading();
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.sending.fields.reviewing ? this.review(budget, phase.name) : budget > 0 || phase.name !== "editing" ? this.form(budget) : empty(t("return.nothing"))}`;
  }

  private get whose(): string {
    return this.own ? t("level.budget") : t("return.whose", { name: this.member.data ? nameOf(this.member.data) : t("someone") });
  }

  private form(budget: number): TemplateResult {
    const { amount, why } = this.sending.fields;
    const after = this.amount ? (this.amount > budget ? t("return.tooMany", { balance: pts(budget) }) : `${this.whose}: ${points(budget)} → ${pts(budget - this.amount)}`) : `${this.whose}: ${pts(budget)}`;
    return html`<form class="form" novalidate @submit=${this.check}>
      ${field({ id: "amount", label: t("award.amount"), value: amount, hint: html`<span dir="auto">${after}</span>`, fault: this.fault, numeric: true, set: (text) => this.sending.set({ amount: text }) })}
      <p><button type="button" @click=${() => this.sending.set({ amount: String(budget) })}>${t("return.all", { balance: pts(budget) })}</button></p>
      ${field({ id: "why", label: t("return.why"), value: why, longest: 2000, optional: true, set: (text) => this.sending.set({ why: text }) })}
      <p><button type="submit" class="primary">${t("award.review")}</button></p>
    </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const budget = this.wallets.data!.budget.balance;
    this.fault = !this.amount ? t("error.amount") : this.amount > budget ? t("return.tooMany", { balance: pts(budget) }) : undefined;
    this.sending.set({ reviewing: !this.fault });
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.fault ? "#amount" : "#send")?.focus();
  }

  private review(budget: number, phase: string): TemplateResult {
    const amount = this.amount ?? 0;
    const why = this.sending.fields.why.trim();
    return review({
      facts: [[this.whose, `${points(budget)} → ${pts(budget - amount)}`], [t("return.back"), pts(amount)], ...(why ? [[t("return.why"), why] as [string, string]] : [])],
      phase,
      send: t("return.send", { amount: pts(amount) }),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async send(): Promise<void> {
    const why = this.sending.fields.why.trim();
    await this.sending.send("/api/allocations/return-to-pool", { ...(this.own ? {} : { from_user_id: this.from }), amount: this.amount, ...(why ? { description: why } : {}) });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.sending.set({ reviewing: false });
      void this.wallets.load();
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(distribution: Distribution, status: number): TemplateResult {
    return html`${status === 201
        ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("return.arrived", { amount: pts(distribution.amount) })}</p></div>`
        : html`<points-pending tabindex="-1" id="done" .distributionId=${distribution.distribution_id}></points-pending>`}
      <p class="actions"><a class="button" href=${this.own ? "/me" : "/team/members?role=lead"}>${this.own ? t("nav.me") : t("budget.leads")}</a></p>`;
  }
}

define("points-return", PointsReturn);
