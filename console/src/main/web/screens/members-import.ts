import { html, nothing, type TemplateResult } from "lit";
import { call, type FieldError, Problem } from "../api/call";
import { sentence } from "../api/problems";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { column, parse, rowAt, type Written, written } from "../kit/csv";
import { define, PageElement } from "../kit/element";
import { review } from "../kit/fields";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import { table } from "../kit/table";

/** A member, as their line in the file has them: in the order of the header that the service reads. */
interface Row {
  line: number;
  cells: string[];
}

interface Fields {
  file: string;
  rows: Row[];
}

interface Result {
  members: number;
  enrolled: number;
  changed: number;
  unchanged: number;
}

const BATCH = "/api/members/batch/csv";
const HEADER = "user_id,role,active,display_name,email";
const COLUMNS = [["user_id", "id"], ["role"], ["active"], ["display_name", "name"], ["email", "e-mail", "e-mail address"]];
const MOST_ROWS = 10_000;
const MOST_BYTES = 2 << 20;
const LINE = /^line (\d+)(?:, (\w+))?$/;

/** Many members from a file: the service says first how many are new and how many change. */
class PointsMembersImport extends PageElement {
  private readonly sending = new Sending<Result, Fields>(this, "members-import", { file: "", rows: [] });
  private fault: string | undefined;
  private failure: unknown;
  private busy = false;
  private csv: Written | undefined;
  private checked: Result | undefined;
  private problems: FieldError[] = [];

  protected override render(): TemplateResult {
    const phase = this.sending.phase;
    return html`<h1>${t("import.title")}</h1>
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
          <p class="muted" id="file-hint">${t("import.hint", { header: HEADER })}</p>
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
        [{ text: t("campaign.line"), number: true }, { text: t("members.name") }, { text: t("import.column") }, { text: t("campaign.why") }],
        this.problems.map(({ field, message }) => {
          const at = LINE.exec(field);
          const row = at && this.csv ? this.sending.fields.rows[rowAt(this.csv, Number(at[1]))] : undefined;
          return [row ? points(row.line) : "–", html`<span dir="auto">${row?.cells[3] || row?.cells[0] || "–"}</span>`, at ? (at[2] ?? "–") : field, message];
        }),
      )}`;
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
    const rows = faulty ? text : rowsOf(text);
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
    this.csv = written(HEADER, rows.map((row) => row.cells));
    this.busy = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Result>("POST", `${BATCH}?dry_run=true`, { csv: this.csv.text })).body;
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 400 && failure.body.errors?.length) this.problems = failure.body.errors;
      else this.failure = failure;
    }
    this.busy = false;
    await this.attend("#send, #problems, #refusal");
  }

  private confirm(it: Result, phase: string): TemplateResult {
    return review({
      facts: [
        [t("import.new"), points(it.enrolled)],
        [t("import.changed"), points(it.changed)],
        [t("import.unchanged"), points(it.unchanged)],
      ],
      notes: [t("import.all"), t("import.leads")],
      phase,
      send: t("import.send", { n: points(it.members) }),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    });
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    await this.sending.send(BATCH, undefined, { csv: this.csv!.text });
    const phase = this.sending.phase;
    if (phase.name === "editing" && phase.problem) this.back();
    await this.attend("#refusal, #done");
  }

  private done(it: Result): TemplateResult {
    return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("import.done", { enrolled: points(it.enrolled), changed: points(it.changed), unchanged: points(it.unchanged) })}</p>
      <p class="actions"><a class="button primary" href="/team/members">${t("members.title")}</a></p>`;
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** The rows of a file, or of what was pasted; or a sentence that says why there are none. */
function rowsOf(text: string): Row[] | string {
  if (new Blob([text]).size > MOST_BYTES) return t("campaign.file.long");
  const lines = parse(text);
  if (!lines) return t("campaign.file.quote");
  const [header, ...rest] = lines;
  if (!header || !rest.length) return t("campaign.file.empty");
  const at = COLUMNS.map((names) => column(header, names));
  if (at[0]! < 0 || at[1]! < 0) return t("campaign.file.header", { header: HEADER });
  if (rest.length > MOST_ROWS) return t("campaign.file.rows");
  return rest.map(({ line, cells }) => ({
    line,
    cells: at.map((place, column) => {
      const cell = (place < 0 ? "" : (cells[place] ?? "")).trim();
      return column === 1 || column === 2 ? cell.toLowerCase() : cell;
    }),
  }));
}

define("points-members-import", PointsMembersImport);
