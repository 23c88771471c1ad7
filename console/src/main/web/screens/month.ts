import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "./late-entries";
import "./months";
import type { Month, Statement } from "../api/billing";
import { download, type Problem } from "../api/call";
import { sentence } from "../api/problems";
import { has, session } from "../api/session";
import { money, month as monthName, monthBeside, points, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { print } from "../kit/print";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { empty, failed, loading, refused } from "../kit/states";
import { ACTIONS, possible, stateName } from "./month-action";
import { beside, figures, LINES, lines } from "./statement";

/** Forms of a statement: the end of its route, of its file's name, and its type. */
const FORMS = [
  { name: "html", route: "/html", file: ".html", type: "text/html" },
  { name: "spreadsheet", route: "/spreadsheet", file: "-spreadsheet.csv", type: "text/csv" },
  { name: "csv", route: "/csv", file: ".csv", type: "text/csv" },
  { name: "json", route: "", file: ".json", type: "application/json" },
];

/** A tenant's month: where it stands and how it came there, its statement in each revision, what came late, and the next step. */
class PointsMonth extends PageElement {
  static override properties = { tenant: {}, period: {} };

  declare tenant: string;
  declare period: string;

  private readonly month = new Query<Month>(this, () => `/api/billing/periods/${this.tenant}/${this.period}`);
  private readonly statement = new Query<Statement>(this, () => this.statementPath(this.asked("revision")));
  private readonly other = new Query<Statement>(this, () => (this.asked("beside") ? this.statementPath(this.asked("beside")) : undefined));
  private refusal: Problem | undefined;
  private done: string | undefined;
  private failure: unknown;
  private all = false;

  override updated(changed: Map<string, unknown>): void {
    // From one month to the next, the page stays.
    if (changed.get("period") !== undefined || changed.get("tenant") !== undefined) {
      for (const read of [this.month, this.statement, this.other]) {
        read.data = undefined;
        void read.load();
      }
      this.refusal = this.done = this.failure = undefined;
      this.requestUpdate();
    }
  }

  private asked(name: string): string {
    const asked = new URLSearchParams(location.search).get(name) ?? "";
    return name === "step" ? (asked in ACTIONS ? asked : "") : /^[1-9]\d{0,5}$/.test(asked) ? asked : "";
  }

  private statementPath(revision: string, form = ""): string {
    return `/api/billing/statements/${this.tenant}/${this.period}${form}${revision ? `?revision=${revision}` : ""}`;
  }

  protected override render(): TemplateResult {
    const name = this.statement.data?.tenant_name ?? this.tenant;
    const where = (by: number) => `/finance/${this.tenant}/${monthBeside(this.period, by)}`;
    return html`<h1>${monthName(this.period)}, <span dir="auto">${name}</span></h1>
      <p class="actions">
        <a class="button" href=${where(-1)} aria-label=${t("periods.previous")}>←</a>
        <a class="button" href=${where(1)} aria-label=${t("periods.next")}>→</a>
        <a href="/finance?period=${this.period}">${t("month.board")}</a>
        ${print()}
        <a href="/finance/reconciliation/${this.tenant}">${t("reconcile.title")}</a>
      </p>
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      ${this.refusal ? html`${refused(this.refusal, false)}<p class="muted">${this.refusal.message}</p>` : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)}</p>` : nothing}
      ${this.month.data ? this.standing(this.month.data, name) : this.month.failure ? failed(this.month.failure, () => void this.month.load()) : loading()}
      <section>
        <h2>${t("periods.statement")}</h2>
        ${this.month.data ? this.choice(this.month.data) : nothing}
        ${this.statement.data ? this.shown(this.statement.data) : this.statement.failure ? failed(this.statement.failure, () => void this.statement.load()) : loading()}
      </section>
      ${keyed(`${this.tenant} ${this.period}`, html`<points-months class="no-print" .tenant=${this.tenant} .period=${this.period}></points-months>`)}
      ${this.month.data && ["open", "soft_closed", "closed"].includes(this.month.data.state)
        ? keyed(
            `${this.tenant} ${this.period}`,
            html`<points-late-entries .tenant=${this.tenant} .period=${this.period} .state=${this.month.data.state} @points-moved=${() => this.reload()}></points-late-entries>`,
          )
        : nothing}`;
  }

  private reload(): void {
    void this.month.load();
    void this.statement.load();
  }

  private standing(it: Month, name: string): TemplateResult {
    const { primary, others } = possible(it, session().user.id);
    const offered = has("finance") ? [...(primary ? [primary] : []), ...others] : [];
    const step = this.asked("step");
    return html`<section class="card" aria-labelledby="standing">
        <h2 id="standing">${t("periods.state")}: ${stateName(it.state)}</h2>
        ${it.reopening_proposed_by
          ? html`<p class="notice warning">${t("month.proposed", { who: who(it.reopening_proposed_by), until: it.reopening_lapses_at ? timeInUtc(it.reopening_lapses_at) : "–" })}</p>`
          : nothing}
        ${it.state === "not_begun" || it.state === "before_tenant" ? html`<p>${t("month.nothingToDo")}</p>` : nothing}
        ${it.statement_sha256 ? html`<p class="muted">SHA-256: <code>${it.statement_sha256}</code></p>` : nothing}
        ${offered.includes(step)
          ? nothing
          : html`<p class="actions">
              ${offered.map((action) => html`<button type="button" class=${action === primary ? "primary" : ""} @click=${() => this.ask(action)}>${t(ACTIONS[action]!.label)}</button>`)}
            </p>`}
      </section>
      ${offered.includes(step)
        ? keyed(
            `${it.period} ${step}`,
            html`<points-month-action .month=${it} .action=${step} .name=${name} .billed=${this.billed()}
              @points-cancelled=${() => this.ask("")} @points-done=${this.stepped} @points-refused=${this.refuse}></points-month-action>`,
          )
        : nothing}
      ${it.steps.length ? this.steps(it) : nothing}`;
  }

  private billed(): string {
    return this.statement.data?.billed.map((one) => money(one.total, one.currency)).join(", ") ?? "";
  }

  private ask(action: string): void {
    query({ step: action });
    this.refusal = this.done = undefined;
    this.requestUpdate();
  }

  private async stepped(event: CustomEvent<Month>): Promise<void> {
    const { done } = ACTIONS[this.asked("step")]!;
    this.ask("");
    this.done = t(done, { month: monthName(this.period) });
    this.month.data = event.detail;
    query({ revision: undefined, beside: undefined });
    this.other.data = undefined;
    void this.statement.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#done")?.focus();
  }

  private async refuse(event: CustomEvent<Problem>): Promise<void> {
    this.refusal = event.detail;
    this.reload();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal")?.focus();
  }

  private steps(it: Month): TemplateResult {
    return html`<details class="steps">
      <summary>${t("month.steps", { n: it.steps.length })}</summary>
      <ol class="timeline">
        ${it.steps.map(
          (step) => html`<li class="neutral">
            <strong>${maybe(`month.step.${step.action}`) ?? step.action}</strong>
            <span dir="auto">${step.reason}</span>
            <span>${t("month.by", { who: who(step.created_by) })}</span>
            <time datetime=${step.created_at}>${timeInUtc(step.created_at)} ${t("utc")}</time>
          </li>`,
        )}
      </ol>
    </details>`;
  }

  /** Which revision, and which one beside it. */
  private choice(it: Month): TemplateResult | typeof nothing {
    const revisions = it.revisions.map((one) => one.revision);
    if (!revisions.length) return nothing;
    const option = (name: string, value: string, text: string) => html`<option value=${value} ?selected=${this.asked(name) === value}>${text}</option>`;
    const select = (name: string, label: string, first: string) => html`<div class="field">
      <label for=${name}>${label}</label>
      <select id=${name} @change=${(event: Event) => this.choose(name, (event.target as HTMLSelectElement).value)}>
        ${option(name, "", first)}
        ${it.revisions.map((one) => option(name, String(one.revision), `${t("month.revision", { n: one.revision })}, ${timeInUtc(one.closed_at)} ${t("utc")}`))}
      </select>
    </div>`;
    return html`<div class="filter">
      ${select("revision", t("month.shown"), it.state === "closed" ? t("month.newest") : t("month.current"))}
      ${revisions.length > 1 || it.state !== "closed" ? select("beside", t("month.beside"), t("month.beside.none")) : nothing}
    </div>`;
  }

  private choose(name: string, value: string): void {
    query({ [name]: value });
    const read = name === "beside" ? this.other : this.statement;
    read.data = undefined;
    void read.load();
    this.requestUpdate();
  }

  private shown(it: Statement): TemplateResult {
    const entries = this.all ? it.entries : it.entries.slice(0, LINES);
    return html`<p class="actions">
        ${FORMS.map((form) => html`<button type="button" @click=${() => void this.save(form)}>${maybe(`month.form.${form.name}`)}</button>`)}
      </p>
      ${this.other.data ? beside(this.other.data, it) : this.other.failure ? failed(this.other.failure, () => void this.other.load()) : nothing}
      ${figures(it)}
      <h3>${t("month.lines")}</h3>
      ${it.entries.length ? lines(t("month.lines"), entries) : empty(t("month.lines.empty"))}
      ${entries.length < it.entries.length
        ? html`<p><button type="button" @click=${() => this.showAll()}>${t("month.lines.all", { n: points(it.entries.length) })}</button></p>`
        : nothing}`;
  }

  private showAll(): void {
    this.all = true;
    this.requestUpdate();
  }

  private async save(form: (typeof FORMS)[number]): Promise<void> {
    const revision = this.asked("revision");
    try {
      await download(this.statementPath(revision, form.route), `statement-${this.tenant}-${this.period}${revision ? `-r${revision}` : ""}${form.file}`, form.type);
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }
}

/** Staff have ids and no names here; oneself is the exception. */
function who(id: string): string {
  return id === session().user.id ? t("you") : id;
}

define("points-month", PointsMonth);
