import { html, nothing, type TemplateResult } from "lit";
import { call, type FieldError, Problem } from "../api/call";
import { sentence } from "../api/problems";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { column, parse, rowAt, type Written, written } from "./csv";
import { PageElement } from "./element";
import { Sending } from "./sending";
import { fieldError, refused, unknown } from "./states";
import { table } from "./table";

/** What is taken from a file, and where it is sent. */
export interface Import {
  /** Under which name what was chosen is kept. */
  draft: string;
  /** Takes CSV; with dry_run it says what would come of it. */
  path: string;
  title: string;
  hint: string;
  /** As the service reads it. */
  header: string;
  /** By which names each column of the header may go. */
  columns: string[][];
  /** So many of the columns, the first ones, have to be there. */
  needed: number;
  /** Those whose cells are words, however they are written. */
  words: number[];
  /** What a row is about. */
  about: (cells: string[]) => string;
}

/** A line of the file: its cells in the order of the header. */
export interface Row {
  line: number;
  cells: string[];
}

interface Fields {
  file: string;
  rows: Row[];
}

const MOST_ROWS = 10_000;
const MOST_BYTES = 2 << 20;
const LINE = /^line (\d+)(?:, (\w+))?$/;

/** Many things at once from a file: the service says first what would come of it. */
export abstract class ImportPage<Checked> extends PageElement {
  protected readonly sending: Sending<Checked, Fields>;
  private fault: string | undefined;
  private failure: unknown;
  private busy = false;
  private csv: Written | undefined;
  private checked: Checked | undefined;
  private problems: FieldError[] = [];

  constructor(private readonly it: Import) {
    super();
    this.sending = new Sending<Checked, Fields>(this, it.draft, { file: "", rows: [] });
  }

  /** What would come of it. */
  protected abstract confirm(checked: Checked, phase: string): TemplateResult;

  /** What has come of it. */
  protected abstract done(result: Checked): TemplateResult;

  protected override render(): TemplateResult {
    const phase = this.sending.phase;
    return html`<h1>${this.it.title}</h1>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert" tabindex="-1" id="refusal">${sentence(this.failure)}</p>` : nothing}
      ${phase.name === "done" ? this.done(phase.body) : this.checked ? this.confirm(this.checked, phase.name) : this.form()}`;
  }

  private form(): TemplateResult {
    const { file, rows } = this.sending.fields;
    return html`<form class="form" novalidate @submit=${this.check}>
        <div class="field">
          <label for="file">${t("campaign.file")}</label>
          <input id="file" type="file" accept=".csv,text/csv,text/plain" aria-describedby="file-hint file-error" aria-invalid=${this.fault ? "true" : "false"} @change=${this.read}>
          <p class="muted" id="file-hint">${this.it.hint}</p>
          ${rows.length ? html`<p role="status"><span dir="auto">${file}</span> ${t("campaign.file.read", { rows: points(rows.length) })}</p>` : nothing}
          ${fieldError("file-error", this.fault)}
        </div>
        <div class="field">
          <label for="paste">${t("campaign.paste")}</label>
          <textarea id="paste" rows="3" @change=${this.paste}></textarea>
        </div>
        <p><button type="submit" class="primary" ?disabled=${this.busy}>${this.busy ? t("campaign.checking") : t("campaign.check")}</button></p>
      </form>
      ${this.problems.length ? this.wrong() : nothing}`;
  }

  private wrong(): TemplateResult {
    return html`<h2 id="problems" tabindex="-1">${t("import.wrong")}</h2>
      <p>${t("import.wrong.text")}</p>
      ${table(
        t("import.wrong"),
        [{ text: t("campaign.line"), number: true }, { text: t("import.about") }, { text: t("import.column") }, { text: t("campaign.why") }],
        this.problems.map(({ field, message }) => {
          const at = LINE.exec(field);
          const row = at ? this.row(Number(at[1])) : undefined;
          return [row ? points(row.line) : "–", html`<span dir="auto">${row ? this.it.about(row.cells) || "–" : "–"}</span>`, at ? (at[2] ?? "–") : field, message];
        }),
      )}`;
  }

  /** The row of the file that a line of what was sent belongs to. */
  protected row(line: number): Row | undefined {
    return this.csv ? this.sending.fields.rows[rowAt(this.csv, line)] : undefined;
  }

  private async read(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    try {
      this.take(file.name, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()));
    } catch {
      this.take("", t("campaign.file.encoding"), true);
    }
    // So that the same file, mended, can be chosen again.
    input.value = "";
  }

  private paste(event: Event): void {
    const text = (event.target as HTMLTextAreaElement).value;
    if (text.trim()) this.take(t("campaign.pasted"), text);
  }

  private take(file: string, text: string, faulty = false): void {
    const rows = faulty ? text : rowsOf(this.it, text);
    this.problems = [];
    this.fault = typeof rows === "string" ? rows : undefined;
    this.sending.set(typeof rows === "string" ? { file: "", rows: [] } : { file, rows });
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { rows } = this.sending.fields;
    this.failure = undefined;
    this.problems = [];
    if (!rows.length) {
      this.fault ??= t("campaign.file.none");
      return this.attend("#file");
    }
    this.csv = written(this.it.header, rows.map((row) => row.cells));
    this.busy = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Checked>("POST", `${this.it.path}?dry_run=true`, { csv: this.csv.text })).body;
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 400 && failure.body.errors?.length) this.problems = failure.body.errors;
      else this.failure = failure;
    }
    this.busy = false;
    await this.attend("#send, #problems, #refusal");
  }

  protected back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  protected async send(): Promise<void> {
    await this.sending.send(this.it.path, undefined, { csv: this.csv!.text });
    const phase = this.sending.phase;
    if (phase.name === "editing" && phase.problem) this.back();
    await this.attend("#refusal, #done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** The rows of a file, or of what was pasted; or a sentence that says why there are none. */
function rowsOf(it: Import, text: string): Row[] | string {
  if (new Blob([text]).size > MOST_BYTES) return t("campaign.file.long");
  const lines = parse(text);
  if (!lines) return t("campaign.file.quote");
  const [header, ...rest] = lines;
  if (!header || !rest.length) return t("campaign.file.empty");
  const at = it.columns.map((names) => column(header, names));
  if (at.slice(0, it.needed).some((place) => place < 0)) return t("campaign.file.header", { header: it.header });
  if (rest.length > MOST_ROWS) return t("campaign.file.rows");
  return rest.map(({ line, cells }) => ({
    line,
    cells: at.map((place, column) => {
      const cell = (place < 0 ? "" : (cells[place] ?? "")).trim();
      return it.words.includes(column) ? cell.toLowerCase() : cell;
    }),
  }));
}
