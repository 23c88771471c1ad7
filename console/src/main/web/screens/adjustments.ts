import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "../kit/list";
import { session } from "../api/session";
import { change, exactly, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column, PointsList } from "../kit/list";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import { tenantName } from "../kit/tenant";

export interface Adjustment {
  adjustment_id: string;
  tenant_id: string;
  account: string;
  holder_id: string;
  amount: number;
  reason: string;
  state: string;
  proposed_by: string;
  proposed_at: string;
  decided_by: string | null;
  balance_after: number | null;
}

const OF = ["pools", "wallets"] as const;

/** Balances that two administrators bring back to what was told of them: proposed by one, approved or rejected by another. */
class PointsAdjustments extends PageElement {
  private of = new URLSearchParams(location.search).get("of") === "wallets" ? "wallets" : "pools";
  private chosen: Adjustment | undefined;
  private done: string | undefined;

  private readonly columns: Column<Adjustment>[] = [
    { header: t("adjust.proposed"), show: (it) => html`<time datetime=${it.proposed_at} title=${exactly(it.proposed_at)}>${time(it.proposed_at)}</time>` },
    { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
    { header: t("adjust.account"), show: (it) => account(it) },
    { header: t("allocate.points"), number: true, show: (it) => change(it.amount) },
    { header: t("periods.close.reason"), show: (it) => html`<span dir="auto">${it.reason}</span>` },
    { header: t("periods.state"), show: (it) => maybe(`adjust.state.${it.state}`) ?? it.state },
    { header: t("adjust.decide"), show: (it) => this.decision(it) },
  ];

  private decision(it: Adjustment): TemplateResult | string {
    if (it.state !== "proposed") return it.balance_after === null ? "–" : t("adjust.balance", { n: points(it.balance_after) });
    if (it.proposed_by === session().user.id) return t("adjust.waits");
    return html`<button type="button" class="link" aria-label=${`${t("adjust.decide")}: ${it.reason}`} @click=${() => void this.choose(it)}>${t("adjust.decide")}</button>`;
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("adjust.title")}</h1>
      <p class="muted">${t("adjust.text")}</p>
      <div class="filter">
        <div class="field">
          <label for="of">${t("adjust.of")}</label>
          <select id="of" @change=${this.filter}>${OF.map((of) => html`<option value=${of} ?selected=${of === this.of}>${maybe(`adjust.of.${of}`)}</option>`)}</select>
        </div>
        <a class="button primary" href="/platform/adjustments/new">${t("adjust.propose")}</a>
      </div>
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      ${this.chosen
        ? keyed(
            this.chosen.adjustment_id,
            html`<points-adjustment-decision .adjustment=${this.chosen} .of=${this.of} @points-done=${this.decided} @points-cancelled=${() => void this.choose(undefined)}></points-adjustment-decision>`,
          )
        : nothing}
      <points-list .path=${`/api/platform/adjustments/${this.of}`} .columns=${this.columns} .live=${this.of === "pools" ? ["adjustments"] : []} label=${t("adjust.title")} empty=${t("adjust.empty")}></points-list>`;
  }

  private filter(event: Event): void {
    this.of = (event.target as HTMLSelectElement).value;
    this.chosen = this.done = undefined;
    query({ of: this.of === "pools" ? undefined : this.of });
    this.requestUpdate();
  }

  private async choose(it: Adjustment | undefined): Promise<void> {
    this.chosen = it;
    this.done = undefined;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#decision")?.focus();
  }

  private async decided(event: CustomEvent<Adjustment>): Promise<void> {
    const { state, balance_after } = event.detail;
    this.chosen = undefined;
    this.done = state === "approved" ? t("adjust.approved", { n: points(balance_after ?? 0) }) : t("adjust.rejected");
    this.querySelector<PointsList<Adjustment>>("points-list")?.reload();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#done")?.focus();
  }
}

/** Whose balance. */
function account(it: Adjustment): TemplateResult | string {
  const name = maybe(`adjust.account.${it.account}`) ?? it.account;
  return it.account === "pool" ? name : html`${name}, <code>${it.holder_id}</code>`;
}

/** What somebody else has proposed, and whether it is done. */
class PointsAdjustmentDecision extends PageElement {
  static override properties = { adjustment: { attribute: false }, of: {} };
  declare adjustment: Adjustment;
  declare of: string;
  private readonly sent: Record<string, Sending<Adjustment, object>> = {};

  override willUpdate(): void {
    for (const answer of ["approve", "reject"]) this.sent[answer] ??= new Sending<Adjustment, object>(this, `${answer}:${this.adjustment.adjustment_id}`, {});
  }

  protected override render(): TemplateResult {
    const it = this.adjustment;
    const all = Object.entries(this.sent);
    const busy = all.some(([, one]) => one.phase.name !== "editing");
    return html`<section class="card" aria-labelledby="decision">
      <h2 id="decision" tabindex="-1">${t("award.confirm")}</h2>
      ${all.map(([answer, { phase }]) =>
        phase.name === "unknown" ? unknown(phase.asking, () => void this.send(answer)) : phase.name === "editing" ? refused(phase.problem, false) : nothing,
      )}
      <dl class="facts">
        <dt>${t("records.tenant")}</dt><dd>${tenantName(it.tenant_id)}</dd>
        <dt>${t("adjust.account")}</dt><dd>${account(it)}</dd>
        <dt>${t("allocate.points")}</dt><dd>${change(it.amount)}</dd>
        <dt>${t("periods.close.reason")}</dt><dd dir="auto">${it.reason}</dd>
        <dt>${t("adjust.by")}</dt><dd>${it.proposed_by}</dd>
        <dt>${t("periods.state")}</dt><dd>${t("adjust.state.proposed")} → ${t("adjust.state.approved")}</dd>
      </dl>
      <p>${t("adjust.consequences")}</p>
      <p class="actions">
        <button type="button" class="primary" ?disabled=${busy} @click=${() => void this.send("approve")}>${t("adjust.approve")}</button>
        <button type="button" ?disabled=${busy} @click=${() => void this.send("reject")}>${t("adjust.reject")}</button>
        <button type="button" ?disabled=${busy} @click=${() => this.dispatchEvent(new CustomEvent("points-cancelled"))}>${t("cancel")}</button>
      </p>
    </section>`;
  }

  private async send(answer: string): Promise<void> {
    const sending = this.sent[answer]!;
    await sending.send(`/api/platform/adjustments/${this.of}/${this.adjustment.adjustment_id}/${answer}`, undefined);
    if (sending.phase.name === "done") this.dispatchEvent(new CustomEvent<Adjustment>("points-done", { detail: sending.phase.body }));
  }
}

define("points-adjustment-decision", PointsAdjustmentDecision);
define("points-adjustments", PointsAdjustments);
