import { html } from "lit";
import "../kit/list";
import { has } from "../api/session";
import { change, exactly, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";

interface Entry {
  wallet: string;
  entry_number: number;
  amount: number;
  balance_after: number;
  distribution_id: string;
  occurred_at: string;
}

interface Wallet {
  budget: { balance: number };
  earned: { balance: number };
  entries: Entry[];
}

const COLUMNS: Column<Entry>[] = [
  { header: t("me.when"), show: (entry) => html`<time datetime=${entry.occurred_at} title=${exactly(entry.occurred_at)}>${time(entry.occurred_at)}</time>` },
  { header: t("me.wallet"), show: (entry) => maybe(`wallet.${entry.wallet}`) ?? entry.wallet },
  { header: t("me.change"), number: true, show: (entry) => html`<span class=${entry.amount < 0 ? "negative" : "positive"}>${change(entry.amount)}</span>` },
  { header: t("me.after"), number: true, show: (entry) => points(entry.balance_after) },
  { header: t("me.details"), show: (entry) => html`<a href="/d/${entry.distribution_id}">${t("me.details")}</a>` },
];

/** One's own wallet: what is one's own and what can only be given are never one number. */
class PointsMe extends PageElement {
  private readonly wallet = new Query<Wallet>(this, () => "/api/wallets/me?limit=1");

  protected override render() {
    return html`<h1>${t("nav.me")}</h1>
      ${this.balances()}
      <h2>${t("me.entries")}</h2>
      <points-list .path=${"/api/wallets/me"} .columns=${COLUMNS} member="entries" label=${t("me.entries")} empty=${t("me.empty")}></points-list>`;
  }

  private balances() {
    const wallet = this.wallet.data;
    if (!wallet) return this.wallet.failure ? failed(this.wallet.failure, () => void this.wallet.load()) : loading();
    const give = has("lead", "manager") || wallet.budget.balance > 0;
    return html`<div class="cards">
      <section class="card" aria-labelledby="earned">
        <h2 id="earned">${t("me.earned")}</h2>
        <p class="figure"><output>${points(wallet.earned.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
        <p class="muted">${t("me.earned.hint")}</p>
      </section>
      ${give
        ? html`<section class="card" aria-labelledby="give">
            <h2 id="give">${t("me.give")}</h2>
            <p class="figure"><output>${points(wallet.budget.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
            <p class="muted">${t("me.give.hint")}</p>
          </section>`
        : ""}
    </div>`;
  }
}

define("points-me", PointsMe);
