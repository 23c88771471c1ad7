import { html } from "lit";
import "../kit/list";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { tenantName } from "../kit/tenant";

interface Checkpoint {
  tree_size: number;
  root_hash: string;
  signed_at: string;
}

const COLUMNS: Column<Checkpoint>[] = [
  { header: t("checkpoints.size"), number: true, show: (it) => points(it.tree_size) },
  { header: `${t("checkpoints.signed")} (${t("utc")})`, show: (it) => html`<time datetime=${it.signed_at}>${timeInUtc(it.signed_at)}</time>` },
  { header: t("trees.root"), show: (it) => html`<code>${it.root_hash}</code>` },
];

/** What was signed of a tenant's tree, as it grew. */
class PointsCheckpoints extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;

  protected override render() {
    return html`<h1>${t("checkpoints.title")}</h1>
      <p>${tenantName(this.tenant)}</p>
      <points-list .path=${`/api/audit/checkpoints?tenant_id=${this.tenant}`} .columns=${COLUMNS} label=${t("checkpoints.title")} empty=${t("checkpoints.empty")}></points-list>`;
  }
}

define("points-checkpoints", PointsCheckpoints);
