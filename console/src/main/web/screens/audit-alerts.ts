import { html } from "lit";
import "../kit/list";
import { figure, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { tenantName } from "../kit/tenant";

interface Alert {
  alert_id: string;
  tenant_id: string;
  kind: string;
  account: string | null;
  holder_id: string | null;
  entry_number: number | null;
  leaf_index: number | null;
  why: string | null;
  raised_at: string;
  expected_balance_text: string | null;
  stored_balance_text: string | null;
  sum_of_entries_text: string | null;
}

function digits(text: string | null): string {
  return text === null ? "–" : figure(text);
}

export const COLUMNS: Column<Alert>[] = [
  { header: `${t("alerts.since")} (${t("utc")})`, show: (it) => html`<time datetime=${it.raised_at}>${timeInUtc(it.raised_at)}</time>` },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("alerts.what"), show: (it) => `${maybe(`differs.${it.kind}`) ?? it.kind}${it.why ? ` (${it.why})` : ""}` },
  {
    header: t("adjust.account"),
    show: (it) => (it.account ? html`${maybe(`adjust.account.${it.account}`) ?? it.account}${it.account === "pool" ? "" : html`, <code>${it.holder_id}</code>`}` : "–"),
  },
  { header: t("differs.entry"), number: true, show: (it) => digits((it.entry_number ?? it.leaf_index)?.toString() ?? null) },
  { header: t("differs.expected"), number: true, show: (it) => digits(it.expected_balance_text) },
  { header: t("differs.stored"), number: true, show: (it) => digits(it.stored_balance_text) },
  { header: t("differs.sum"), number: true, show: (it) => digits(it.sum_of_entries_text) },
];

/** Where balances are not what was told of them, and what has been done about it. */
class PointsAuditAlerts extends PageElement {
  protected override render() {
    return html`<h1>${t("differs.title")}</h1>
      <p class="muted">${t("differs.text")}</p>
      <p class="actions">
        <a href="/audit/records?type=PoolAdjusted">${t("differs.pools")}</a>
        <a href="/audit/records?type=WalletAdjusted">${t("differs.wallets")}</a>
      </p>
      <points-list .path=${"/api/audit/alerts"} .columns=${COLUMNS} label=${t("differs.title")} empty=${t("differs.empty")}></points-list>`;
  }
}

define("points-audit-alerts", PointsAuditAlerts);
