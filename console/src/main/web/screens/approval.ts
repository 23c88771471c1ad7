import { html, nothing, type TemplateResult } from "lit";
import { get } from "../api/call";
import { has, session } from "../api/session";
import { pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import { named, type People } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { type Approval, given, stateOf } from "./approvals";
import { when } from "./proposals";

type Step = "approve" | "reject" | "withdraw";

interface Fields {
  reason: string;
}

/** What somebody wants to give and others have to approve, and its end. */
class PointsApproval extends PageElement {
  static override properties = { distributionId: {} };
  declare distributionId: string;
  private readonly approval = new Query<Approval>(this, () => `/api/approvals/${this.distributionId}`);
  private people: People = {};
  private asked: string | undefined;
  private readonly sent: Partial<Record<Step, Sending<Approval, Fields>>> = {};
  private fault: string | undefined;
  private done: string | undefined;

  override willUpdate(): void {
    for (const step of ["approve", "reject", "withdraw"] as const) this.sent[step] ??= new Sending<Approval, Fields>(this, `${step}:${this.distributionId}`, { reason: "" });
    if (this.approval.data && this.asked !== this.distributionId) {
      this.asked = this.distributionId;
      void this.names();
    }
  }

  /** Who they are: of a distribution its own page says so. */
  private async names(): Promise<void> {
    try {
      this.people = (await get<{ people?: People }>(`/api/allocations/distributions/${this.distributionId}?expand=people`)).people ?? {};
      this.requestUpdate();
    } catch {
      // The page says "somebody" then.
      this.people = {};
    }
  }

  protected override render(): TemplateResult {
    const it = this.approval.data;
    const heading = html`<h1>${t("approval.title")}</h1>`;
    if (!it) return html`${heading}${this.approval.failure ? failed(this.approval.failure, () => void this.approval.load()) : loading()}`;
    const message = it.recognition?.message ?? it.description;
    return html`${heading}
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      <dl class="facts">
        <dt>${t("d.kind")}</dt><dd>${maybe(`approval.kind.${it.kind}`) ?? it.kind}</dd>
        <dt>${t("d.from")}</dt><dd dir="auto">${named(this.people, it.from_user_id)}</dd>
        <dt>${t("d.to")}</dt><dd dir="auto">${it.to_user_id ? named(this.people, it.to_user_id) : html`<a href="/team/campaigns/${it.distribution_id}">${t("approval.many")}</a>`}</dd>
        <dt>${t("d.amount")}</dt><dd>${pts(it.amount)}</dd>
        ${message ? html`<dt>${t("d.message")}</dt><dd dir="auto">${message}</dd>` : nothing}
        ${it.approval_rule ? html`<dt>${t("approval.rule")}</dt><dd>${it.approval_rule}</dd>` : nothing}
        <dt>${t("approval.asked")}</dt><dd>${when(it.created_at)}</dd>
        <dt>${t("approval.status")}</dt><dd>${it.state === "open" ? given(it) : html`${stateOf(it)}, ${when(it.updated_at)}`}</dd>
        ${it.held_until ? html`<dt>${t("approval.until")}</dt><dd>${when(it.held_until)}</dd>` : nothing}
        ${it.decision_reason ? html`<dt>${t("approval.note")}</dt><dd dir="auto">${it.decision_reason}</dd>` : nothing}
      </dl>
      ${it.state === "open" ? this.decision(it) : nothing}
      <p><a href="/approvals">${t("approvals.title")}</a></p>`;
  }

  private decision(it: Approval): TemplateResult {
    const all = Object.entries(this.sent) as [Step, Sending<Approval, Fields>][];
    const busy = all.some(([, { phase }]) => phase.name === "sending" || phase.name === "unknown") || !navigator.onLine;
    const answers = all.map(([step, { phase }]) =>
      phase.name === "unknown" ? unknown(phase.asking, () => void this.send(step)) : phase.name === "editing" ? refused(phase.problem, false) : nothing,
    );
    const me = session().user.id;
    if (it.requested_by === me)
      return html`${answers}
        <p>${t("approval.own")}</p>
        <p class="actions"><button type="button" id="withdraw" ?disabled=${busy} @click=${() => void this.send("withdraw")}>${t("approval.withdraw")}</button></p>`;
    if (!has("manager")) return html`${answers}`;
    if (it.votes.some(({ user_id }) => user_id === me)) return html`${answers}<p>${t("approval.voted")}</p>`;
    const reject = this.sent.reject!;
    return html`${answers}
      <section class="card" aria-labelledby="decision">
        <h2 id="decision">${t("approval.decide")}</h2>
        <p>${t("approval.consequences")}</p>
        <p class="actions"><button type="button" id="approve" class="primary" ?disabled=${busy} @click=${() => void this.send("approve")}>${t("approval.approve", { amount: pts(it.amount) })}</button></p>
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
    await sending.send(`/api/approvals/${this.distributionId}/${step}`, step === "reject" ? { reason: sending.fields.reason.trim() } : undefined);
    if (sending.phase.name === "done") {
      const it = sending.phase.body;
      this.approval.data = it;
      this.done = t(it.state === "open" ? "approval.one" : it.state === "refused" ? "approval.tooLate" : `approval.done.${step}`);
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      void this.approval.load();
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-approval", PointsApproval);
