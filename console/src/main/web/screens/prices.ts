import { html } from "lit";
import "../kit/list";
import { money, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { query } from "../kit/router";
import type { Tenant } from "./tenants";

type Contracted = Tenant & { po_number: string | null; cost_centre: string | null; valid_from: string };

const COLUMNS: Column<Contracted>[] = [
  { header: t("tenants.name"), show: (it) => html`<span dir="auto">${it.name}</span>` },
  { header: t("tenants.status"), show: (it) => html`<span class=${it.status === "active" ? "positive" : "negative"}>${maybe(`status.${it.status}`) ?? it.status}</span>` },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("prices.contract"), number: true, show: (it) => String(it.contract_revision) },
  { header: `${t("prices.from")} (${t("utc")})`, show: (it) => html`<time datetime=${it.valid_from}>${timeInUtc(it.valid_from)}</time>` },
  { header: t("prices.po"), show: (it) => html`<span dir="auto">${it.po_number ?? "–"}</span>` },
  { header: t("prices.costCentre"), show: (it) => html`<span dir="auto">${it.cost_centre ?? "–"}</span>` },
];

/** What each tenant pays for a point, under which contract. */
class PointsPrices extends PageElement {
  private q = new URLSearchParams(location.search).get("q") ?? "";

  protected override render() {
    return html`<h1>${t("prices.title")}</h1>
      <form class="filter" role="search" novalidate @submit=${this.find}>
        <div class="field"><label for="q">${t("tenants.name")}</label><input id="q" maxlength="200" autocomplete="off" .value=${this.q}></div>
        <button type="submit">${t("tenants.find")}</button>
      </form>
      <points-list .path=${`/api/platform/tenants?sort=name${this.q ? `&q=${encodeURIComponent(this.q)}` : ""}`} .columns=${COLUMNS} label=${t("prices.title")}
        empty=${this.q ? t("tenants.noMatch") : t("tenants.empty")}></points-list>`;
  }

  private find(event: Event): void {
    event.preventDefault();
    this.q = this.querySelector<HTMLInputElement>("#q")!.value.trim();
    query({ q: this.q });
    this.requestUpdate();
  }
}

define("points-prices", PointsPrices);
