import { html, nothing, type TemplateResult } from "lit";
import { has, session } from "../api/session";
import { pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import { type Column, named } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { when } from "./proposals";

type Step = "approve" | "reject" | "withdraw";

/** What somebody wants to take back, and another manager has to approve. */
export interface UndoProposal {
  proposal_id: string;
  kind: "award" | "batch";
  distribution_id: string;
  amount_text: string;
  mode: "all_or_nothing" | "what_is_there";
  reason: string | null;
  state: "open" | "approved" | "rejected" | "withdrawn" | "expired";
  requested_by: string;
  created_at: string;
  expires_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
}

interface Fields {
  reason: string;
}

export const UNDOS = "/api/approvals/undos";

const stateOf = (it: UndoProposal): string => maybe(`undoApproval.state.${it.state}`) ?? it.state;

const kindOf = (it: UndoProposal): string => maybe(`approval.kind.${it.kind}`) ?? it.kind;

export const COLUMNS: Column<UndoProposal>[] = [
  { header: t("approval.asked"), show: (it) => when(it.created_at) },
  { header: t("undoApproval.what"), show: (it) => html`<a href="/approvals/undos/${it.proposal_id}">${kindOf(it)}</a>` },
  { header: t("undoApproval.by"), show: (it, people) => html`<span dir="auto">${named(people, it.requested_by)}</span>` },
  { header: t("d.amount"), number: true, show: (it) => pts(it.amount_text) },
  { header: t("approval.status"), show: stateOf },
];

/** That somebody else has to approve it, before it is asked for. */
export const takesTwo = (needed: boolean | undefined): string[] => (needed ? [t("undoApproval.takesTwo")] : []);

/** That it waits now. */
export const waits = (it: UndoProposal): TemplateResult =>
  html`<div class="notice neutral" role="status" tabindex="-1" id="done"><p>${t("undoApproval.waits")}</p></div>
    <p class="actions"><a class="button" href="/approvals/undos/${it.proposal_id}">${t("approval.waits")}</a></p>`;

/** What is to be taken back, and its end. */
class PointsUndoApproval extends PageElement {
  static override properties = { proposalId: {} };
  declare proposalId: string;
  private readonly proposal = new Query<UndoProposal>(this, () => `${UNDOS}/${this.proposalId}`);
  private readonly sent: Partial<Record<Step, Sending<UndoProposal, Fields>>> = {};
  private fault: string | undefined;
  private done: string | undefined;

  override willUpdate(): void {
    for (const step of ["approve", "reject", "withdraw"] as const) this.sent[step] ??= new Sending<UndoProposal, Fields>(this, `undo-${step}:${this.proposalId}`, { reason: "" });
  }

  protected override render(): TemplateResult {
    const it = this.proposal.data;
    const heading = html`<h1>${t("undoApproval.title")}</h1>`;
    if (!it) return html`${heading}${this.proposal.failure ? failed(this.proposal.failure, () => void this.proposal.load()) : loading()}`;
    return html`${heading}
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      <dl class="facts">
        <dt>${t("undoApproval.what")}</dt><dd><a href=${it.kind === "batch" ? `/team/campaigns/${it.distribution_id}` : `/d/${it.distribution_id}`}>${kindOf(it)}</a></dd>
        <dt>${t("d.amount")}</dt><dd>${pts(it.amount_text)}</dd>
        ${it.mode === "what_is_there" ? html`<dt>${t("undoApproval.ifShort")}</dt><dd>${t("undoApproval.whatIsThere")}</dd>` : nothing}
        ${it.reason ? html`<dt>${t("reverse.why")}</dt><dd dir="auto">${it.reason}</dd>` : nothing}
        <dt>${t("approval.asked")}</dt><dd>${when(it.created_at)}</dd>
        <dt>${t("approval.status")}</dt><dd>${it.decided_at ? html`${stateOf(it)}, ${when(it.decided_at)}` : stateOf(it)}</dd>
        ${it.state === "open" ? html`<dt>${t("undoApproval.until")}</dt><dd>${when(it.expires_at)}</dd>` : nothing}
        ${it.decision_reason ? html`<dt>${t("approval.note")}</dt><dd dir="auto">${it.decision_reason}</dd>` : nothing}
      </dl>
      ${it.state === "open" ? this.decision(it) : nothing}
      <p><a href="/approvals">${t("approvals.title")}</a></p>`;
  }

  private decision(it: UndoProposal): TemplateResult {
    const all = Object.entries(this.sent) as [Step, Sending<UndoProposal, Fields>][];
    const busy = all.some(([, { phase }]) => phase.name === "sending" || phase.name === "unknown") || !navigator.onLine;
    const answers = all.map(([step, { phase }]) =>
      phase.name === "unknown" ? unknown(phase.asking, () => void this.send(step)) : phase.name === "editing" ? refused(phase.problem, false) : nothing,
    );
    if (it.requested_by === session().user.id)
      return html`${answers}
        <p>${t("undoApproval.own")}</p>
        <p class="actions"><button type="button" id="withdraw" ?disabled=${busy} @click=${() => void this.send("withdraw")}>${t("approval.withdraw")}</button></p>`;
    if (!has("manager")) return html`${answers}`;
    const reject = this.sent.reject!;
    return html`${answers}
      <section class="card" aria-labelledby="decision">
        <h2 id="decision">${t("approval.decide")}</h2>
        <p>${t("undoApproval.consequences")}</p>
        <p class="actions"><button type="button" id="approve" class="primary" ?disabled=${busy} @click=${() => void this.send("approve")}>${t("reverse.send", { amount: pts(it.amount_text) })}</button></p>
        ${field({ id: "reason", label: t("approval.why"), hint: t("approval.why.hint"), value: reject.fields.reason, fault: this.fault, longest: 2000, set: (reason) => reject.set({ reason }) })}
        <p class="actions"><button type="button" id="reject" ?disabled=${busy} @click=${() => void this.refuse()}>${t("approval.reject")}</button></p>
      </section>`;
  }

  private async refuse(): Promise<void> {
    this.fault = this.sent.reject!.fields.reason.trim() ? undefined : t("approval.noReason");
    if (!this.fault) return this.send("reject");
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#reason")?.focus();
  }

  private async send(step: Step): Promise<void> {
    const sending = this.sent[step]!;
    await sending.send(`${UNDOS}/${this.proposalId}/${step}`, step === "reject" ? { reason: sending.fields.reason.trim() } : undefined);
    if (sending.phase.name === "done") {
      this.proposal.data = sending.phase.body;
      this.done = t(`undoApproval.done.${step}`);
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      void this.proposal.load();
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-undo-approval", PointsUndoApproval);
