import { html, nothing, type TemplateResult } from "lit";
import { DEPARTMENTS } from "../api/departments";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { review } from "../kit/fields";
import { ImportPage } from "../kit/import-page";
import { table } from "../kit/table";

type Effect = "created" | "moved" | "changed" | "unchanged" | "refused";

interface Line {
  line: number;
  effect: Effect;
  column: string | null;
  message: string | null;
}

interface Result {
  created: number;
  moved: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** Of a dry run. */
  lines?: Line[];
}

const HEADER = "department,parent,managers,member";
/** More are too many for a page; those that are refused come first. */
const MOST_SHOWN = 500;

/** Departments, who gives from them and who belongs to them, from a file: the service says first what would become of each line. */
class PointsDepartmentsImport extends ImportPage<Result> {
  constructor() {
    super({
      draft: "departments-import",
      path: `${DEPARTMENTS}/csv`,
      title: t("departments.import"),
      hint: t("departments.import.hint", { header: HEADER }),
      header: HEADER,
      columns: [["department", "name"], ["parent", "part of"], ["managers", "manager"], ["member", "user_id", "members"]],
      needed: 1,
      words: [],
      about: (cells) => cells[0]!,
    });
  }

  protected override confirm(it: Result, phase: string): TemplateResult {
    return html`${it.refused
      ? html`<p class="notice negative" role="alert" tabindex="-1" id="problems">${t("departments.import.refused", { n: points(it.refused) })}</p>
          <p class="actions"><button type="button" @click=${() => this.back()}>${t("back")}</button></p>`
      : review({ facts: this.facts(it), notes: [t("import.all")], phase, send: t("departments.import.send"), onBack: () => this.back(), onSend: () => void this.send() })}
    ${this.lines(it.lines ?? [])}`;
  }

  private facts(it: Result): [string, string][] {
    return [
      [t("departments.import.created"), points(it.created)],
      [t("departments.import.moved"), points(it.moved)],
      [t("departments.import.changed"), points(it.changed)],
      [t("departments.import.unchanged"), points(it.unchanged)],
    ];
  }

  private lines(lines: Line[]): TemplateResult {
    const shown = [...lines.filter((it) => it.effect === "refused"), ...lines.filter((it) => it.effect !== "refused")].slice(0, MOST_SHOWN);
    const effects: Record<Effect, string> = {
      created: t("departments.import.created"),
      moved: t("departments.import.moved"),
      changed: t("departments.import.changed"),
      unchanged: t("departments.import.unchanged"),
      refused: t("departments.import.cannot"),
    };
    return html`${table(
      t("departments.import.lines"),
      [{ text: t("campaign.line"), number: true }, { text: t("departments.name") }, { text: t("departments.import.member") }, { text: t("departments.import.effect") }, { text: t("campaign.why") }],
      shown.map((it) => {
        const row = this.row(it.line);
        const why = it.message ? `${it.column ?? ""}: ${it.message}` : "–";
        return [row ? points(row.line) : "–", html`<span dir="auto">${row?.cells[0] || "–"}</span>`, row?.cells[3] || "–", effects[it.effect], why];
      }),
    )}
    ${shown.length < lines.length ? html`<p class="muted">${t("departments.import.more", { n: points(lines.length - shown.length) })}</p>` : nothing}`;
  }

  protected override done(it: Result): TemplateResult {
    return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("departments.import.done", { created: points(it.created), moved: points(it.moved), changed: points(it.changed) })}</p>
      <p class="actions"><a class="button primary" href="/team/departments">${t("departments.title")}</a></p>`;
  }
}

define("points-departments-import", PointsDepartmentsImport);
