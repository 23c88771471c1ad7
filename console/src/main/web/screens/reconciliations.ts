import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { get } from "../api/call";
import { points } from "../i18n/format";
import { type Key, maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column, Page } from "../kit/list";
import { failed } from "../kit/states";
import { table } from "../kit/table";

interface Reconciled {
  tenant_id: string;
  tenant_name: string | null;
  agrees: boolean;
  differences: number;
  kinds: string[];
  audit: string;
  contiguous_version: number;
}

/** What has been found so far. */
interface Found {
  compared: number;
  differing: Reconciled[];
  state: "running" | "stopped" | "over";
}

/** As many as a page may have. */
const PAGE = 50;

const COLUMNS: Column<Reconciled>[] = [
  { header: t("allocate.tenant"), show: (it) => html`<a dir="auto" href="/finance/reconciliation/${it.tenant_id}">${it.tenant_name ?? it.tenant_id}</a>` },
  { header: t("reconcile.title"), show: (it) => (it.agrees ? html`<span class="positive">✓ ${t("reconcile.state.agrees")}</span>` : html`<span class="negative">✗ ${t("reconcile.state.differs")}</span>`) },
  { header: t("reconcile.differences"), show: (it) => (it.differences ? t("reconcile.kinds", { n: points(it.differences), kinds: it.kinds.map(kind).join(", ") }) : t("reconcile.none")) },
  { header: t("reconcile.audit"), show: (it) => maybe(`reconcile.state.${it.audit}`) ?? it.audit },
  { header: t("reconcile.known"), number: true, show: (it) => points(it.contiguous_version) },
];

const KINDS: Record<string, Key> = {
  waiting: "reconcile.kind.waiting",
  missing_entry: "reconcile.kind.missing_entry",
  unknown_event: "reconcile.kind.unknown_event",
  points: "reconcile.kind.points",
  amount: "reconcile.kind.amount",
  pool_balance: "reconcile.kind.pool_balance",
  totals: "reconcile.kind.totals",
  statement: "reconcile.kind.statement",
  audit: "reconcile.kind.audit",
};

function kind(one: string): string {
  const key = KINDS[one];
  return key ? t(key) : one;
}

/** Whether the books of all tenants agree. Each tenant's history is read for it, so all of them are compared when somebody asks for it. */
class PointsReconciliations extends PageElement {
  private found: Found | undefined;
  private failure: unknown;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render(): TemplateResult {
    const it = this.found;
    return html`<h1>${t("reconcile.title")}</h1>
      <p class="muted">${t("reconcile.text")}</p>
      <p class="actions">
        <button type="button" class="primary" ?disabled=${it?.state === "running"} @click=${() => void this.compare()}>${t("reconcile.all")}</button>
        ${it?.state === "running" ? html`<button type="button" @click=${() => this.stop()}>${t("reconcile.stop")}</button>` : nothing}
      </p>
      ${it ? this.shown(it) : nothing}
      ${this.failure ? failed(this.failure, () => void this.compare()) : nothing}
      <points-list .path=${"/api/billing/reconciliation"} .size=${PAGE} .columns=${COLUMNS} label=${t("reconcile.title")} empty=${t("reconcile.noTenant")}></points-list>`;
  }

  private shown({ compared, differing, state }: Found): TemplateResult {
    const values = { n: points(compared), differing: points(differing.length) };
    const text = { running: "reconcile.running", stopped: "reconcile.stopped", over: "reconcile.over" } as const;
    const tone = differing.length ? "negative" : state === "over" ? "positive" : "neutral";
    return html`<p class="notice ${tone}" role="status">${t(text[state], values)}</p>
      ${differing.length
        ? table(
            t("reconcile.differs"),
            COLUMNS.map(({ header, number }) => ({ text: header, number: number ?? false })),
            differing.map((one) => COLUMNS.map((column) => column.show(one, {}))),
          )
        : nothing}`;
  }

  private stop(): void {
    if (this.found?.state === "running") this.found.state = "stopped";
    this.requestUpdate();
  }

  private async compare(): Promise<void> {
    const found: Found = (this.found = { compared: 0, differing: [], state: "running" });
    this.failure = undefined;
    let cursor: string | null = null;
    try {
      do {
        this.requestUpdate();
        const page: Page<Reconciled> = await get(`/api/billing/reconciliation?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
        const items = page["items"] as Reconciled[];
        found.compared += items.length;
        found.differing.push(...items.filter((one) => !one.agrees));
        cursor = page.next_cursor;
      } while (cursor && found.state === "running");
      if (!cursor) found.state = "over";
    } catch (failure) {
      this.failure = failure;
      found.state = "stopped";
    }
    this.requestUpdate();
  }
}

define("points-reconciliations", PointsReconciliations);
