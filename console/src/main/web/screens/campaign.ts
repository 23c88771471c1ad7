import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { BATCHES, type Campaign, MODES, STATES } from "../api/campaigns";
import { get } from "../api/call";
import { sentence } from "../api/problems";
import { exactly, points, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { written } from "../kit/csv";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import { type Column, named, type Page, type PointsList } from "../kit/list";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { save } from "../kit/save";
import { failed, loading } from "../kit/states";

interface Receiver {
  line: number;
  to_user_id: string;
  amount: number;
  state: "accepted" | "completed" | "refused";
  reason: string | null;
  /** That refused it. */
  rule?: string;
  distribution_id: string | null;
}

const EVERY_MS = 1000;

const RECEIVERS = {
  accepted: { text: t("campaign.open"), tone: "neutral" },
  completed: { text: t("d.state.COMPLETED"), tone: "positive" },
  refused: { text: t("campaign.notAwarded"), tone: "negative" },
};

const COLUMNS: Column<Receiver>[] = [
  { header: t("campaign.line"), number: true, show: (it) => points(it.line) },
  { header: t("d.to"), show: (it, people) => html`<span dir="auto">${named(people, it.to_user_id)}</span>` },
  { header: t("award.amount"), number: true, show: (it) => points(it.amount) },
  { header: t("history.state"), show: (it) => html`<span class=${RECEIVERS[it.state].tone}>${RECEIVERS[it.state].text}</span>` },
  { header: t("campaign.why"), show: (it) => [...(it.reason ? [maybe(`reason.${it.reason}`) ?? it.reason] : []), ...(it.rule ? [t("refused.rule", { rule: it.rule })] : [])].join(" ") },
  { header: t("me.details"), show: (it) => (it.distribution_id ? html`<a href="/d/${it.distribution_id}" aria-label=${`${t("me.details")}: ${t("campaign.line")} ${it.line}`}>${t("me.details")}</a>` : "") },
];

/** One campaign: how far it has come, and who was not awarded and why. */
class PointsCampaign extends PageElement {
  static override properties = { batchId: {} };
  declare batchId: string;

  private readonly campaign = new Query<Campaign>(this, () => `${BATCHES}/${this.batchId}`);
  private state = new URLSearchParams(location.search).get("state") ?? "";
  private saving = false;
  private failure: unknown;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setTimeout(() => void this.watch(), EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** Until it is over; it goes on without this page. */
  private async watch(): Promise<void> {
    const before = this.campaign.data?.state;
    if (before && before !== "ACCEPTED" && this.campaign.data!.undo?.state !== "UNDOING") return;
    if (!document.hidden) await this.campaign.load();
    if (!this.isConnected) return;
    if (before && this.campaign.data!.state !== before) this.querySelector<PointsList<Receiver>>("points-list")?.reload();
    this.timer = setTimeout(() => void this.watch(), EVERY_MS);
  }

  protected override render() {
    return html`<h1>${t("campaign.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const it = this.campaign.data;
    if (!it) return this.campaign.failure ? failed(this.campaign.failure, () => void this.campaign.load()) : loading();
    const states = Object.entries(RECEIVERS).map(([value, { text }]) => ({ value, text }));
    const narrowed = states.some((state) => state.value === this.state);
    return html`${this.progress(it)}
      <dl class="facts">
        <dt>${t("me.when")}</dt><dd><time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time></dd>
        <dt>${t("campaign.mode")}</dt><dd>${MODES[it.mode]}</dd>
        <dt>${t("campaign.asked")}</dt><dd>${pts(it.amount_text)}</dd>
        <dt>${t("campaign.arrived")}</dt><dd>${pts(it.completed_amount_text)}</dd>
        <dt>Id</dt><dd><code>${it.batch_id}</code></dd>
      </dl>
      ${this.undo(it)}
      ${it.refusals.length
        ? html`<h2>${t("campaign.refusals")}</h2>
            <ul>${it.refusals.map((refusal) => html`<li>${points(refusal.receivers)}: ${maybe(`reason.${refusal.reason}`) ?? refusal.reason}</li>`)}</ul>`
        : nothing}
      ${it.refused && it.state !== "ACCEPTED"
        ? html`<p class="actions">
              <button type="button" ?disabled=${this.saving} @click=${this.saveRefused}>${this.saving ? t("loading") : t("campaign.saveRefused")}</button>
              <a class="button" href="/team/campaigns/new">${t("campaign.new")}</a>
            </p>
            ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)}</p>` : nothing}`
        : nothing}
      <h2>${t("campaign.receivers")}</h2>
      <div class="filter">${choice("state", t("history.state"), [{ value: "", text: t("members.all") }, ...states], this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${`${BATCHES}/${this.batchId}/receivers?expand=people${narrowed ? `&state=${this.state}` : ""}`} .columns=${COLUMNS} label=${t("campaign.receivers")}
        empty=${narrowed ? t("campaign.noMatch") : t("campaign.nobody")}></points-list>`;
  }

  /** What was taken back; or that it can be, as long as nobody has. */
  private undo(it: Campaign): TemplateResult | typeof nothing {
    if (!it.undo || it.undo.state === "REFUSED") {
      return it.completed && it.state !== "ACCEPTED" ? html`<p class="actions"><a class="button" href="/team/campaigns/${it.batch_id}/undo">${t("undo.title")}</a></p>` : nothing;
    }
    return html`<div class="notice ${it.undo.state === "UNDONE" ? "positive" : "neutral"}" id="undo">
      <p role="status"><strong>${it.undo.state === "UNDONE" ? t("undo.done") : t("undo.running")}</strong></p>
      <p>${t("undo.counts", { awards: points(it.undo.reversed), amount: pts(it.undo.amount_text) })}
        <time datetime=${it.undo.undone_at} title=${exactly(it.undo.undone_at)}>${time(it.undo.undone_at)}</time></p>
      ${it.undo.missing_text === "0" ? nothing : html`<p>${t("reverse.missing", { amount: pts(it.undo.missing_text) })}</p>`}
    </div>`;
  }

  /** Only what it has come to is announced; steps on the way are many. */
  private progress(it: Campaign): TemplateResult {
    const values = { done: points(it.completed), of: points(it.receivers), refused: points(it.refused) };
    const over = it.state !== "ACCEPTED";
    return html`<div class="notice ${STATES[it.state].tone}">
      ${this.campaign.failure ? html`<p role="status">${t("offline")}</p>` : nothing}
      <p role="status"><strong>${STATES[it.state].text}</strong> ${it.state === "REFUSED" ? t("pending.refused") : nothing}</p>
      <progress max=${Math.max(it.receivers, 1)} value=${it.completed + it.refused} aria-label=${t("campaign.title")}></progress>
      <p>${t("campaign.counts", values)}</p>
      ${over ? nothing : it.approval_rule ? html`<p><a href="/approvals/${it.batch_id}">${t("campaign.approval", { rule: it.approval_rule })}</a></p>` : html`<p>${t("pending.running")}</p>`}
    </div>`;
  }

  /** As a file from which a new campaign can be made. */
  private async saveRefused(): Promise<void> {
    this.saving = true;
    this.failure = undefined;
    this.requestUpdate();
    try {
      const rows: string[][] = [];
      for (let cursor = ""; ; ) {
        const page: Page<Receiver> = await get(`${BATCHES}/${this.batchId}/receivers?state=refused&limit=200${cursor}`);
        for (const it of page["items"] as Receiver[]) rows.push([it.to_user_id, String(it.amount)]);
        if (!page.next_cursor) break;
        cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
      }
      save(`not-awarded-${this.batchId}.csv`, written("to_user_id,amount", rows).text, "text/csv");
    } catch (failure) {
      this.failure = failure;
    }
    this.saving = false;
    this.requestUpdate();
  }

  private narrow(state: string): void {
    this.state = state;
    query({ state });
    this.requestUpdate();
  }
}

define("points-campaign", PointsCampaign);
