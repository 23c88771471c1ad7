import { html } from "lit";
import "../kit/list";
import { show } from "../api/live";
import { exactly, money, points, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
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
export interface TenantOnList extends Tenant {
  distributed_30d: number | null;
  runway_days: number | null;
  open_alerts: number | null;
  last_allocation: { created_at: string } | null;
}

/** The list is found among all tenants; a busy one's balance moves all the time. */
const PAUSE_MS = 5_000;

const SORTS = ["name", "runway", "balance", "last_allocation"] as const;
const STATUSES = ["active", "suspended", "closing", "closed"] as const;

const COLUMNS: Column<TenantOnList>[] = [
  { header: t("tenants.name"), show: (it) => html`<a dir="auto" href="/platform/tenants/${it.tenant_id}">${it.name}</a>` },
  { header: t("tenants.status"), show: (it) => html`<span class=${it.status === "active" ? "positive" : "negative"}>${maybe(`status.${it.status}`) ?? it.status}</span>` },
  { header: t("tenants.balance"), number: true, show: (it) => points(it.balance) },
  { header: t("tenants.given"), number: true, show: (it) => (it.distributed_30d === null ? "–" : points(it.distributed_30d)) },
  { header: t("tenants.runway"), number: true, show: (it) => (it.runway_days === null ? "–" : t("tenants.days", { n: points(it.runway_days) })) },
  { header: t("tenants.last"), show: (it) => (it.last_allocation ? html`<time datetime=${it.last_allocation.created_at} title=${exactly(it.last_allocation.created_at)}>${time(it.last_allocation.created_at)}</time>` : "–") },
  { header: t("tenants.alerts"), number: true, show: (it) => (it.open_alerts === null ? "–" : points(it.open_alerts)) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("tenants.budget"), number: true, show: (it) => (it.monthly_budget === null ? "–" : pts(it.monthly_budget)) },
  { header: t("tenants.allocate"), show: (it) => html`<a href="/platform/allocate?tenant=${it.tenant_id}" aria-label=${`${t("tenants.allocate")}: ${it.name}`}>${t("tenants.allocate")}</a>` },
];

/** All tenants; sorted by how long their points will last, it is the day's work. */
class PointsTenants extends PageElement {
  private readonly asked = new URLSearchParams(location.search);
  private readonly wanted = {
    q: this.asked.get("q")?.trim() ?? "",
    status: STATUSES.find((status) => status === this.asked.get("status")) ?? "",
    sort: SORTS.find((sort) => sort === this.asked.get("sort")) ?? "name",
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    show([]);
  }

  private get path(): string {
    const { q, status, sort } = this.wanted;
    const search = new URLSearchParams({ sort });
    if (q) search.set("q", q);
    if (status) search.set("status", status);
    return `/api/platform/tenants?${search}`;
  }

  protected override render() {
    const { q, status, sort } = this.wanted;
    const statuses = [{ value: "", text: t("members.all") }, ...STATUSES.map((value) => ({ value, text: maybe(`status.${value}`) ?? value }))];
    const sorts = SORTS.map((value) => ({ value, text: maybe(`tenants.sort.${value}`) ?? value }));
    return html`<h1>${t("tenants.title")}</h1>
      <p class="actions"><a class="button primary" href="/platform/tenants/new">${t("register.title")}</a></p>
      <form class="filter" role="search" novalidate @submit=${this.find}>
        <div class="field"><label for="q">${t("tenants.name")}</label><input id="q" maxlength="200" autocomplete="off" .value=${q}></div>
        ${choice("status", t("tenants.status"), statuses, status, (value) => this.narrow({ status: value }))}
        ${choice("sort", t("tenants.sort"), sorts, sort, (value) => this.narrow({ sort: value }))}
        <button type="submit">${t("tenants.find")}</button>
      </form>
      <points-list .path=${this.path} .columns=${COLUMNS} .live=${["tenants", "alerts"]} .pauseMs=${PAUSE_MS}
        @points-rows=${(event: CustomEvent<TenantOnList[]>) => show(event.detail.map((it) => it.tenant_id))} label=${t("tenants.title")} empty=${q || status ? t("tenants.noMatch") : t("tenants.empty")}></points-list>`;
  }

  private find(event: Event): void {
    event.preventDefault();
    this.narrow({ q: this.querySelector<HTMLInputElement>("#q")!.value.trim() });
  }

  private narrow(changes: { q?: string; status?: string; sort?: string }): void {
    Object.assign(this.wanted, changes);
    const { q, status, sort } = this.wanted;
    query({ q, status, sort: sort === "name" ? undefined : sort });
    this.requestUpdate();
  }
}

define("points-tenants", PointsTenants);
