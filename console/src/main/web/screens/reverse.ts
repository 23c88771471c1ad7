import { html, nothing, type TemplateResult } from "lit";
import "../kit/pending";
import { call, Problem } from "../api/call";
import { points, pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { named, type People } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import type { Distribution } from "../kit/timeline";
import { takesTwo, type UndoProposal, waits } from "./undo-approval";

interface Fields {
  why: string;
}

type Award = Distribution & { people?: People | null };

/** What taking the award back would do now. */
interface Check {
  user_id: string;
  amount: number;
  missing: number;
  balance_before: number;
  balance_after: number;
  to: "pool" | "budget";
  budget_user_id: string | null;
  /** Not of an older version of the service. */
  approval_needed?: boolean;
}

/** An award is taken back: out of whose wallet, and where to, before it is sent; and what if the wallet no longer holds it all. */
class PointsReverse extends PageElement {
  static override properties = { awardId: {} };
  declare awardId: string;

  private readonly award = new Query<Award>(this, () => `/api/allocations/distributions/${this.awardId}?expand=people`);
  private sending!: Sending<Distribution | UndoProposal, Fields>;
  private looking = false;
  private whatIsThere = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Distribution | UndoProposal, Fields>(this, `reverse:${this.awardId}`, { why: "" });
    super.connectedCallback();
  }

  protected override render() {
    return html`<h1>${t("reverse.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    const award = this.award.data;
    if (phase.name === "done") return "proposal_id" in phase.body ? waits(phase.body) : this.done(phase.body, phase.status);
    if (!award) return this.award.failure ? failed(this.award.failure, () => void this.award.load()) : loading();
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${this.failure instanceof Problem ? this.notNow(this.failure) : this.failure ? failed(this.failure, () => void this.look(this.whatIsThere)) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.checked ? this.review(award, this.checked, phase.name) : this.form(award)}`;
  }

  private form(award: Award): TemplateResult {
    return html`<p dir="auto">${t("reverse.what", { amount: pts(award.amount), name: named(award.people ?? {}, award.to_user_id!) })}</p>
      <form class="form" novalidate @submit=${this.check}>
        ${field({ id: "why", label: t("reverse.why"), value: this.sending.fields.why, hint: t("reverse.why.hint"), fault: this.fault, longest: 2000, set: (why) => this.sending.set({ why }) })}
        <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("award.review")}</button></p>
      </form>`;
  }

  /** Less is there than was given: that can be taken, if whoever asks says so. */
  private notNow(problem: Problem): TemplateResult | typeof nothing {
    const balance = problem.body.balance ?? 0;
    return html`${refused(problem, false)}
      ${problem.slug === "shortfall" && balance > 0
        ? html`<p><button type="button" id="there" ?disabled=${this.looking} @click=${() => void this.look(true)}>${t("reverse.there", { balance: pts(balance) })}</button></p>`
        : nothing}`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.fault = this.sending.fields.why.trim() ? undefined : t("error.why");
    if (this.fault) return this.attend("#why");
    await this.look(false);
  }

  private async look(whatIsThere: boolean): Promise<void> {
    this.whatIsThere = whatIsThere;
    this.failure = undefined;
    this.looking = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Check>("POST", `${this.path}/check`, { body: this.asked() })).body;
    } catch (failure) {
      this.failure = failure;
    }
    this.looking = false;
    await this.attend("#send, #refusal");
  }

  private get path(): string {
    return `/api/allocations/distributions/${this.awardId}/reverse`;
  }

  private asked(): object {
    return { reason: this.sending.fields.why.trim(), shortfall: this.whatIsThere ? "what_is_there" : "refuse" };
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  private review(award: Award, check: Check, phase: string): TemplateResult {
    const people = award.people ?? {};
    const to = check.budget_user_id ? t("return.whose", { name: named(people, check.budget_user_id) }) : t("level.pool");
    return review({
      facts: [
        [t("reverse.wallet", { name: named(people, check.user_id) }), `${points(check.balance_before)} → ${pts(check.balance_after)}`],
        [t("reverse.to"), `${to}: +${pts(check.amount)}`],
        [t("reverse.why"), this.sending.fields.why.trim()],
      ],
      notes: [t("reverse.seen"), ...takesTwo(check.approval_needed), ...(check.missing ? [t("reverse.missing", { amount: pts(check.missing) })] : [])],
      phase,
      send: t("reverse.send", { amount: pts(check.amount) }),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    });
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    await this.sending.send(this.path, this.asked());
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.back();
    await this.attend("#refusal, #done");
  }

  private done(reversal: Distribution, status: number): TemplateResult {
    return html`${status === 201
        ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("reverse.done", { amount: pts(reversal.amount) })}</p></div>`
        : html`<points-pending tabindex="-1" id="done" .distributionId=${reversal.distribution_id}></points-pending>`}
      <p class="actions"><a class="button" href="/d/${reversal.distribution_id}">${t("reverse.show")}</a></p>`;
  }
}

define("points-reverse", PointsReverse);
