import { html } from "lit";
import "../kit/list";
import "./checkpoint-set";
import { ago, exactly, points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { tenantName } from "../kit/tenant";
import { COLUMNS as DIFFERENCES } from "./audit-alerts";
import type { Conservation } from "./conservation";

interface Tree {
  tenant_id: string;
  tree_size: number;
  signed_at: string;
}

/** Rows of each list, before somebody asks for more. */
const FIRST = 10;

/** When, what and whose: the rest is on the page of all differences. */
const SHORT = DIFFERENCES.slice(0, 3);

function age(instant: string | null) {
  return instant ? html`<time datetime=${instant} title=${exactly(instant)}>${ago(instant)}</time>` : "–";
}

const BOOKS: Column<Conservation>[] = [
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  {
    header: t("conservation.title"),
    show: (it) => (it.balanced ? html`<span class="positive">✓ ${t("conservation.balanced")}</span>` : html`<span class="negative">✗ ${t("conservation.unbalanced")}</span>`),
  },
  { header: t("conservation.allocated"), number: true, show: (it) => points(it.allocated_text) },
  { header: t("conservation.clawedBack"), number: true, show: (it) => points(it.clawed_back_text) },
  { header: t("checkpoints.signed"), show: (it) => age(it.cut.sealed_at) },
  { header: t("checkpoints.check"), show: (it) => html`<a href="/audit/conservation/${it.tenant_id}" aria-label=${`${t("conservation.title")}: ${it.tenant_id}`}>${t("checkpoints.check")}</a>` },
];

const TREES: Column<Tree>[] = [
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("checkpoints.size"), number: true, show: (it) => points(it.tree_size) },
  { header: t("audit.age"), show: (it) => age(it.signed_at) },
  { header: t("checkpoints.title"), show: (it) => html`<a href="/audit/checkpoints/${it.tenant_id}" aria-label=${`${t("checkpoints.title")}: ${it.tenant_id}`}>${t("checkpoints.title")}</a>` },
];

/** An auditor's first page: differences that were found, whether the books of all tenants balance, and how old their checkpoints are. */
class PointsAuditHome extends PageElement {
  private readonly now = new Date().toISOString();

  protected override render() {
    return html`<h1>${t("audit.title")}</h1>
      <p class="muted">${t("conservation.asOf", { time: timeInUtc(this.now) })} ${t("utc")}</p>
      <h2>${t("differs.title")}</h2>
      <points-list .path=${"/api/audit/alerts"} .size=${FIRST} .columns=${SHORT} label=${t("differs.title")} empty=${t("differs.empty")}></points-list>
      <p><a href="/audit/alerts">${t("audit.allDifferences")}</a></p>
      <h2>${t("conservation.title")}</h2>
      <points-list .path=${"/api/audit/conservation"} .columns=${BOOKS} label=${t("conservation.title")} empty=${t("audit.noBooks")}></points-list>
      <h2>${t("checkpoints.title")}</h2>
      <points-checkpoint-set></points-checkpoint-set>
      <points-list .path=${"/api/audit/trees"} .size=${FIRST} .columns=${TREES} label=${t("trees.title")} empty=${t("checkpoints.empty")}></points-list>
      <p><a href="/audit/trees">${t("audit.allTrees")}</a></p>`;
  }
}

define("points-audit-home", PointsAuditHome);
