import { html, type TemplateResult } from "lit";
import "../kit/list";
import "./pool-days";
import { show } from "../api/live";
import type { Stats } from "../api/stats";
import { change, exactly, figure, money, points, pts, time, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";
import { expiringPoints } from "./expiring";
import type { Tenant } from "./tenants";

/** With what is billed under its contract. */
export interface Contracted extends Tenant {
  pool_version: number;
  po_number: string | null;
  cost_centre: string | null;
  valid_from: string;
  on_exceed: "alert" | "approve" | "refuse" | null;
}

interface Movement {
  kind: string;
  amount: number;
  currency: string;
  price_per_point: string;
  reference_note: string | null;
  reason: string | null;
  balance_after: number;
  created_at: string;
}

interface Contract {
  contract_revision: number;
  currency: string;
  price_per_point: string;
  po_number: string | null;
  cost_centre: string | null;
  valid_from: string;
}

const MOVEMENTS: Column<Movement>[] = [
  { header: t("me.when"), show: (it) => html`<time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time>` },
  { header: t("activity.kind"), show: (it) => maybe(`kind.${it.kind}`) ?? it.kind },
  { header: t("allocate.points"), number: true, show: (it) => change(it.kind === "clawback" ? -it.amount : it.amount) },
  { header: t("tenant.poolAfter"), number: true, show: (it) => points(it.balance_after) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("activity.note"), show: (it) => html`<span dir="auto">${it.reference_note ?? it.reason ?? ""}</span>` },
];

export const CONTRACTS: Column<Contract>[] = [
  { header: t("tenant.contract"), number: true, show: (it) => String(it.contract_revision) },
  { header: `${t("tenant.from")} (${t("utc")})`, show: (it) => html`<time datetime=${it.valid_from}>${timeInUtc(it.valid_from)}</time>` },
  { header: t("tenants.price"), number: true, show: (it) => money(it.price_per_point, it.currency) },
  { header: t("tenant.po"), show: (it) => html`<span dir="auto">${it.po_number ?? "–"}</span>` },
  { header: t("tenant.costCentre"), show: (it) => html`<span dir="auto">${it.cost_centre ?? "–"}</span>` },
];

/** One tenant: what its pool holds and has held, what was allocated and taken back, and under which contracts. */
class PointsTenantPage extends PageElement {
  static override properties = { tenantId: {} };
  declare tenantId: string;
  private readonly tenant = new Query<Contracted>(this, () => `/api/platform/tenants/${this.tenantId}`);
  private readonly stats = new Query<Stats>(this, () => `/api/platform/allocations/stats/${this.tenantId}`);
  readonly live = new Live(this, () => ["tenants"], () => this.tenant.load());

  override connectedCallback(): void {
    super.connectedCallback();
    show([this.tenantId]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    show([]);
  }

  protected override render(): TemplateResult {
    const it = this.tenant.data;
    return html`<h1 dir="auto">${it ? it.name : t("allocate.tenant")}</h1>
      ${it ? this.body(it) : this.tenant.failure ? failed(this.tenant.failure, () => void this.tenant.load()) : loading()}`;
  }

  private body(it: Contracted): TemplateResult {
    const suspended = it.status === "suspended";
    const ends = it.status === "closing" || it.status === "closed";
    return html`<section class="card pool" aria-label=${t("allocate.pool")}>
        <p class="figure"><output>${points(it.balance)}</output> <abbr title="points">${t("pts")}</abbr></p>
        <p class="muted">${t("team.entry", { n: points(it.pool_version) })}</p>
        ${suspended ? html`<p class="notice warning" role="status">${t("allocate.suspended")}</p>` : ""}
        ${ends ? html`<p class="notice warning" role="status">${t(it.status === "closing" ? "tenant.closing" : "tenant.closed")}</p>` : ""}
        <p class="actions">
          ${ends
            ? html`<a class="button primary" href="/platform/closing?tenant=${it.tenant_id}">${t("tenant.howFar")}</a>`
            : suspended
            ? html`<a class="button primary" href="/platform/status?tenant=${it.tenant_id}">${t("reactivate.title")}</a>
                <a class="button" href="/platform/allocate?tenant=${it.tenant_id}">${t("tenants.allocate")}</a>`
            : html`<a class="button primary" href="/platform/allocate?tenant=${it.tenant_id}">${t("tenants.allocate")}</a>`}
          ${it.balance > 0 ? html`<a class="button" href="/platform/clawback?tenant=${it.tenant_id}">${t("clawback.title")}</a>` : ""}
          <a class="button" href="/platform/schedules?tenant=${it.tenant_id}">${t("schedules.title")}</a>
          <a class="button" href="/platform/expiry?tenant=${it.tenant_id}">${t("expiry.title")}</a>
          <a class="button" href="/platform/budget?tenant=${it.tenant_id}">${t("tenants.budget")}</a>
          ${suspended || ends ? "" : html`<a class="button" href="/platform/status?tenant=${it.tenant_id}">${t("suspend.title")}</a>`}
          ${ends ? "" : html`<a class="button" href="/platform/closing?tenant=${it.tenant_id}">${t("closing.title")}</a>`}
        </p>
      </section>
      <dl class="facts">
        <dt>${t("tenants.status")}</dt><dd>${maybe(`status.${it.status}`) ?? it.status}</dd>
        <dt>${t("tenants.price")}</dt><dd>${money(it.price_per_point, it.currency)} (${t("tenant.contract")} ${it.contract_revision})</dd>
        <dt>${t("tenant.po")}</dt><dd dir="auto">${it.po_number ?? "–"}</dd>
        <dt>${t("tenant.costCentre")}</dt><dd dir="auto">${it.cost_centre ?? "–"}</dd>
        <dt>${t("tenants.budget")}</dt><dd>${it.monthly_budget === null ? "–" : pts(it.monthly_budget)}</dd>
        <dt>Id</dt><dd><code>${it.tenant_id}</code></dd>
      </dl>
      ${this.totals()}
      <points-pool-days path=${`/api/platform/allocations/stats/${it.tenant_id}/days`}></points-pool-days>
      <h2>${t("activity.title")}</h2>
      <points-list .path=${`/api/platform/allocations/history/${it.tenant_id}`} .columns=${MOVEMENTS} .live=${["tenants"]} label=${t("activity.title")} empty=${t("activity.empty")}></points-list>
      <h2>${t("tenant.contracts")}</h2>
      <p><a class="button" href="/platform/contract?tenant=${it.tenant_id}">${t("contract.title")}</a></p>
      <points-list .path=${`/api/platform/tenants/${it.tenant_id}/contracts`} .columns=${CONTRACTS} label=${t("tenant.contracts")} empty=${t("tenant.noContracts")}></points-list>`;
  }

  private totals(): TemplateResult {
    const it = this.stats.data;
    if (!it) return html`${this.stats.failure ? failed(this.stats.failure, () => void this.stats.load()) : ""}`;
    return html`${expiringPoints(it.expiring)}
      ${it.expiring.length ? html`<p><a class="button" href="/platform/time?tenant=${this.tenantId}">${t("time.title")}</a></p>` : ""}
      <h2>${t("tenant.totals")}</h2>
      <dl class="facts">
        <dt>${t("days.allocated")}</dt><dd>${figure(it.allocated_text)}</dd>
        <dt>${t("days.clawedBack")}</dt><dd>${figure(it.clawed_back_text)}</dd>
        <dt>${t("months.awarded")}</dt><dd>${figure(it.awarded_text)}</dd>
        <dt>${t("tenant.delegated")}</dt><dd>${figure(it.delegated_text)}</dd>
        <dt>${t("tenant.returned")}</dt><dd>${figure(it.returned_text)}</dd>
        <dt>${t("conservation.expired")}</dt><dd>${figure(it.expired_text)}</dd>
        <dt>${t("team.inFlight")}</dt><dd>${figure(it.in_flight_text)}</dd>
        <dt>${t("team.given")}</dt><dd>${figure(it.distributed_30d_text)}</dd>
      </dl>`;
  }
}

define("points-tenant-page", PointsTenantPage);
