import { html } from "lit";
import "../kit/list";
import "./checkpoint-set";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { Query } from "../kit/query";
import { empty, failed, loading } from "../kit/states";
import { table } from "../kit/table";
import { tenantName } from "../kit/tenant";

interface Tree {
  tenant_id: string;
  tree_size: number;
  root_hash: string;
  signed_at: string;
}

interface Key {
  name: string;
  key_id: string;
  verifier_key: string;
  signing: boolean;
}

const COLUMNS: Column<Tree>[] = [
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("checkpoints.size"), number: true, show: (it) => points(it.tree_size) },
  { header: `${t("checkpoints.signed")} (${t("utc")})`, show: (it) => html`<time datetime=${it.signed_at}>${timeInUtc(it.signed_at)}</time>` },
  { header: t("trees.root"), show: (it) => html`<code>${it.root_hash}</code>` },
  { header: t("checkpoints.title"), show: (it) => html`<a href="/audit/checkpoints/${it.tenant_id}" aria-label=${`${t("checkpoints.title")}: ${it.tenant_id}`}>${t("checkpoints.title")}</a>` },
  { header: t("nav.records"), show: (it) => html`<a href="/audit/records?tenant=${it.tenant_id}" aria-label=${`${t("nav.records")}: ${it.tenant_id}`}>${t("nav.records")}</a>` },
  { header: t("checkpoints.conservation"), show: (it) => html`<a href="/audit/conservation/${it.tenant_id}" aria-label=${`${t("checkpoints.check")}: ${it.tenant_id}`}>${t("checkpoints.check")}</a>` },
  { header: t("reconcile.title"), show: (it) => html`<a href="/finance/reconciliation/${it.tenant_id}" aria-label=${`${t("reconcile.title")}: ${it.tenant_id}`}>${t("checkpoints.check")}</a>` },
];

/** Every tenant's signed tree, and the keys with which its checkpoints can be verified. */
class PointsTrees extends PageElement {
  private readonly keys = new Query<{ items: Key[] }>(this, () => "/api/audit/keys");

  protected override render() {
    return html`<h1>${t("trees.title")}</h1>
      <points-checkpoint-set></points-checkpoint-set>
      <points-list .path=${"/api/audit/trees"} .columns=${COLUMNS} label=${t("trees.title")} empty=${t("checkpoints.empty")}></points-list>
      <h2>${t("trees.keys")}</h2>
      <p class="muted">${t("trees.keys.text")}</p>
      ${this.shown()}`;
  }

  private shown() {
    const keys = this.keys.data?.items;
    if (!keys) return this.keys.failure ? failed(this.keys.failure, () => void this.keys.load()) : loading();
    if (!keys.length) return empty(t("trees.keys.empty"));
    return table(
      t("trees.keys"),
      [{ text: t("tenants.name") }, { text: t("trees.key") }, { text: t("periods.state") }],
      keys.map((key) => [key.name, html`<code>${key.verifier_key}</code>`, key.signing ? t("trees.signing") : t("trees.retired")]),
    );
  }
}

define("points-trees", PointsTrees);
