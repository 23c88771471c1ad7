import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { get, Problem } from "../api/call";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { Query } from "../kit/query";
import { save } from "../kit/save";
import { lastSaved, markSaved } from "../kit/saved";
import { failed, fieldError } from "../kit/states";
import { tenantName } from "../kit/tenant";
import { same } from "../verify/bytes";
import { checkConsistency, checkSigned, type ConsistencyProof, type Finding } from "../verify/consistency";
import type { Note } from "../verify/note";
import { notesIn } from "../verify/run";

interface Checkpoint {
  tree_size: number;
  root_hash: string;
  signed_at: string;
  note: string;
}

type Side = "earlier" | "later";

/** What each comparison says: if it is so, and if not. */
const TEXTS = {
  from: ["compare.from.good", "compare.from.bad"],
  to: ["compare.to.good", "compare.to.bad"],
  path: ["compare.path.good", "compare.path.bad"],
  signed: ["compare.signed.good", "compare.signed.bad"],
  same: ["compare.same.good", "compare.same.bad"],
  beyond: ["compare.beyond", "compare.beyond"],
} as const;

/** What was signed of a tenant's tree, as it grew; to be saved, and to be compared with what was saved. */
class PointsCheckpoints extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;
  private readonly newest = new Query<Checkpoint>(this, () => `/api/audit/checkpoints/latest?tenant_id=${this.tenant}`);
  private readonly keys = new Query<{ items: { verifier_key: string }[] }>(this, () => "/api/audit/keys");
  private readonly texts: Record<Side, string> = { earlier: "", later: "" };
  private readonly faults: Partial<Record<Side, string>> = {};
  private findings: Finding[] | undefined;
  private sizes = { from: "", to: "" };
  private failure: unknown;

  private readonly columns: Column<Checkpoint>[] = [
    { header: t("checkpoints.size"), number: true, show: (it) => points(it.tree_size) },
    { header: `${t("checkpoints.signed")} (${t("utc")})`, show: (it) => html`<time datetime=${it.signed_at}>${timeInUtc(it.signed_at)}</time>` },
    { header: t("trees.root"), show: (it) => html`<code>${it.root_hash}</code>` },
    { header: t("checkpoints.save"), show: (it) => this.button(t("checkpoints.save"), it, () => this.save(it)) },
    { header: t("compare.title"), show: (it) => html`${this.button(t("compare.asEarlier"), it, () => this.take("earlier", it))} ${this.button(t("compare.asLater"), it, () => this.take("later", it))}` },
  ];

  private button(text: string, it: Checkpoint, click: () => void): TemplateResult {
    return html`<button type="button" class="link" aria-label=${`${text}: ${points(it.tree_size)}`} @click=${click}>${text}</button>`;
  }

  protected override render(): TemplateResult {
    const newest = this.newest.data;
    const missing = this.newest.failure instanceof Problem && this.newest.failure.status === 404;
    return html`<h1>${t("checkpoints.title")}</h1>
      <p>${tenantName(this.tenant)}</p>
      ${newest
        ? html`<h2>${t("checkpoints.newest")}</h2>
            <pre tabindex="0" aria-label=${t("checkpoints.newest")}>${newest.note}</pre>
            <p class="actions"><button type="button" class="primary" @click=${() => this.save(newest)}>${t("checkpoints.save")}</button> <span class="muted" role="status">${lastSaved()}</span></p>`
        : this.newest.failure && !missing
          ? failed(this.newest.failure, () => void this.newest.load())
          : nothing}
      <points-list .path=${`/api/audit/checkpoints?tenant_id=${this.tenant}`} .columns=${this.columns} label=${t("checkpoints.title")} empty=${t("checkpoints.empty")}></points-list>
      ${newest ? this.comparison() : nothing}`;
  }

  private comparison(): TemplateResult {
    const side = (name: Side, label: string, hint: string) => html`<div class="field">
      <label for=${name}>${label}</label>
      <textarea id=${name} rows="7" cols="80" spellcheck="false" .value=${this.texts[name]} aria-describedby="${name}-hint ${name}-error" aria-invalid=${this.faults[name] ? "true" : "false"}
        @input=${(event: Event) => this.set(name, (event.target as HTMLTextAreaElement).value)}></textarea>
      <p class="muted" id="${name}-hint">${hint}</p>
      ${fieldError(`${name}-error`, this.faults[name])}
    </div>`;
    return html`<h2 id="compare">${t("compare.title")}</h2>
      <p class="muted">${t("compare.text")}</p>
      <form class="form" novalidate aria-labelledby="compare" @submit=${this.compare}>
        ${side("earlier", t("compare.earlier"), t("compare.earlier.hint"))}
        <div class="field"><label for="file">${t("compare.file")}</label><input id="file" type="file" @change=${this.open}></div>
        ${side("later", t("compare.later"), t("compare.later.hint"))}
        <p class="actions"><button type="submit" class="primary">${t("compare.start")}</button></p>
      </form>
      ${this.failure ? failed(this.failure, () => void this.run()) : nothing}
      ${this.findings ? this.found(this.findings) : nothing}`;
  }

  private found(findings: Finding[]): TemplateResult {
    const good = findings.every((one) => one.good);
    return html`<p class="notice ${good ? "positive" : "negative"}" role="status" id="done" tabindex="-1">${good ? t("compare.good", this.sizes) : t("compare.bad", this.sizes)}</p>
      <ul class="checks">
        ${findings.map((one) => html`<li class=${one.good ? "positive" : "negative"}>${one.good ? "✓" : "✗"} ${t(TEXTS[one.name][one.good ? 0 : 1], this.sizes)}</li>`)}
      </ul>`;
  }

  private save(it: Checkpoint): void {
    save(`checkpoint-${this.tenant}-${it.tree_size}.txt`, it.note, "text/plain");
    markSaved();
    this.requestUpdate();
  }

  private set(name: Side, text: string): void {
    this.texts[name] = text;
    delete this.faults[name];
    this.findings = this.failure = undefined;
    this.requestUpdate();
  }

  private take(name: Side, it: Checkpoint): void {
    this.set(name, it.note);
    this.querySelector<HTMLElement>(`#${name}`)?.focus();
  }

  private async open(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file) this.set("earlier", await file.text());
  }

  /** This tenant's checkpoint in what was given, the largest if there are several; the newest of all if nothing was, where that may be. */
  private note(name: Side): Note | undefined {
    const text = this.texts[name].trim() ? `${this.texts[name].replace(/\r\n/g, "\n").trim()}\n` : "";
    try {
      const notes = notesIn({ name: t(`compare.${name}`), text: text || (name === "later" ? this.newest.data!.note : "") });
      const own = notes.filter((note) => note.checkpoint.tenantId === this.tenant).sort((one, other) => other.checkpoint.size - one.checkpoint.size);
      if (own[0]) return own[0];
      this.faults[name] = t("compare.other");
    } catch (failure) {
      this.faults[name] = text ? (failure as Error).message : t("compare.missing");
    }
    return undefined;
  }

  private async compare(event: Event): Promise<void> {
    event.preventDefault();
    await this.run();
    await this.updateComplete;
    this.querySelector<HTMLElement>('[aria-invalid="true"], #done')?.focus();
  }

  private async run(): Promise<void> {
    this.findings = this.failure = undefined;
    const [one, other] = [this.note("earlier"), this.note("later")];
    if (one && other) {
      const [from, to] = one.checkpoint.size <= other.checkpoint.size ? [one, other] : [other, one];
      this.sizes = { from: points(from.checkpoint.size), to: points(to.checkpoint.size) };
      try {
        this.findings = [...(await this.held(from, to)), await checkSigned(from, to, (this.keys.data?.items ?? []).map((key) => key.verifier_key))];
      } catch (failure) {
        this.failure = failure;
      }
    }
    this.requestUpdate();
  }

  private async held(from: Note, to: Note): Promise<Finding[]> {
    if (from.checkpoint.size === to.checkpoint.size) return [{ name: "same", good: same(from.checkpoint.root, to.checkpoint.root) }];
    if (to.checkpoint.size > this.newest.data!.tree_size) return [{ name: "beyond", good: false }];
    const proof = await get<ConsistencyProof>(`/api/audit/proofs/consistency?tenant_id=${this.tenant}&from=${from.checkpoint.size}&to=${to.checkpoint.size}`);
    return checkConsistency(from, to, proof);
  }
}

define("points-checkpoints", PointsCheckpoints);
