import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { exactly, figure, points, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Page } from "../kit/list";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";
import { table } from "../kit/table";
import { COLUMNS } from "./activity";
import type { Adjustment } from "./adjustments";
import type { TenantOnList } from "./tenants";

interface Summary {
  as_of: string;
  tenants: number;
  suspended_tenants: number;
  points_in_pools_text: string;
  allocated_this_month_text: string;
  allocated_last_month_text: string;
  clawed_back_this_month_text: string;
  clawed_back_last_month_text: string;
  open_alerts: Record<string, number>;
  proposed_pool_adjustments: number;
  open_proposals: number;
}

/** Within so many days somebody has to look after a tenant's points. */
const SOON_DAYS = 30;
const LATEST = 10;

/** The administrators' first page: what waits for somebody, how things stand, and what has been moved last. */
class PointsPlatform extends PageElement {
  private readonly summary = new Query<Summary>(this, () => "/api/platform/summary");
  private readonly wallets = new Query<Page<Adjustment>>(this, () => "/api/platform/adjustments/wallets?limit=50");
  private readonly tenants = new Query<Page<TenantOnList>>(this, () => "/api/platform/tenants?status=active&sort=runway&limit=5");

  readonly live = new Live(this, () => ["alerts", "adjustments", "proposals"], () => Promise.all([this.summary.load(), this.tenants.load()]));

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.look);
  }

  /** Whoever comes back to the page sees what is there now. */
  private readonly look = (): void => {
    if (!document.hidden) this.all.forEach((query) => void query.load());
  };

  private get all(): Query<unknown>[] {
    return [this.summary, this.wallets, this.tenants];
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("platform.title")}</h1>
      ${this.waiting()}
      ${this.totals()}
      <h2>${t("platform.latest")}</h2>
      <points-list .path=${"/api/platform/allocations/all"} .size=${LATEST} .columns=${COLUMNS} label=${t("platform.latest")} empty=${t("activity.empty")}></points-list>`;
  }

  /** What cannot be read is not taken for nothing: it is only quiet if all of it says so. */
  private waiting(): TemplateResult {
    const failure = this.all.find((query) => query.failure && !query.data)?.failure;
    const items = this.items();
    const soon = this.soon();
    const complete = this.all.every((query) => query.data);
    return html`<section aria-labelledby="waiting">
      <h2 id="waiting">${t("platform.waiting")}</h2>
      ${failure ? failed(failure, () => this.look()) : nothing}
      ${items.length ? html`<ul>${items.map(({ text, count, path }) => html`<li><a href=${path}>${text}: ${points(count)}</a></li>`)}</ul>` : nothing}
      ${soon.length ? this.running(soon) : nothing}
      ${complete && !items.length && !soon.length ? html`<p class="notice positive" role="status">${t("platform.quiet", { time: time(this.summary.data!.as_of) })}</p>` : nothing}
      ${!complete && !failure ? loading() : nothing}
    </section>`;
  }

  private items(): { text: string; count: number; path: string }[] {
    const alerts = Object.entries(this.summary.data?.open_alerts ?? {}).map(([kind, count]) => ({
      text: maybe(`alerts.kind.${kind}`) ?? kind,
      count,
      path: `/platform/alerts?kind=${kind}`,
    }));
    const proposals = (of: string, count: number) => ({ text: t("platform.proposals", { of: maybe(`adjust.of.${of}`) ?? of }), count, path: `/platform/adjustments?of=${of}` });
    const wallets = (this.wallets.data?.["items"] as Adjustment[] | undefined)?.filter((one) => one.state === "proposed").length ?? 0;
    const others = { text: t("platform.openProposals"), count: this.summary.data?.open_proposals ?? 0, path: "/platform/proposals?state=proposed" };
    return [...alerts, others, proposals("pools", this.summary.data?.proposed_pool_adjustments ?? 0), proposals("wallets", wallets)].filter(({ count }) => count > 0);
  }

  private soon(): TenantOnList[] {
    const tenants = (this.tenants.data?.["items"] as TenantOnList[] | undefined) ?? [];
    return tenants.filter((tenant) => tenant.runway_days !== null && tenant.runway_days <= SOON_DAYS);
  }

  private running(tenants: TenantOnList[]): TemplateResult {
    return html`<h3>${t("platform.soon", { days: SOON_DAYS })}</h3>
      ${table(
        t("platform.soon", { days: SOON_DAYS }),
        [{ text: t("tenants.name") }, { text: t("tenants.balance"), number: true }, { text: t("tenants.runway"), number: true }, { text: t("tenants.allocate") }],
        tenants.map((it) => [
          html`<a dir="auto" href="/platform/tenants/${it.tenant_id}">${it.name}</a>`,
          points(it.balance),
          t("tenants.days", { n: points(it.runway_days ?? 0) }),
          html`<a href="/platform/allocate?tenant=${it.tenant_id}" aria-label=${`${t("tenants.allocate")}: ${it.name}`}>${t("tenants.allocate")}</a>`,
        ]),
      )}
      <p><a href="/platform/tenants?status=active&sort=runway">${t("platform.all")}</a></p>`;
  }

  private totals(): TemplateResult | typeof nothing {
    const it = this.summary.data;
    if (!it) return nothing;
    return html`<h2>${t("platform.totals")}</h2>
      <dl class="facts">
        <dt>${t("tenants.title")}</dt><dd>${it.suspended_tenants ? t("platform.suspended", { n: points(it.tenants), suspended: points(it.suspended_tenants) }) : points(it.tenants)}</dd>
        <dt>${t("platform.pools")}</dt><dd>${pts(it.points_in_pools_text)}</dd>
        <dt>${t("platform.allocated")}</dt><dd>${t("platform.before", { now: figure(it.allocated_this_month_text), before: figure(it.allocated_last_month_text) })}</dd>
        <dt>${t("platform.clawedBack")}</dt><dd>${t("platform.before", { now: figure(it.clawed_back_this_month_text), before: figure(it.clawed_back_last_month_text) })}</dd>
      </dl>
      <p class="muted"><time datetime=${it.as_of} title=${exactly(it.as_of)}>${t("conservation.asOf", { time: time(it.as_of) })}</time></p>`;
  }
}

define("points-platform", PointsPlatform);
