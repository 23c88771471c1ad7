import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "../kit/list";
import "./low-at";
import type { Problem } from "../api/call";
import { has } from "../api/session";
import { exactly, points, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column, PointsList } from "../kit/list";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import { tenantName } from "../kit/tenant";

interface Alert {
  alert_id: string;
  tenant_id: string | null;
  kind: string;
  cause: string;
  figures: Record<string, number>;
  state: string;
  raised_at: string;
  snoozed_until: string | null;
}

const KINDS = ["pool_low", "pool_empty", "budget_exceeded", "large_clawback", "refill_refused", "refused_calls", "spend_limit"] as const;
const STATES = ["open", "snoozed", "acknowledged", "over"] as const;
const HOUR = 3_600_000;
const SNOOZES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };

/** What an alert says, with the figures that raised it. */
function says(it: Alert): string {
  const figures = Object.fromEntries(Object.entries(it.figures).map(([name, figure]) => [name, points(figure)]));
  if (it.kind === "pool_low" && it.figures.low_at !== undefined) return t("alert.pool_low.at", { balance: figures.balance!, low_at: figures.low_at! });
  const { points_used, points_limit, awards_used, awards_limit, percent } = it.figures;
  if (it.kind === "spend_limit") {
    const [used, limit] = points_used == null ? [points(awards_used ?? 0), points(awards_limit ?? 0)] : [pts(points_used), pts(points_limit ?? 0)];
    const rule = it.cause.split("/")[0] ?? "";
    return percent == null ? t("alert.spend_limit.beyond", { used, limit, rule }) : t("alert.spend_limit.reached", { used, limit, rule, percent: points(percent) });
  }
  return maybe(`alert.${it.kind}`, figures) ?? it.kind;
}

/** What needs attention: a platform's administrator settles it, a manager sees what concerns the own tenant. */
class PointsAlerts extends PageElement {
  private state = this.asked();
  private kind = KINDS.find((kind) => kind === new URLSearchParams(location.search).get("kind")) ?? "";
  private chosen: Alert | undefined;
  private done: string | undefined;

  private readonly columns: Column<Alert>[] = [
    { header: t("alerts.what"), show: (it) => says(it) },
    ...(has("platform-admin") ? [{ header: t("records.tenant"), show: (it: Alert) => (it.tenant_id ? tenantName(it.tenant_id) : t("alerts.platform")) }] : []),
    { header: t("alerts.since"), show: (it) => html`<time datetime=${it.raised_at} title=${exactly(it.raised_at)}>${time(it.raised_at)}</time>` },
    { header: t("periods.state"), show: (it) => this.stateOf(it) },
    ...(has("platform-admin")
      ? [
          {
            header: t("alerts.settle"),
            show: (it: Alert) =>
              it.state === "open" || it.state === "snoozed"
                ? html`<button type="button" class="link" aria-label=${`${t("alerts.settle")}: ${says(it)}`} @click=${() => void this.choose(it)}>${t("alerts.settle")}</button>`
                : nothingSaid(),
          },
        ]
      : []),
  ];

  private asked(): string {
    const asked = new URLSearchParams(location.search).get("state") ?? "";
    return STATES.find((state) => state === asked) ?? "open";
  }

  private stateOf(it: Alert): string {
    const name = maybe(`alerts.${it.state}`) ?? it.state;
    return it.state === "snoozed" && it.snoozed_until ? `${name}, ${t("alerts.until", { time: time(it.snoozed_until) })}` : name;
  }

  protected override render(): TemplateResult {
    const path = has("platform-admin") ? "/api/platform/alerts" : "/api/allocations/alerts";
    const states = STATES.map((value) => ({ value, text: maybe(`alerts.${value}`) ?? value }));
    const kinds = [{ value: "", text: t("members.all") }, ...KINDS.map((value) => ({ value, text: maybe(`alerts.kind.${value}`) ?? value }))];
    const search = `state=${this.state}${this.kind ? `&kind=${this.kind}` : ""}`;
    return html`<h1>${t("alerts.title")}</h1>
      <div class="filter">
        ${choice("state", t("periods.state"), states, this.state, (state) => this.filter({ state }))}
        ${choice("kind", t("alerts.kind"), kinds, this.kind, (kind) => this.filter({ kind }))}
      </div>
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      ${this.chosen
        ? keyed(
            this.chosen.alert_id,
            html`<points-alert-action .alert=${this.chosen} @points-done=${this.settled} @points-cancelled=${() => void this.choose(undefined)}></points-alert-action>`,
          )
        : nothing}
      <points-list .path=${`${path}?${search}`} .columns=${this.columns} .live=${[has("platform-admin") ? "alerts" : "pool"]} label=${t("alerts.title")}
        empty=${this.state === "open" && !this.kind ? t("alerts.quiet") : t("alerts.none")}></points-list>
      ${has("manager") ? html`<points-low-at></points-low-at>` : nothing}`;
  }

  private filter(changes: { state?: string; kind?: string }): void {
    Object.assign(this, changes);
    this.chosen = this.done = undefined;
    query({ state: this.state === "open" ? undefined : this.state, kind: this.kind });
    this.requestUpdate();
  }

  private async choose(it: Alert | undefined): Promise<void> {
    this.chosen = it;
    this.done = undefined;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#settle")?.focus();
  }

  private async settled(event: CustomEvent<Alert>): Promise<void> {
    this.chosen = undefined;
    this.done = `${says(event.detail)} ${this.stateOf(event.detail)}.`;
    this.querySelector<PointsList<Alert>>("points-list")?.reload();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#done")?.focus();
  }
}

function nothingSaid(): string {
  return "–";
}

/** One alert, and what is to become of it. */
class PointsAlertAction extends PageElement {
  static override properties = { alert: { attribute: false } };
  declare alert: Alert;
  private acknowledge: Sending<Alert, object> | undefined;
  private snooze: Sending<Alert, { until: string }> | undefined;

  override willUpdate(): void {
    this.acknowledge ??= new Sending<Alert, object>(this, `acknowledge:${this.alert.alert_id}`, {});
    this.snooze ??= new Sending(this, `snooze:${this.alert.alert_id}`, { until: "" });
  }

  protected override render(): TemplateResult {
    const both = [this.acknowledge!, this.snooze!];
    const problem = both.map((one) => one.phase).find((phase) => phase.name === "editing" && phase.problem) as { problem?: Problem } | undefined;
    const asked = both.find((one) => one.phase.name === "unknown");
    const busy = both.some((one) => one.phase.name !== "editing");
    return html`<section class="card" aria-labelledby="settle">
      <h2 id="settle" tabindex="-1">${says(this.alert)}</h2>
      ${refused(problem?.problem, false)}
      ${asked?.phase.name === "unknown" ? unknown(asked.phase.asking, () => void (asked === this.acknowledge ? this.done() : this.later(this.snooze!.fields.until))) : nothing}
      <dl class="facts">
        ${this.alert.tenant_id ? html`<dt>${t("records.tenant")}</dt><dd>${tenantName(this.alert.tenant_id)}</dd>` : nothing}
        <dt>${t("alerts.cause")}</dt><dd>${this.alert.cause}</dd>
        <dt>${t("periods.state")}</dt><dd>${maybe(`alerts.${this.alert.state}`)} → ${t("alerts.acknowledged")}</dd>
      </dl>
      <p>${t("alerts.acknowledge.text")}</p>
      <p class="actions">
        <button type="button" class="primary" ?disabled=${busy} @click=${() => void this.done()}>${t("alerts.acknowledge")}</button>
        ${Object.entries(SNOOZES).map(
          ([name, ms]) => html`<button type="button" ?disabled=${busy} @click=${() => void this.later(new Date(Date.now() + ms).toISOString())}>${maybe(`alerts.snooze.${name}`)}</button>`,
        )}
        <button type="button" ?disabled=${busy} @click=${() => this.dispatchEvent(new CustomEvent("points-cancelled"))}>${t("cancel")}</button>
      </p>
    </section>`;
  }

  private async done(): Promise<void> {
    await this.acknowledge!.send(`/api/platform/alerts/${this.alert.alert_id}/acknowledge`, undefined);
    this.tell(this.acknowledge!);
  }

  private async later(until: string): Promise<void> {
    this.snooze!.set({ until });
    await this.snooze!.send(`/api/platform/alerts/${this.alert.alert_id}/snooze`, { until });
    this.tell(this.snooze!);
  }

  private tell(sending: Sending<Alert, never> | Sending<Alert, object> | Sending<Alert, { until: string }>): void {
    if (sending.phase.name === "done") this.dispatchEvent(new CustomEvent<Alert>("points-done", { detail: sending.phase.body }));
  }
}

define("points-alert-action", PointsAlertAction);
define("points-alerts", PointsAlerts);
