import { html } from "lit";
import "../kit/list";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { tenantName } from "../kit/tenant";

interface Checkpoint {
  tenant_id: string;
  tree_size: number;
  root_hash: string;
  signed_at: string;
}

const COLUMNS: Column<Checkpoint>[] = [
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("checkpoints.size"), number: true, show: (it) => points(it.tree_size) },
  { header: `${t("checkpoints.signed")} (${t("utc")})`, show: (it) => html`<time datetime=${it.signed_at}>${timeInUtc(it.signed_at)}</time>` },
  { header: t("checkpoints.conservation"), show: (it) => html`<a href="/audit/conservation/${it.tenant_id}" aria-label=${`${t("checkpoints.check")}: ${it.tenant_id}`}>${t("checkpoints.check")}</a>` },
];

class PointsCheckpoints extends PageElement {
  protected override render() {
    return html`<h1>${t("checkpoints.title")}</h1>
      <points-list .path=${"/api/audit/checkpoints"} .columns=${COLUMNS} label=${t("checkpoints.title")} empty=${t("checkpoints.empty")}></points-list>`;
  }
}

define("points-checkpoints", PointsCheckpoints);
