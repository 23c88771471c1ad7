import { html, nothing, type TemplateResult } from "lit";
import { BATCHES, type Campaign } from "../api/campaigns";
import { call, Problem } from "../api/call";
import { points, pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { takesTwo, type UndoProposal, waits } from "./undo-approval";

interface Fields {
  why: string;
}

/** What taking the campaign back would do now. */
interface Check {
  reversed: number;
  amount_text: string;
  missing_text: string;
  already_reversed: number;
  empty_wallets: number;
  /** Not of an older version of the service. */
  approval_needed?: boolean;
}

/** A whole campaign is taken back: how much comes of it is said first, and what if wallets no longer hold it all. */
class PointsUndo extends PageElement {
  static override properties = { batchId: {} };
  declare batchId: string;

  private readonly campaign = new Query<Campaign>(this, () => `${BATCHES}/${this.batchId}`);
  private sending!: Sending<Campaign | UndoProposal, Fields>;
  private looking = false;
  private whatIsThere = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Campaign | UndoProposal, Fields>(this, `undo:${this.batchId}`, { why: "" });
    super.connectedCallback();
  }

  protected override render() {
    return html`<h1>${t("undo.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    const campaign = this.campaign.data;
    if (phase.name === "done") return "proposal_id" in phase.body ? waits(phase.body) : this.done(phase.status);
    if (!campaign) return this.campaign.failure ? failed(this.campaign.failure, () => void this.campaign.load()) : loading();
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${this.failure instanceof Problem ? this.notNow(this.failure) : this.failure ? failed(this.failure, () => void this.look(this.whatIsThere)) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.checked ? this.review(this.checked, phase.name) : this.form(campaign)}`;
  }

  private form(campaign: Campaign): TemplateResult {
    return html`<p>${t("undo.what", { amount: pts(campaign.completed_amount_text), awards: points(campaign.completed) })}</p>
      <form class="form" novalidate @submit=${this.check}>
        ${field({ id: "why", label: t("reverse.why"), value: this.sending.fields.why, hint: t("reverse.why.hint"), fault: this.fault, longest: 2000, set: (why) => this.sending.set({ why }) })}
        <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("award.review")}</button></p>
      </form>`;
  }

  /** Less is there than was given: that can be taken, if whoever asks says so. */
  private notNow(problem: Problem): TemplateResult {
    return html`${refused(problem, false)}
      ${problem.slug === "shortfall" && !this.whatIsThere
        ? html`<p><button type="button" id="there" ?disabled=${this.looking} @click=${() => void this.look(true)}>${t("undo.there")}</button></p>`
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
    return `${BATCHES}/${this.batchId}/undo`;
  }

  private asked(): object {
    return { reason: this.sending.fields.why.trim(), mode: this.whatIsThere ? "what_is_there" : "all_or_nothing" };
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  private review(check: Check, phase: string): TemplateResult {
    const facts: [string, string][] = [
      [t("undo.awards"), points(check.reversed)],
      [t("undo.toPool"), `+${pts(check.amount_text)}`],
    ];
    if (check.already_reversed) facts.push([t("undo.already"), points(check.already_reversed)]);
    if (check.empty_wallets) facts.push([t("undo.empty"), points(check.empty_wallets)]);
    facts.push([t("reverse.why"), this.sending.fields.why.trim()]);
    return review({
      facts,
      notes: [t("undo.seen"), ...takesTwo(check.approval_needed), ...(check.missing_text === "0" ? [] : [t("reverse.missing", { amount: pts(check.missing_text) })])],
      phase,
      send: t("reverse.send", { amount: pts(check.amount_text) }),
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

  private done(status: number): TemplateResult {
    return html`<div class="notice ${status === 201 ? "positive" : "neutral"}" role="status" tabindex="-1" id="done"><p>${status === 201 ? t("undo.done") : t("undo.running")}</p></div>
      <p class="actions"><a class="button" href="/team/campaigns/${this.batchId}">${t("undo.show")}</a></p>`;
  }
}

define("points-undo", PointsUndo);
