import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { download, get } from "../api/call";
import { sentence } from "../api/problems";
import { has } from "../api/session";
import { money, month, monthBeside, points } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column, PointsList } from "../kit/list";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";

interface OnBoard {
  tenant_id: string;
  tenant_name: string | null;
  period: string;
  state: string;
  totals: { currency: string; total: string }[];
  points: { billed_text: string; counted_text: string; agree: boolean };
  obstacles: { type: string; title: string; detail: string }[];
}

interface Summary {
  tenants: number;
  closable: number;
  states: Record<string, number>;
}

interface Closing {
  closing_id: string;
  period: string;
  state: string;
  counts: { tenants: number; closed: number; already_closed: number; refused: Record<string, number>; failed: number; left: number };
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const EVERY_MS = 1000;

/** Where all tenants stand with a month, what stands in the way of closing it, and closing all that can be closed. */
class PointsPeriods extends PageElement {
  private period = this.asked();
  private readonly summary = new Query<Summary>(this, () => `/api/billing/periods/summary?period=${this.period}`);
  private readonly sending = new Sending<Closing, { reason: string }>(this, `close:${this.period}`, { reason: "" });
  private confirming = false;
  private fault: string | undefined;
  private failure: unknown;
  private closing: Closing | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly columns: Column<OnBoard>[] = [
    { header: t("allocate.tenant"), show: (it) => html`<a dir="auto" href="/finance/${it.tenant_id}/${it.period}">${it.tenant_name ?? it.tenant_id}</a>` },
    { header: t("periods.state"), show: (it) => html`<span class=${it.state === "closed" ? "positive" : "neutral"}>${maybe(`periods.${it.state}`) ?? it.state}</span>` },
    { header: t("periods.billed"), number: true, show: (it) => it.totals.map((total) => money(total.total, total.currency)).join(", ") || "–" },
    {
      header: t("periods.points"),
      number: true,
      show: (it) =>
        it.points.agree
          ? html`${points(it.points.billed_text)}`
          : html`<span class="negative">${t("periods.disagree", { billed: points(it.points.billed_text), counted: points(it.points.counted_text) })}</span>`,
    },
    {
      header: t("periods.obstacles"),
      show: (it) => (it.obstacles.length ? it.obstacles.map((one) => maybe(`problem.${one.type.replace("urn:points:problem:", "")}`) ?? one.title).join(" ") : t("periods.none")),
    },
    {
      header: t("periods.documents"),
      show: (it) => html`<button type="button" class="link" aria-label=${`${t("periods.statement")} ${it.tenant_name ?? it.tenant_id}, ${t("periods.csv")}`}
        @click=${() => void this.save(`/api/billing/statements/${it.tenant_id}/${it.period}/csv`, `statement-${it.tenant_id}-${it.period}.csv`, "text/csv")}>${t("periods.csv")}</button>`,
    },
  ];

  private asked(): string {
    const asked = new URLSearchParams(location.search).get("period") ?? "";
    return MONTH.test(asked) ? asked : monthBeside(new Date().toISOString().slice(0, 7), -1);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render() {
    const summary = this.summary.data;
    return html`<h1>${t("periods.title")}</h1>
      <p class="actions">
        <button type="button" aria-label=${t("periods.previous")} @click=${() => this.move(-1)}>←</button>
        <strong aria-live="polite">${month(this.period)} (${t("utc")})</strong>
        <button type="button" aria-label=${t("periods.next")} @click=${() => this.move(1)}>→</button>
      </p>
      ${summary ? html`<p>${t("periods.summary", { tenants: points(summary.tenants), closable: points(summary.closable) })}</p>` : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)}</p>` : nothing}
      ${this.closing ? this.progress(this.closing) : nothing}
      ${this.sending.phase.name === "unknown" ? unknown(this.sending.phase.asking, () => void this.close()) : nothing}
      ${this.sending.phase.name === "editing" ? refused(this.sending.phase.problem, false) : nothing}
      ${this.confirming && summary ? this.confirm(summary) : this.actions(summary)}
      <points-list .path=${`/api/billing/periods?period=${this.period}`} .columns=${this.columns} label=${t("periods.title")} empty=${t("periods.empty")}></points-list>`;
  }

  private actions(summary: Summary | undefined): TemplateResult {
    return html`<p class="actions">
      ${summary?.closable && has("finance") ? html`<button type="button" class="primary" @click=${() => this.ask()}>${t("periods.closeAll")}</button>` : nothing}
      <button type="button" @click=${() => void this.save(`/api/billing/journal/${this.period}.csv`, `journal-${this.period}.csv`, "text/csv")}>${t("periods.journal")}</button>
      <a class="button" href="/finance/journal?period=${this.period}">${t("journal.link")}</a>
      <button type="button" @click=${() => void this.save(`/api/billing/focus/${this.period}.csv`, `focus-${this.period}.csv`, "text/csv")}>${t("periods.focus")}</button>
    </p>`;
  }

  private async ask(): Promise<void> {
    this.confirming = true;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#reason")?.focus();
  }

  private confirm(summary: Summary): TemplateResult {
    const values = { month: month(this.period), closable: points(summary.closable), tenants: points(summary.tenants) };
    const busy = this.sending.phase.name !== "editing";
    return html`<form class="card" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      void this.close();
    }}>
      <h2>${t("periods.close.title", values)}</h2>
      <p>${t("periods.close.text", values)}</p>
      <div class="field">
        <label for="reason">${t("periods.close.reason")}</label>
        <input id="reason" maxlength="2000" autocomplete="off" required aria-describedby="reason-error" aria-invalid=${this.fault ? "true" : "false"} .value=${this.sending.fields.reason}
          @input=${(event: Event) => this.sending.set({ reason: (event.target as HTMLInputElement).value })}>
        ${fieldError("reason-error", this.fault)}
      </div>
      <p class="actions">
        <button type="button" ?disabled=${busy} @click=${() => this.cancel()}>${t("cancel")}</button>
        <button type="submit" class="primary" ?disabled=${busy}>${busy ? t("pending.sending") : t("periods.close.send", values)}</button>
      </p>
    </form>`;
  }

  private cancel(): void {
    this.confirming = false;
    this.requestUpdate();
  }

  private async close(): Promise<void> {
    this.fault = this.sending.fields.reason.trim() ? undefined : t("error.reason");
    if (this.fault) {
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>("#reason")?.focus();
      return;
    }
    await this.sending.send("/api/billing/closings", { period: this.period, reason: this.sending.fields.reason.trim(), soft_close: true });
    const phase = this.sending.phase;
    if (phase.name === "done") {
      this.confirming = false;
      this.closing = phase.body;
      this.sending.reset();
      void this.watch();
    }
    this.requestUpdate();
  }

  /** Until the job is over; it goes on without this page. */
  private async watch(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.closing = await get<Closing>(`/api/billing/closings/${this.closing!.closing_id}`);
    } catch {
      // Asked again.
    }
    this.requestUpdate();
    if (!this.isConnected) return;
    if (this.closing!.state === "running") this.timer = setTimeout(() => void this.watch(), EVERY_MS);
    else {
      void this.summary.load();
      this.querySelector<PointsList<OnBoard>>("points-list")?.reload();
    }
  }

  private progress(closing: Closing): TemplateResult {
    const { tenants, closed, already_closed, failed, left } = closing.counts;
    const no = Object.values(closing.counts.refused).reduce((sum, some) => sum + some, failed);
    const values = { closed: points(closed + already_closed), refused: points(no), left: points(left) };
    return html`<div class="notice ${closing.state === "running" ? "neutral" : "positive"}" role="status">
      <p>${t("periods.closing", { month: month(closing.period) })}</p>
      <progress max=${Math.max(tenants, 1)} value=${tenants - left} aria-label=${t("periods.closing", { month: month(closing.period) })}></progress>
      <p>${closing.state === "running" ? t("periods.closing.counts", values) : t("periods.closing.over", values)}</p>
    </div>`;
  }

  private move(by: number): void {
    this.period = monthBeside(this.period, by);
    query({ period: this.period });
    this.summary.data = undefined;
    this.confirming = false;
    this.closing = undefined;
    clearTimeout(this.timer);
    void this.summary.load();
    this.requestUpdate();
  }

  private async save(path: string, name: string, accept: string): Promise<void> {
    try {
      await download(path, name, accept);
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }
}

define("points-periods", PointsPeriods);
