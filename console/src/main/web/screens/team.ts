import { html, nothing } from "lit";
import "./feed";
import "./pool-days";
import { points, time } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";

export interface Pool {
  balance: number;
  version: number;
  status: string;
  as_of: string | null;
}

/** The manager's first page: what the pool holds, and what has just happened. */
class PointsTeam extends PageElement {
  private readonly pool = new Query<Pool>(this, () => "/api/allocations/pool");
  readonly live = new Live(this, () => ["pool"], () => this.pool.load());

  protected override render() {
    return html`<h1>${t("team.pool")}</h1>
      ${this.card()}
      <points-pool-days .path=${"/api/allocations/stats/days"}></points-pool-days>
      <h2>${t("team.latest")}</h2>
      <points-feed most="5"></points-feed>`;
  }

  private card() {
    const pool = this.pool.data;
    if (!pool) return this.pool.failure ? failed(this.pool.failure, () => void this.pool.load()) : loading();
    const suspended = pool.status === "suspended";
    return html`<section class="card pool" aria-label=${t("team.pool")}>
      ${this.pool.failure ? html`<p class="notice warning" role="status">${t("offline")}</p>` : nothing}
      <p class="figure"><output>${points(pool.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
      <p class="muted">
        ${t("team.entry", { n: points(pool.version) })}${pool.as_of ? html` · ${t("team.asOf", { time: time(pool.as_of) })}` : nothing}
      </p>
      ${suspended ? html`<p class="notice negative" role="status">${t("team.suspended")}</p>` : nothing}
      ${!suspended && pool.balance === 0 ? html`<p class="notice warning">${pool.version === 0 ? t("team.never") : t("team.empty")}</p>` : nothing}
      ${suspended || pool.balance === 0 ? nothing : html`<p><a class="button primary" href="/team/award">${t("team.award")}</a> <a class="button" href="/team/budget">${t("budget.title")}</a></p>`}
      <p><a href="/team/requests">${t("request.ask")}</a></p>
    </section>`;
  }
}

define("points-team", PointsTeam);
