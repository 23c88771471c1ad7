import { html } from "lit";
import "../kit/list";
import { change, exactly, money, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { askedDays, type Days, dayFields, span } from "../kit/days";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column } from "../kit/list";
import { query } from "../kit/router";
import { tenantName } from "../kit/tenant";

interface Allocation {
  kind: string;
  tenant_id: string;
  amount: number;
  currency: string;
  price_per_point: string;
  reference_note: string | null;
  reason: string | null;
  created_at: string;
}

export const COLUMNS: Column<Allocation>[] = [
  { header: t("me.when"), show: (it) => html`<time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time>` },
  { header: t("activity.kind"), show: (it) => maybe(`kind.${it.kind}`) ?? it.kind },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("allocate.points"), number: true, show: (it) => change(it.kind === "clawback" ? -it.amount : it.amount) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("activity.note"), show: (it) => html`<span dir="auto">${it.reference_note ?? it.reason ?? ""}</span>` },
];

const KINDS = ["allocation", "clawback"] as const;

/** All allocations and clawbacks, by kind and day. */
class PointsActivity extends PageElement {
  private kind: string = KINDS.find((kind) => kind === new URLSearchParams(location.search).get("kind")) ?? "";
  private days = askedDays();

  private get path(): string {
    const search = new URLSearchParams({ ...(this.kind ? { kind: this.kind } : {}), ...span(this.days) });
    return search.size ? `/api/platform/allocations/all?${search}` : "/api/platform/allocations/all";
  }

  protected override render() {
    const kinds = [{ value: "", text: t("members.all") }, ...KINDS.map((value) => ({ value, text: maybe(`kind.${value}`) ?? value }))];
    const narrowed = Boolean(this.kind || this.days.from || this.days.to);
    return html`<h1>${t("activity.title")}</h1>
      <div class="filter">
        ${choice("kind", t("activity.kind"), kinds, this.kind, (kind) => this.narrow(kind, {}))}
        ${dayFields(this.days, (changes) => this.narrow(this.kind, changes))}
      </div>
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("activity.title")} empty=${narrowed ? t("activity.noMatch") : t("activity.empty")}></points-list>`;
  }

  private narrow(kind: string, days: Partial<Days>): void {
    this.kind = kind;
    this.days = { ...this.days, ...days };
    query({ kind, ...this.days });
    this.requestUpdate();
  }
}

define("points-activity", PointsActivity);
