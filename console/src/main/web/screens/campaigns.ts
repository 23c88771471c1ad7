import { html } from "lit";
import "../kit/list";
import { BATCHES, type Campaign, MODES, STATES } from "../api/campaigns";
import { exactly, points, time } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import { type Column, named } from "../kit/list";
import { query } from "../kit/router";

const COLUMNS: Column<Campaign>[] = [
  { header: t("me.when"), show: (it) => html`<a href="/team/campaigns/${it.batch_id}"><time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time></a>` },
  { header: t("history.state"), show: (it) => html`<span class=${STATES[it.state].tone}>${STATES[it.state].text}</span>` },
  { header: t("campaign.receivers"), number: true, show: (it) => points(it.receivers) },
  { header: t("campaign.awarded"), number: true, show: (it) => points(it.completed) },
  { header: t("campaign.notAwarded"), number: true, show: (it) => points(it.refused) },
  { header: t("award.amount"), number: true, show: (it) => points(it.amount_text) },
  { header: t("campaign.mode"), show: (it) => MODES[it.mode] },
  { header: t("campaign.by"), show: (it, people) => html`<span dir="auto">${named(people, it.requested_by)}</span>` },
];

/** What was awarded to many at once. */
class PointsCampaigns extends PageElement {
  private state = new URLSearchParams(location.search).get("state") ?? "";

  protected override render() {
    const states = Object.entries(STATES).map(([state, { text }]) => ({ value: state.toLowerCase(), text }));
    const narrowed = states.some((state) => state.value === this.state);
    return html`<h1>${t("campaigns.title")}</h1>
      <p class="actions"><a class="button primary" href="/team/campaigns/new">${t("campaign.new")}</a></p>
      <div class="filter">${choice("state", t("history.state"), [{ value: "", text: t("members.all") }, ...states], this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${`${BATCHES}?expand=people${narrowed ? `&state=${this.state}` : ""}`} .size=${20} .columns=${COLUMNS} .live=${["batches", "distributions"]} label=${t("campaigns.title")}
        empty=${narrowed ? t("campaigns.noMatch") : t("campaigns.empty")}></points-list>`;
  }

  private narrow(state: string): void {
    this.state = state;
    query({ state });
    this.requestUpdate();
  }
}

define("points-campaigns", PointsCampaigns);
