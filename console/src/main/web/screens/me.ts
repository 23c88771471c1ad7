import { html, nothing } from "lit";
import "../kit/list";
import { type Giving, GIVING } from "../api/giving";
import { allowanceOf, type Limit, LIMITS } from "../api/limits";
import type { Expiring } from "../api/stats";
import { change, day, exactly, points, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { level } from "../kit/level";
import { type Column, named } from "../kit/list";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";
import { expiringPoints } from "./expiring";

interface Entry {
  wallet: string;
  entry_number: number;
  amount: number;
  balance_after: number;
  distribution_id: string;
  occurred_at: string;
  distribution: Origin | null;
}

/** What an entry comes of. */
interface Origin {
  kind: string;
  counterparty_id: string | null;
  description: string | null;
  recognition: { message: string | null } | null;
}

interface Wallet {
  budget: { balance: number };
  earned: { balance: number };
  /** Not of an older version of the service, as the day below. */
  expiring?: Expiring[];
  budget_expiring?: Expiring[];
  /** The last day on which earned points can be used, for the company is being closed. */
  earned_until?: string | null;
  entries: Entry[];
}

const LONGEST = 120;

/** The beginning of a text; all of it is with its distribution. */
function shortened(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : text;
}

const COLUMNS: Column<Entry>[] = [
  { header: t("me.when"), show: (entry) => html`<time datetime=${entry.occurred_at} title=${exactly(entry.occurred_at)}>${time(entry.occurred_at)}</time>` },
  { header: t("me.wallet"), show: (entry) => maybe(`wallet.${entry.wallet}`) ?? entry.wallet },
  { header: t("me.who"), show: (entry, people) => html`<span dir="auto">${entry.distribution?.counterparty_id ? named(people, entry.distribution.counterparty_id) : t("level.pool")}</span>` },
  { header: t("award.message"), show: (entry) => html`<span dir="auto">${shortened(entry.distribution?.recognition?.message ?? entry.distribution?.description ?? "")}</span>` },
  { header: t("me.change"), number: true, show: (entry) => html`<span class=${entry.amount < 0 ? "negative" : "positive"}>${change(entry.amount)}</span>` },
  { header: t("me.after"), number: true, show: (entry) => points(entry.balance_after) },
  { header: t("me.details"), show: (entry) => html`<a href="/d/${entry.distribution_id}">${t("me.details")}</a>` },
];

/** One's own wallet: what is one's own and what can only be given are never one number. */
class PointsMe extends PageElement {
  private readonly wallet = new Query<Wallet>(this, () => "/api/wallets/me?limit=1");
  private readonly giving = new Query<Giving>(this, () => GIVING);
  private readonly limits = new Query<{ items: Limit[] }>(this, () => LIMITS);
  readonly live = new Live(this, () => ["wallet"], () => Promise.all([this.wallet.load(), this.giving.load(), this.limits.load()]));

  protected override render() {
    return html`<h1>${t("nav.me")}</h1>
      ${this.balances()}
      <h2>${t("me.entries")}</h2>
      <points-list .path=${"/api/wallets/me?expand=distribution,people"} .columns=${COLUMNS} member="entries" .live=${["wallet"]} label=${t("me.entries")} empty=${t("me.empty")}></points-list>`;
  }

  /** What the company lets one give out of its pool. */
  private allowance() {
    const allowance = allowanceOf(this.limits.data?.items ?? []);
    if (!allowance) return nothing;
    return html`<section class="card" aria-labelledby="allowance">
      <h2 id="allowance">${t("me.allowance")}</h2>
      <p class="figure"><output>${points(allowance.left)}</output> <abbr title="points">${t("pts")}</abbr></p>
      <p class="muted">${t("me.allowance.hint", { limit: pts(allowance.limit), day: day(allowance.resets_on) })}</p>
      ${allowance.left > 0 ? html`<p class="actions"><a class="button primary" href="/recognise">${t("team.award")}</a></p>` : nothing}
    </section>`;
  }

  private balances() {
    const wallet = this.wallet.data;
    if (!wallet) return this.wallet.failure ? failed(this.wallet.failure, () => void this.wallet.load()) : loading();
    const giving = this.giving.data;
    const budget = giving?.source === "budget" ? giving : undefined;
    return html`${wallet.earned_until ? html`<p class="notice warning" role="status">${t("me.closing", { day: day(wallet.earned_until) })}</p>` : nothing}
    <div class="cards">
      <section class="card" aria-labelledby="earned">
        <h2 id="earned">${t("me.earned")}</h2>
        <p class="figure"><output>${points(wallet.earned.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
        <p class="muted">${t("me.earned.hint")}</p>
      </section>
      ${budget || wallet.budget.balance > 0
        ? html`<section class="card" aria-labelledby="give">
            <h2 id="give">${t("me.give")}</h2>
            <p class="figure"><output>${points(wallet.budget.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
            <p class="muted">${t("me.give.hint")}</p>
            ${budget ? level(budget) : nothing}
            ${budget?.available
              ? html`<p class="actions">
                  ${budget.level === "none" ? nothing : html`<a class="button primary" href="/recognise">${t("team.award")}</a>`}
                  <a class="button" href="/me/return">${t("return.title")}</a>
                </p>`
              : nothing}
          </section>`
        : nothing}
      ${this.allowance()}
      ${giving?.source === "request"
        ? html`<section class="card" aria-labelledby="company">
            <h2 id="company">${t("giving.company")}</h2>
            ${level(giving)}
            <p class="muted">${t("giving.company.hint")}</p>
          </section>`
        : nothing}
    </div>
    ${expiringPoints(wallet.expiring ?? [], t("me.expiring"), t("me.expiring.text"))}
    ${expiringPoints(wallet.budget_expiring ?? [], t("me.budgetExpiring"), t("me.budgetExpiring.text"))}`;
  }
}

define("points-me", PointsMe);
