import { html, nothing, type TemplateResult } from "lit";
import { session } from "../api/session";
import { money, pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { tenantName } from "../kit/tenant";
import { type Proposal, stateOf, whatOf, when } from "./proposals";

type Step = "approve" | "reject" | "withdraw";

interface Fields {
  reason: string;
}

interface Preview {
  totals: { currency: string; total: string }[];
}

/** What one administrator has proposed, what would come of it, and its end. */
class PointsProposal extends PageElement {
  static override properties = { proposalId: {} };
  declare proposalId: string;
  private readonly proposal = new Query<Proposal>(this, () => `/api/platform/proposals/${this.proposalId}`);
  private readonly preview = new Query<Preview>(this, () => this.creditPath);
  private readonly sent: Partial<Record<Step, Sending<Proposal, Fields>>> = {};
  private fault: string | undefined;
  private done: string | undefined;

  private asked: string | undefined;

  override willUpdate(): void {
    if (this.creditPath && this.creditPath !== this.asked) {
      this.asked = this.creditPath;
      void this.preview.load();
    }
    for (const step of ["approve", "reject", "withdraw"] as const) this.sent[step] ??= new Sending<Proposal, Fields>(this, `${step}:${this.proposalId}`, { reason: "" });
  }

  /** Which money goes back, if it is about any that could. */
  private get creditPath(): string | undefined {
    const it = this.proposal.data;
    return it?.state === "proposed" && it.kind === "clawback" && it.amount !== null ? `/api/billing/preview/clawback?tenant_id=${it.tenant_id}&points=${it.amount}` : undefined;
  }

  protected override render(): TemplateResult {
    const it = this.proposal.data;
    const heading = html`<h1>${t("proposal.title")}</h1>`;
    if (!it) return html`${heading}${this.proposal.failure ? failed(this.proposal.failure, () => void this.proposal.load()) : loading()}`;
    return html`${heading}
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      <dl class="facts">
        <dt>${t("proposal.what")}</dt><dd>${whatOf(it)}</dd>
        <dt>${t("records.tenant")}</dt><dd><a href="/platform/tenants/${it.tenant_id}">${tenantName(it.tenant_id)}</a></dd>
        ${it.kind === "clawback" || it.kind === "allocation" ? nothing : html`<dt>${t("closing.title")}</dt><dd><a href="/platform/closing?tenant=${it.tenant_id}">${t("tenant.howFar")}</a></dd>`}
        ${it.amount === null ? nothing : html`<dt>${t("allocate.points")}</dt><dd>${pts(it.amount)}</dd>`}
        ${it.note ? html`<dt>${t("proposal.note")}</dt><dd dir="auto">${it.note}</dd>` : nothing}
        <dt>${t(it.kind === "allocation" ? "allocate.note" : "clawback.reason")}</dt><dd dir="auto">${it.reason}</dd>
        <dt>${t(it.asked_by_tenant ? "proposal.manager" : "adjust.by")}</dt><dd>${it.proposed_by === session().user.id ? t("proposal.you") : html`<code>${it.proposed_by}</code>`}, ${when(it.proposed_at)}</dd>
        ${it.first_approved_at ? html`<dt>${t("proposal.first")}</dt><dd>${it.first_approved_by === session().user.id ? t("proposal.you") : html`<code>${it.first_approved_by}</code>`}, ${when(it.first_approved_at)}</dd>` : nothing}
        <dt>${t("tenants.status")}</dt><dd>${stateOf(it)}</dd>
        ${it.state === "proposed" ? this.open(it) : this.end(it)}
      </dl>
      ${it.state === "proposed" ? this.decision(it) : nothing}
      <p><a href="/platform/proposals">${t("proposals.title")}</a></p>`;
  }

  private open(it: Proposal): TemplateResult {
    const totals = this.preview.data?.totals.map((total) => money(total.total, total.currency)).join(", ");
    return html`${it.kind === "clawback" ? html`<dt>${t("proposal.held")}</dt><dd>${it.reserved ? pts(it.reserved) : t("proposal.notHeld")}</dd>` : nothing}
      ${this.creditPath ? html`<dt>${t("clawback.credited")}</dt><dd>${this.preview.failure ? t("proposal.noPreview") : (totals ?? t("loading")) || t("clawback.noCredit")}</dd>` : nothing}
      <dt>${t("proposal.until")}</dt><dd>${when(it.expires_at)}</dd>`;
  }

  private end(it: Proposal): TemplateResult {
    return html`${it.decided_at ? html`<dt>${t("proposal.decided")}</dt><dd>${it.decided_by ? html`<code>${it.decided_by}</code>, ` : nothing}${when(it.decided_at)}</dd>` : nothing}
      ${it.decision_reason ? html`<dt>${t("proposal.why")}</dt><dd dir="auto">${it.decision_reason}</dd>` : nothing}
      ${it.result_id ? html`<dt>${maybe(`kind.${it.kind}`) ?? it.kind}</dt><dd><code>${it.result_id}</code></dd>` : nothing}`;
  }

  private decision(it: Proposal): TemplateResult {
    const all = Object.entries(this.sent) as [Step, Sending<Proposal, Fields>][];
    const busy = all.some(([, { phase }]) => phase.name === "sending" || phase.name === "unknown") || !navigator.onLine;
    const answers = all.map(([step, { phase }]) =>
      phase.name === "unknown" ? unknown(phase.asking, () => void this.send(step)) : phase.name === "editing" ? refused(phase.problem, false) : nothing,
    );
    if (it.proposed_by === session().user.id)
      return html`${answers}
        <p>${t("proposal.own")}</p>
        <p class="actions"><button type="button" id="withdraw" ?disabled=${busy} @click=${() => void this.send("withdraw")}>${t("proposal.withdraw")}</button></p>`;
    const reject = this.sent.reject!;
    const approve = html`<p class="actions"><button type="button" id="approve" class="primary" ?disabled=${busy} @click=${() => void this.send("approve")}>${it.amount === null ? t("proposal.approve") : it.kind === "allocation" ? t("proposal.approve.allocation", { amount: pts(it.amount) }) : t("proposal.approve.clawback", { amount: pts(it.amount) })}</button></p>`;
    return html`${answers}
      <section class="card" aria-labelledby="decision">
        <h2 id="decision">${t("adjust.decide")}</h2>
        ${it.first_approved_by === session().user.id ? html`<p>${t("proposal.second")}</p>` : html`<p>${t(it.kind === "allocation" ? "proposal.consequences.allocation" : "proposal.consequences")}</p>${approve}`}
        ${field({ id: "reason", label: t("proposal.why"), hint: t(it.asked_by_tenant ? "proposal.why.manager" : "proposal.why.hint"), value: reject.fields.reason, fault: this.fault, longest: 2000, set: (reason) => reject.set({ reason }) })}
        <p class="actions"><button type="button" id="reject" ?disabled=${busy} @click=${() => void this.refuse()}>${t("proposal.reject")}</button></p>
      </section>`;
  }

  private async refuse(): Promise<void> {
    const reason = this.sent.reject!.fields.reason.trim();
    this.fault = reason ? undefined : t("proposal.noReason");
    if (!this.fault) return this.send("reject");
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#reason")?.focus();
  }

  private async send(step: Step): Promise<void> {
    const sending = this.sent[step]!;
    await sending.send(`/api/platform/proposals/${this.proposalId}/${step}`, step === "reject" ? { reason: sending.fields.reason.trim() } : undefined);
    const held = this.proposal.data?.reserved;
    if (sending.phase.name === "done") {
      const it = sending.phase.body;
      this.proposal.data = it;
      this.done =
        step === "approve"
          ? t(it.state === "proposed" ? "proposal.approved.first" : "proposal.approved")
          : held
            ? t(step === "reject" ? "proposal.rejected" : "proposal.withdrawn")
            : t(step === "reject" ? "proposal.over.rejected" : "proposal.over.withdrawn");
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      void this.proposal.load();
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-proposal", PointsProposal);
