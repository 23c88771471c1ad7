import { html, type TemplateResult } from "lit";
import { figure, points, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { Query } from "../kit/query";
import { empty, failed, loading } from "../kit/states";
import { table } from "../kit/table";
import { tenantName } from "../kit/tenant";

interface Counted {
  records: number;
  points: string;
}

interface Reconciliation {
  agrees: boolean;
  events: number;
  entries: number;
  event_points: number;
  entry_points: number;
  contiguous_version: number;
  differences: { kind: string; event_id: string | null; detail: string }[];
  audit: {
    state: string;
    heard_at: string | null;
    pool_version: number;
    topics: { topic: string; counts: { kind: string; state: string; audit: Counted; billing: Counted }[] }[];
  };
}

/** Whether what was billed is what has happened, and what audit-service has sealed. */
class PointsReconciliation extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;
  private readonly books = new Query<Reconciliation>(this, () => `/api/billing/reconciliation/${this.tenant}`);

  protected override render(): TemplateResult {
    return html`<h1>${t("reconcile.title")}: ${tenantName(this.tenant)}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const it = this.books.data;
    if (!it) return this.books.failure ? failed(this.books.failure, () => void this.books.load()) : loading();
    return html`<p class="notice ${it.agrees ? "positive" : "negative"}" role="status">${it.agrees ? t("reconcile.agrees") : t("reconcile.differs")}</p>
      ${table(
        t("reconcile.title"),
        [{ text: t("month.figure") }, { text: t("reconcile.events"), number: true }, { text: t("reconcile.entries"), number: true }],
        [
          [t("reconcile.number"), points(it.events), points(it.entries)],
          [t("allocate.points"), figure(it.event_points), figure(it.entry_points)],
        ],
      )}
      <p class="muted">${t("reconcile.version", { n: points(it.contiguous_version) })}</p>
      <h2>${t("reconcile.differences")}</h2>
      ${it.differences.length
        ? table(
            t("reconcile.differences"),
            [{ text: t("activity.kind") }, { text: t("reconcile.detail") }, { text: t("reconcile.do") }],
            it.differences.map((one) => [one.kind, one.detail, one.kind === "waiting" ? t("reconcile.do.wait") : one.kind === "audit" ? t("reconcile.do.audit") : t("reconcile.do.report")]),
          )
        : empty(t("reconcile.none"))}
      <h2>${t("reconcile.audit")}</h2>
      <p>${maybe(`reconcile.state.${it.audit.state}`) ?? it.audit.state}
        <span class="muted">${it.audit.heard_at ? t("reconcile.heard", { time: timeInUtc(it.audit.heard_at), n: points(it.audit.pool_version) }) : t("reconcile.unheard")}</span></p>
      ${table(
        t("reconcile.audit"),
        [
          { text: t("reconcile.topic") },
          { text: t("activity.kind") },
          { text: t("reconcile.sealed"), number: true },
          { text: t("reconcile.here"), number: true },
          { text: t("periods.state") },
        ],
        it.audit.topics.flatMap((topic) =>
          topic.counts.map((count) => [topic.topic, count.kind, counted(count.audit), counted(count.billing), maybe(`reconcile.state.${count.state}`) ?? count.state]),
        ),
      )}
      <p class="actions"><button type="button" class="primary" @click=${() => void this.books.load()}>${t("reconcile.again")}</button></p>`;
  }
}

function counted(it: Counted): string {
  return t("reconcile.counted", { records: points(it.records), points: figure(it.points) });
}

define("points-reconciliation", PointsReconciliation);
