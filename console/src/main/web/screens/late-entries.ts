import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import type { Billed, Entry, LateEntryMove, Statement } from "../api/billing";
import { call, get } from "../api/call";
import { sentence } from "../api/problems";
import { has } from "../api/session";
import { figure, money, month as monthName, plus, points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column, PointsList } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import { table } from "../kit/table";

const COLUMNS: Column<Entry>[] = [
  { header: `${t("me.when")} (${t("utc")})`, show: (it) => html`<time datetime=${it.occurred_at}>${timeInUtc(it.occurred_at)}</time>` },
  { header: t("late.bookedIn"), show: (it) => monthName(it.billing_period) },
  { header: t("allocate.points"), number: true, show: (it) => figure(it.points) },
  { header: t("entries.amount"), number: true, show: (it) => money(it.amount, it.currency) },
  { header: t("entries.invoice"), show: (it) => html`<span dir="auto">${it.invoice_id ?? "–"}</span>` },
];

/** What belongs to a month and was booked in a later one; while the month is open, it can be moved, after a look at what that does. */
export class PointsLateEntries extends PageElement {
  static override properties = { tenant: {}, period: {}, state: {} };

  declare tenant: string;
  declare period: string;
  /** The month's. */
  declare state: string;

  private readonly some = new Query<{ items: Entry[] }>(this, () => `${this.path}?limit=1`);
  private sending: Sending<LateEntryMove, { reason: string }> | undefined;
  private fault: string | undefined;
  private failure: unknown;
  private checked: LateEntryMove | undefined;
  /** What each month comes to before the move. */
  private totals = new Map<string, Billed[]>();
  private moved: LateEntryMove | undefined;

  override willUpdate(): void {
    this.sending ??= new Sending(this, `late:${this.tenant}:${this.period}`, { reason: "" });
  }

  private get path(): string {
    return `/api/billing/periods/${this.tenant}/${this.period}/late-entries`;
  }

  protected override render(): TemplateResult {
    const phase = this.sending!.phase;
    const movable = has("finance") && (this.state === "open" || this.state === "soft_closed") && Boolean(this.some.data?.items.length);
    return html`<h2 id="late">${t("late.title")}</h2>
      <p class="muted">${t("late.text")}</p>
      ${this.moved
        ? html`<div class="notice positive" role="status" tabindex="-1" id="moved"><p>${t("late.moved", { n: points(this.moved.entries.length), left: points(this.moved.remaining) })}</p></div>`
        : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)} <span class="muted">${detail(this.failure)}</span></p>` : nothing}
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.move()) : nothing}
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("late.title")} empty=${t("late.empty")}></points-list>
      ${movable ? (this.checked ? this.review(this.checked) : this.form()) : nothing}`;
  }

  private form(): TemplateResult {
    return html`<form class="form" novalidate @submit=${this.check}>
      <div class="field">
        <label for="late-reason">${t("late.reason")}</label>
        <input id="late-reason" maxlength="2000" autocomplete="off" required aria-describedby="late-reason-error" aria-invalid=${this.fault ? "true" : "false"} .value=${this.sending!.fields.reason}
          @input=${(event: Event) => this.sending!.set({ reason: (event.target as HTMLInputElement).value })}>
        ${fieldError("late-reason-error", this.fault)}
      </div>
      <p><button type="submit">${t("late.check")}</button></p>
    </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const reason = this.sending!.fields.reason.trim();
    this.fault = reason ? undefined : t("error.reason");
    this.failure = undefined;
    this.moved = undefined;
    if (!this.fault) {
      try {
        const { body } = await call<LateEntryMove>("POST", `${this.path}/move/check`, { body: { reason } });
        for (const period of new Set(body.changes.map((change) => change.period))) {
          this.totals.set(period, (await get<Statement>(`/api/billing/statements/${this.tenant}/${period}`)).billed);
        }
        this.checked = body;
      } catch (failure) {
        this.failure = failure;
      }
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.fault ? "#late-reason" : "#move")?.focus();
  }

  private review(it: LateEntryMove): TemplateResult {
    const busy = this.sending!.phase.name !== "editing";
    return html`<section class="card" aria-labelledby="late-review">
      <h3 id="late-review">${t("award.confirm")}</h3>
      <p>${t("late.review", { n: points(it.entries.length), left: points(it.remaining) })}</p>
      ${table(
        t("late.changes"),
        [{ text: t("late.month") }, { text: t("late.before"), number: true }, { text: t("late.after"), number: true }],
        it.changes.map((change) => {
          const before = this.totals.get(change.period)?.find((one) => one.currency === change.currency)?.total ?? "0";
          return [monthName(change.period), money(before, change.currency), money(plus(before, change.amount), change.currency)];
        }),
      )}
      <p class="actions">
        <button type="button" ?disabled=${busy} @click=${() => this.back()}>${t("back")}</button>
        <button type="button" id="move" class="primary" ?disabled=${busy} @click=${() => void this.move()}>
          ${this.sending!.phase.name === "sending" ? t("pending.sending") : t("late.move", { n: points(it.entries.length), month: monthName(this.period) })}
        </button>
      </p>
    </section>`;
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async move(): Promise<void> {
    const sending = this.sending!;
    await sending.send(`${this.path}/move`, { reason: sending.fields.reason.trim(), entry_ids: this.checked?.entries.map((entry) => entry.entry_id) });
    if (sending.phase.name === "unknown") return;
    if (sending.phase.name === "done") {
      this.moved = sending.phase.body;
      sending.reset();
      this.dispatchEvent(new CustomEvent("points-moved"));
    }
    this.checked = undefined;
    void this.some.load();
    this.querySelector<PointsList<Entry>>("points-list")?.reload();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#moved, #refusal")?.focus();
  }
}

function detail(failure: unknown): string {
  return failure instanceof Error ? failure.message : "";
}

define("points-late-entries", PointsLateEntries);
