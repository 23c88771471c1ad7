import { html } from "lit";
import "../kit/list";
import { change, exactly, money, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
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

const COLUMNS: Column<Allocation>[] = [
  { header: t("me.when"), show: (it) => html`<time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time>` },
  { header: t("activity.kind"), show: (it) => maybe(`kind.${it.kind}`) ?? it.kind },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("allocate.points"), number: true, show: (it) => change(it.kind === "clawback" ? -it.amount : it.amount) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("activity.note"), show: (it) => html`<span dir="auto">${it.reference_note ?? it.reason ?? ""}</span>` },
];

class PointsActivity extends PageElement {
  protected override render() {
    return html`<h1>${t("activity.title")}</h1>
      <points-list .path=${"/api/platform/allocations/all"} .columns=${COLUMNS} label=${t("activity.title")} empty=${t("activity.empty")}></points-list>`;
  }
}

define("points-activity", PointsActivity);
