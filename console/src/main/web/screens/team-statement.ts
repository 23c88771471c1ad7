import { html, type TemplateResult } from "lit";
import type { Statement } from "../api/billing";
import { download } from "../api/call";
import { sentence } from "../api/problems";
import { session } from "../api/session";
import { month as monthName, monthBeside, points } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { print } from "../kit/print";
import { Query } from "../kit/query";
import { empty, failed, loading } from "../kit/states";
import { figures, LINES, lines } from "./statement";

/** Forms to take away: the end of the route, of the file's name, and the type. */
const FORMS = [
  { name: "html", route: "/html", file: ".html", type: "text/html" },
  { name: "spreadsheet", route: "/spreadsheet", file: ".csv", type: "text/csv" },
];

const MONTH = /^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/;

/** What the own tenant was billed in a month, and where its points are. */
class PointsTeamStatement extends PageElement {
  static override properties = { period: {} };

  /** As 2026-11; the month of today if there is none. */
  declare period: string;

  private readonly statement = new Query<Statement>(this, () => (this.valid ? this.path() : undefined));
  private failure: unknown;
  private all = false;

  private get month(): string {
    return this.period || new Date().toISOString().slice(0, 7);
  }

  private get valid(): boolean {
    return MONTH.test(this.month);
  }

  private path(form = ""): string {
    return `/api/billing/statements/${session().tenant_id}/${this.month}${form}`;
  }

  override updated(changed: Map<string, unknown>): void {
    // From one month to the next, the page stays.
    if (changed.get("period") === undefined) return;
    this.statement.data = this.failure = undefined;
    this.all = false;
    void this.statement.load();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    if (!this.valid) return html`<h1>${t("notFound")}</h1><p><a href="/team/statement">${t("periods.statement")}</a></p>`;
    const where = (by: number) => `/team/statement/${monthBeside(this.month, by)}`;
    const it = this.statement.data;
    return html`<h1>${t("periods.statement")}, ${monthName(this.month)}</h1>
      <p class="actions">
        <a class="button" href=${where(-1)} aria-label=${t("periods.previous")}>←</a>
        <a class="button" href=${where(1)} aria-label=${t("periods.next")}>→</a>
        ${it ? FORMS.map((form) => html`<button type="button" @click=${() => void this.save(form)}>${maybe(`month.form.${form.name}`)}</button>`) : ""}
        ${print()}
      </p>
      ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)}</p>` : ""}
      ${it ? this.shown(it) : this.statement.failure ? failed(this.statement.failure, () => void this.statement.load()) : loading()}`;
  }

  private shown(it: Statement): TemplateResult {
    if (it.state === "before_tenant" || it.state === "not_begun") return empty(t(it.state === "not_begun" ? "statement.later" : "statement.earlier"));
    const entries = this.all ? it.entries : it.entries.slice(0, LINES);
    return html`<h2>${t("periods.state")}: ${maybe(`periods.${it.state}`)}</h2>
      <p>${it.state === "closed" ? t("statement.final") : t("statement.current")}</p>
      ${figures(it)}
      <h3>${t("month.lines")}</h3>
      ${entries.length ? lines(t("month.lines"), entries) : empty(t("month.lines.empty"))}
      ${entries.length < it.entries.length ? html`<p><button type="button" @click=${this.showAll}>${t("month.lines.all", { n: points(it.entries.length) })}</button></p>` : ""}`;
  }

  private showAll(): void {
    this.all = true;
    this.requestUpdate();
  }

  private async save(form: (typeof FORMS)[number]): Promise<void> {
    try {
      await download(this.path(form.route), `statement-${this.month}${form.file}`, form.type);
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }
}

define("points-team-statement", PointsTeamStatement);
