import { html, nothing, type TemplateResult } from "lit";
import { asked, available, BATCHES, type Campaign, type Check, check, idsOf, type Mode, MODES } from "../api/campaigns";
import { Problem } from "../api/call";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { sentence } from "../api/problems";
import { points, pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { rowAt, type Written, written } from "../kit/csv";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { go } from "../kit/router";
import { save } from "../kit/save";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import { csvOf, type Row, rowsOf } from "./campaign-file";

interface Fields {
  file: string;
  rows: Row[];
  leftOut: number;
  mode: Mode;
  what: string;
  department: string;
}

interface Checked {
  csv: Written;
  /** Undefined if the service could not take it as it is. */
  result: Check | undefined;
}

const EMPTY: Fields = { file: "", rows: [], leftOut: 0, mode: "each", what: "", department: "" };
const STEP = 100;
const LINE = /^line (\d+)(?:, (\w+))?$/;

/** Awards for many from a file: what the service says of each line, what it does to the pool, and then it is sent. */
class PointsCampaignNew extends PageElement {
  private readonly sending = new Sending<Campaign, Fields>(this, "campaign", EMPTY);
  private readonly departments = new Query<{ items: Department[] }>(this, () => DEPARTMENTS);
  private fault: string | undefined;
  private failure: unknown;
  private checking = false;
  private checked: Checked | undefined;
  /** What is wrong with rows, by their place. */
  private problems = new Map<number, string[]>();
  private onlyProblems = true;
  private shown = STEP;

  protected override render() {
    const phase = this.sending.phase;
    return html`<h1>${t("campaign.new")}</h1>
      ${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert" tabindex="-1" id="refusal">${sentence(this.failure)}</p>` : nothing}
      ${this.checked ? this.result(this.checked, phase.name) : this.form()}`;
  }

  private form(): TemplateResult {
    const { file, rows, what, mode, leftOut } = this.sending.fields;
    return html`<form class="form" novalidate @submit=${this.look}>
      <div class="field">
        <label for="file">${t("campaign.file")}</label>
        <input id="file" type="file" accept=".csv,text/csv,text/plain" aria-describedby="file-hint file-error" aria-invalid=${this.fault ? "true" : "false"} @change=${this.read}>
        <p class="muted" id="file-hint">${t("campaign.file.hint")}</p>
        ${rows.length ? html`<p role="status"><span dir="auto">${file}</span> ${t("campaign.file.read", { rows: points(rows.length) })} ${leftOut ? t("campaign.leftOut", { rows: points(leftOut) }) : nothing}</p>` : nothing}
        ${fieldError("file-error", this.fault)}
      </div>
      <div class="field">
        <label for="paste">${t("campaign.paste")}</label>
        <textarea id="paste" rows="3" @change=${this.paste}></textarea>
      </div>
      ${field({ id: "what", label: t("campaign.what"), hint: t("campaign.what.hint"), value: what, longest: 2000, optional: true, set: (text) => this.sending.set({ what: text }) })}
      ${this.department()}
      <fieldset>
        <legend>${t("campaign.mode")}</legend>
        ${(Object.keys(MODES) as Mode[]).map(
          (one) => html`<label class="check"><input type="radio" name="mode" value=${one} .checked=${one === mode} @change=${() => this.sending.set({ mode: one })}> ${MODES[one]}</label>`,
        )}
      </fieldset>
      <p><button type="submit" class="primary" ?disabled=${this.checking}>${this.checking ? t("campaign.checking") : t("campaign.check")}</button></p>
    </form>`;
  }

  /** Out of whose points, where there are departments. */
  private department(): TemplateResult | typeof nothing {
    const open = inTree(this.departments.data?.items ?? []).filter((it) => !it.department.closed);
    if (!open.length) return nothing;
    const options = [{ value: "", text: t("departments.pool") }, ...open.map((it) => ({ value: it.department.department_id, text: `${nameInTree(it)} (${points(it.department.balance)})` }))];
    return choice("department", t("award.department"), options, this.sending.fields.department, (chosen) => this.sending.set({ department: chosen }));
  }

  private get departmentName(): string | undefined {
    return this.departments.data?.items.find((it) => it.department_id === this.sending.fields.department)?.name;
  }

  private async read(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    try {
      this.take(file.name, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()));
    } catch {
      this.none(t("campaign.file.encoding"));
    }
    // So that the same file, mended, can be chosen again.
    input.value = "";
  }

  private paste(event: Event): void {
    const text = (event.target as HTMLTextAreaElement).value;
    if (text.trim()) this.take(t("campaign.pasted"), text);
  }

  private take(file: string, text: string): void {
    const rows = rowsOf(text);
    if (typeof rows === "string") return this.none(rows);
    this.fault = undefined;
    this.sending.set({ file, rows, leftOut: 0 });
  }

  private none(fault: string): void {
    this.fault = fault;
    this.sending.set({ file: "", rows: [], leftOut: 0 });
  }

  private async look(event?: Event): Promise<void> {
    event?.preventDefault();
    const { rows, what, mode } = this.sending.fields;
    this.failure = undefined;
    if (!rows.length) {
      this.fault ??= t("campaign.file.none");
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>("#file")?.focus();
      return;
    }
    this.checking = true;
    this.requestUpdate();
    try {
      const emails = [...new Set(rows.map((row) => row.who.toLowerCase()).filter((who) => who.includes("@")))];
      const ids = emails.length ? await idsOf(emails) : new Map<string, string>();
      const csv = csvOf(rows, what.trim(), ids);
      if (!csv) this.fault = t("campaign.file.long");
      else await this.judge(csv, mode);
    } catch (failure) {
      this.failure = failure;
    }
    this.checking = false;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#checked, #refusal")?.focus();
  }

  /** The service says which rows it would not take. */
  private async judge(csv: Written, mode: Mode): Promise<void> {
    this.problems = new Map();
    this.onlyProblems = true;
    this.shown = STEP;
    let result: Check | undefined;
    try {
      result = await check(csv.text, mode, this.sending.fields.department);
      for (const refusal of result.refused) this.blame(csv, refusal.line, maybe(`reason.${refusal.reason}`) ?? refusal.reason);
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 400) throw failure;
      for (const error of failure.body.errors ?? []) {
        const place = LINE.exec(error.field);
        if (!place || place[1] === "1") throw failure;
        this.blame(csv, Number(place[1]), this.inWords(csv, Number(place[1]), place[2], error.message));
      }
    }
    this.checked = { csv, result };
  }

  private inWords(csv: Written, line: number, cell: string | undefined, message: string): string {
    const who = this.sending.fields.rows[rowAt(csv, line)]?.who ?? "";
    if (cell === "to_user_id" && who.includes("@")) return t("campaign.unknownEmail");
    const names: Record<string, string> = { to_user_id: t("campaign.who"), amount: t("award.amount"), description: t("award.message") };
    return cell ? `${names[cell] ?? cell}: ${message}` : message;
  }

  private blame(csv: Written, line: number, what: string): void {
    const row = rowAt(csv, line);
    this.problems.set(row, [...(this.problems.get(row) ?? []), what]);
  }

  private result({ result }: Checked, phase: string): TemplateResult {
    const { rows, mode } = this.sending.fields;
    const bad = this.problems.size;
    const good = rows.length - bad;
    // One by one, whoever cannot be awarded is left out by the service itself.
    const amount = result ? this.amount(rows) : 0n;
    const sendable = result && result.pool_suffices && good > 0 && (mode === "each" || !bad);
    return html`<p class="notice ${bad ? "warning" : "positive"}" role="status" tabindex="-1" id="checked">
        ${bad ? t("campaign.problems", { bad: points(bad), rows: points(rows.length) }) : t("campaign.noProblems", { rows: points(rows.length) })}
        ${result && !result.pool_suffices ? this.tooMany(result, amount) : nothing}
      </p>
      ${bad ? this.rows(rows) : nothing}
      ${bad ? html`<p><button type="button" id="save" @click=${() => this.saveProblems()}>${t("campaign.saveProblems")}</button></p>` : nothing}
      ${bad && good ? html`<p><button type="button" id="leave-out" ?disabled=${this.checking || phase !== "editing"} @click=${() => this.leaveOut()}>${t("campaign.leaveOut", { rows: points(bad) })}</button></p>` : nothing}
      ${sendable
        ? review({
            facts: this.facts(result, amount, good, bad),
            notes: [t("campaign.noTakingBack")],
            phase,
            send: t("campaign.send", { rows: points(good) }),
            onBack: () => this.back(),
            onSend: () => void this.send(),
          })
        : html`<p><button type="button" id="back" @click=${() => this.back()}>${t("back")}</button></p>`}`;
  }

  private tooMany(result: Check, amount: bigint): string {
    return this.sending.fields.department
      ? t("problem.insufficient-department-balance")
      : t("award.tooMany", { balance: pts(available(result)), amount: pts(amount.toString()) });
  }

  /** Points of those who would be awarded; the service has read all amounts. */
  private amount(rows: Row[]): bigint {
    return rows.reduce((sum, row, at) => (this.problems.has(at) ? sum : sum + BigInt(row.amount)), 0n);
  }

  private facts(result: Check, amount: bigint, good: number, bad: number): [string, string][] {
    const { leftOut, mode } = this.sending.fields;
    const facts: [string, string][] = [
      [t("campaign.receivers"), points(good)],
      [t("award.amount"), pts(amount.toString())],
      [this.departmentName ?? t("level.pool"), `${points(available(result))} → ${pts((BigInt(available(result)) - amount).toString())}`],
      [t("campaign.mode"), MODES[mode]],
    ];
    if (bad) facts.push([t("campaign.notAwarded"), points(bad)]);
    if (leftOut) facts.push([t("campaign.leftOut.title"), points(leftOut)]);
    return facts;
  }

  private rows(rows: Row[]): TemplateResult {
    const all = rows.map((row, at) => ({ row, wrong: this.problems.get(at) })).filter(({ wrong }) => wrong || !this.onlyProblems);
    const headers = [{ text: t("campaign.line"), number: true }, { text: t("campaign.who") }, { text: t("award.amount"), number: true }, { text: t("award.message") }, { text: t("campaign.why") }];
    const cells = all.slice(0, this.shown).map(({ row, wrong }) => [
      points(row.line),
      html`<span dir="auto">${row.who}</span>`,
      row.amount,
      html`<span dir="auto">${row.text}</span>`,
      html`<span class="negative">${wrong?.join(" ") ?? ""}</span>`,
    ]);
    return html`<label class="check"><input type="checkbox" id="only" .checked=${this.onlyProblems} @change=${this.toggle}> ${t("campaign.only")}</label>
      ${table(t("campaign.rows"), headers, cells)}
      ${all.length > this.shown ? html`<p><button type="button" @click=${this.more}>${t("loadMore")}</button></p>` : nothing}`;
  }

  private toggle(event: Event): void {
    this.onlyProblems = (event.target as HTMLInputElement).checked;
    this.shown = STEP;
    this.requestUpdate();
  }

  private more(): void {
    this.shown += STEP;
    this.requestUpdate();
  }

  /** To be mended there, and read again: the last column is for whoever mends it. */
  private saveProblems(): void {
    const rows = this.sending.fields.rows.flatMap(({ who, amount, text }, at) => {
      const wrong = this.problems.get(at);
      return wrong ? [[who, amount, text, wrong.join(" ")]] : [];
    });
    save("rows-with-problems.csv", written("to_user_id,amount,description,what_is_wrong", rows).text, "text/csv");
  }

  private leaveOut(): void {
    const { rows, leftOut } = this.sending.fields;
    this.sending.set({ rows: rows.filter((_, at) => !this.problems.has(at)), leftOut: leftOut + this.problems.size });
    this.checked = undefined;
    void this.look();
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    const { mode, department } = this.sending.fields;
    await this.sending.send(`${BATCHES}/csv?${asked(mode, department)}`, undefined, { csv: this.checked!.csv.text, prefer: "respond-async" });
    const phase = this.sending.phase;
    if (phase.name === "done") return go(`/team/campaigns/${phase.body.batch_id}`);
    if (phase.name === "editing" && phase.problem) this.back();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal")?.focus();
  }
}

define("points-campaign-new", PointsCampaignNew);
