import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call";
import { type PointsRequest, REQUESTS, stateOf } from "../api/requests";
import { pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { named, type People } from "../kit/list";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { when } from "./proposals";

/** What a manager has asked the platform for, and what became of it. */
class PointsRequestPage extends PageElement {
  static override properties = { requestId: {} };
  declare requestId: string;
  private readonly request = new Query<PointsRequest>(this, () => `${REQUESTS}/${this.requestId}`);
  /** What is approved fills the pool. */
  readonly live = new Live(this, () => ["pool"], () => this.request.load());
  private people: People = {};
  private asked: string | undefined;
  private withdrawal: Sending<PointsRequest, object> | undefined;
  private done = false;

  override willUpdate(): void {
    this.withdrawal ??= new Sending<PointsRequest, object>(this, `withdraw-request:${this.requestId}`, {});
    if (this.request.data && this.asked !== this.requestId) {
      this.asked = this.requestId;
      void this.names(this.request.data);
    }
  }

  private async names(it: PointsRequest): Promise<void> {
    try {
      const found = await call<{ items: { user_id: string; display_name: string | null }[] }>("POST", "/api/directory/resolve", { body: { user_ids: [it.asked_by] } });
      this.people = Object.fromEntries(found.body.items.map((person) => [person.user_id, person]));
      this.requestUpdate();
    } catch {
      // The page says "somebody" then.
      this.people = {};
    }
  }

  protected override render(): TemplateResult {
    const it = this.request.data;
    const heading = html`<h1>${t("request.title")}</h1>`;
    if (!it) return html`${heading}${this.request.failure ? failed(this.request.failure, () => void this.request.load()) : loading()}`;
    return html`${heading}
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("request.withdrawn")}</p></div>` : nothing}
      <dl class="facts">
        <dt>${t("d.amount")}</dt><dd>${pts(it.amount)}</dd>
        ${it.note ? html`<dt>${t("wish.note")}</dt><dd dir="auto">${it.note}</dd>` : nothing}
        <dt>${t("wish.by")}</dt><dd dir="auto">${named(this.people, it.asked_by)}</dd>
        <dt>${t("approval.asked")}</dt><dd>${when(it.asked_at)}</dd>
        <dt>${t("approval.status")}</dt><dd>${stateOf(it)}${it.decided_at ? html`, ${when(it.decided_at)}` : nothing}</dd>
        ${it.state === "proposed" ? html`<dt>${t("wish.until")}</dt><dd>${when(it.expires_at)}</dd>` : nothing}
        ${it.decision_reason ? html`<dt>${t("approval.note")}</dt><dd dir="auto">${it.decision_reason}</dd>` : nothing}
      </dl>
      ${it.state === "proposed" ? this.open() : nothing}
      <p><a href="/team/requests">${t("request.all")}</a></p>`;
  }

  private open(): TemplateResult {
    const { phase } = this.withdrawal!;
    const busy = phase.name === "sending" || phase.name === "unknown" || !navigator.onLine;
    return html`${phase.name === "unknown" ? unknown(phase.asking, () => void this.withdraw()) : phase.name === "editing" ? refused(phase.problem, false) : nothing}
      <p class="actions"><button type="button" id="withdraw" ?disabled=${busy} @click=${() => void this.withdraw()}>${t("approval.withdraw")}</button></p>`;
  }

  private async withdraw(): Promise<void> {
    const sending = this.withdrawal!;
    await sending.send(`${REQUESTS}/${this.requestId}/withdraw`, undefined);
    if (sending.phase.name === "done") {
      this.request.data = sending.phase.body;
      this.done = true;
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      void this.request.load();
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-request", PointsRequestPage);
