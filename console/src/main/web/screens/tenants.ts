import { html } from "lit";
import "../kit/list";
import { money, points, pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { query } from "../kit/router";

export interface Tenant {
  tenant_id: string;
  name: string;
  status: string;
  currency: string;
  currency_exponent: number;
  price_per_point: string;
  balance: number;
  contract_revision: number;
  monthly_budget: number | null;
}

/** In a list, with how it is doing. */
interface TenantOnList extends Tenant {
  distributed_30d: number | null;
  runway_days: number | null;
  open_alerts: number | null;
}

const SORTS = ["name", "runway", "balance"] as const;

const COLUMNS: Column<TenantOnList>[] = [
  { header: t("tenants.name"), show: (it) => html`<a dir="auto" href="/platform/tenants/${it.tenant_id}">${it.name}</a>` },
  { header: t("tenants.status"), show: (it) => html`<span class=${it.status === "active" ? "positive" : "negative"}>${maybe(`status.${it.status}`) ?? it.status}</span>` },
  { header: t("tenants.balance"), number: true, show: (it) => points(it.balance) },
  { header: t("tenants.given"), number: true, show: (it) => (it.distributed_30d === null ? "–" : points(it.distributed_30d)) },
  { header: t("tenants.runway"), number: true, show: (it) => (it.runway_days === null ? "–" : t("tenants.days", { n: points(it.runway_days) })) },
  { header: t("tenants.alerts"), number: true, show: (it) => (it.open_alerts === null ? "–" : points(it.open_alerts)) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("tenants.budget"), number: true, show: (it) => (it.monthly_budget === null ? "–" : pts(it.monthly_budget)) },
  { header: t("tenants.allocate"), show: (it) => html`<a href="/platform/allocate?tenant=${it.tenant_id}" aria-label=${`${t("tenants.allocate")}: ${it.name}`}>${t("tenants.allocate")}</a>` },
];

/** All tenants; sorted by how long their points will last, it is the day's work. */
class PointsTenants extends PageElement {
  private q = new URLSearchParams(location.search).get("q") ?? "";
  private sort = new URLSearchParams(location.search).get("sort") ?? "name";

  private get path(): string {
    const search = new URLSearchParams({ sort: SORTS.find((sort) => sort === this.sort) ?? "name" });
    if (this.q) search.set("q", this.q);
    return `/api/platform/tenants?${search}`;
  }

  protected override render() {
    return html`<h1>${t("tenants.title")}</h1>
      <form class="filter" role="search" novalidate @submit=${this.filter}>
        <div class="field"><label for="q">${t("tenants.name")}</label><input id="q" maxlength="200" autocomplete="off" .value=${this.q}></div>
        <div class="field">
          <label for="sort">${t("tenants.sort")}</label>
          <select id="sort" @change=${this.filter}>${SORTS.map((sort) => html`<option value=${sort} ?selected=${sort === this.sort}>${t(`tenants.sort.${sort}`)}</option>`)}</select>
        </div>
        <button type="submit">${t("tenants.find")}</button>
      </form>
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("tenants.title")} empty=${this.q ? t("tenants.noMatch") : t("tenants.empty")}></points-list>`;
  }

  private filter(event: Event): void {
    event.preventDefault();
    this.q = this.querySelector<HTMLInputElement>("#q")!.value.trim();
    this.sort = this.querySelector<HTMLSelectElement>("#sort")!.value;
    query({ q: this.q, sort: this.sort === "name" ? undefined : this.sort });
    this.requestUpdate();
  }
}

define("points-tenants", PointsTenants);
