import { html } from "lit";
import "../kit/list";
import { exactly, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column } from "../kit/list";
import { query } from "../kit/router";
import { tenantName } from "../kit/tenant";

/** Allocations that come by themselves. */
export interface Schedule {
  schedule_id: string;
  tenant_id: string;
  revision: number;
  state: "active" | "paused" | "ended";
  name: string;
  mode: "add" | "top_up";
  amount: number;
  currency: string;
  reference_note: string;
  every: "day" | "week" | "month" | "quarter" | "year";
  day: string | null;
  at: string;
  starts_on: string;
  ends_on: string | null;
  catch_up: "all" | "newest" | "none";
  expires?: { end_of_period?: boolean | null; never?: boolean | null; after?: string | null; round?: "day" | "month_end" | null } | null;
  next_period: string | null;
  next_due_at: string | null;
}

export function due(it: Pick<Schedule, "next_due_at">) {
  return it.next_due_at ? html`<time datetime=${it.next_due_at} title=${exactly(it.next_due_at)}>${time(it.next_due_at)}</time>` : "–";
}

/** What one run does. */
export function doing(it: Pick<Schedule, "mode" | "amount">): string {
  return t(it.mode === "add" ? "schedule.adds" : "schedule.fills", { amount: points(it.amount) });
}

const COLUMNS: Column<Schedule>[] = [
  { header: t("schedule.name"), show: (it) => html`<a dir="auto" href="/platform/schedules/${it.schedule_id}">${it.name}</a>` },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("schedule.does"), show: (it) => doing(it) },
  { header: t("schedule.every"), show: (it) => maybe(`schedule.every.${it.every}`) ?? it.every },
  { header: t("schedule.next"), show: (it) => due(it) },
  { header: t("tenants.status"), show: (it) => maybe(`schedule.state.${it.state}`) ?? it.state },
];

const STATES = ["active", "paused", "ended"] as const;

/** All schedules, or those of a tenant. */
class PointsSchedules extends PageElement {
  private readonly tenant = new URLSearchParams(location.search).get("tenant") ?? "";
  private state: string = STATES.find((state) => state === new URLSearchParams(location.search).get("state")) ?? "";

  private get path(): string {
    const search = new URLSearchParams({ ...(this.tenant ? { tenant_id: this.tenant } : {}), ...(this.state ? { state: this.state } : {}) });
    return search.size ? `/api/platform/schedules?${search}` : "/api/platform/schedules";
  }

  protected override render() {
    const states = [{ value: "", text: t("members.all") }, ...STATES.map((value) => ({ value, text: maybe(`schedule.state.${value}`) ?? value }))];
    return html`<h1>${t("schedules.title")}</h1>
      ${this.tenant
        ? html`<p>${t("schedules.of")} <a href="/platform/tenants/${this.tenant}">${tenantName(this.tenant)}</a> · <a href="/platform/schedules">${t("schedules.all")}</a></p>
            <p class="actions"><a class="button primary" href="/platform/schedules/new?tenant=${this.tenant}">${t("schedules.new")}</a></p>`
        : html`<p class="muted">${t("schedules.how")}</p>`}
      <div class="filter">${choice("state", t("tenants.status"), states, this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("schedules.title")} empty=${this.state ? t("schedules.noMatch") : t("schedules.none")}></points-list>`;
  }

  private narrow(state: string): void {
    this.state = state;
    query({ tenant: this.tenant, state });
    this.requestUpdate();
  }
}

define("points-schedules", PointsSchedules);
