import { html, nothing, type TemplateResult } from "lit";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { save } from "../kit/save";
import { fieldError } from "../kit/states";
import { table } from "../kit/table";
import { json, records } from "./report";
import type { Files, Progress } from "./run";
import type { OfTenant } from "./tenant-check";
import type { Verdict } from "./verification";

/** Verifies; rejects with what a person can read if a file is none of those that were asked for, and whenever the signal is given. */
export type Run = (files: Files, tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Verdict>;

interface Done {
  verdict: Verdict;
  seconds: number;
  withoutCheckpoints: boolean;
}

/** Rows of a verdict; of many tenants those with a fault come first. */
const SHOWN = 200;

const WHOLE = /^\d{0,15}$/;

/** Takes an export, keys and saved checkpoints, and says what the command says of them. */
class PointsVerifier extends PageElement {
  static override properties = { run: { attribute: false } };
  declare run: Run;

  private fault: string | undefined;
  private failure: string | undefined;
  private abort: AbortController | undefined;
  private progress: Progress | undefined;
  private done: Done | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort?.abort();
  }

  protected override render(): TemplateResult {
    const busy = this.abort !== undefined;
    const file = (id: string, label: string, hint: string, many: boolean, fault?: string) => html`<div class="field">
      <label for=${id}>${label}</label>
      <input id=${id} type="file" ?multiple=${many} ?disabled=${busy} aria-describedby="${id}-hint ${id}-error" aria-invalid=${fault ? "true" : "false"}>
      <p class="muted" id="${id}-hint">${hint}</p>
      ${fieldError(`${id}-error`, fault)}
    </div>`;
    const index = (id: string, label: string) => html`<div class="field"><label for=${id}>${label}</label><input id=${id} inputmode="numeric" size="12" maxlength="15" ?disabled=${busy}></div>`;
    return html`<form class="form" novalidate @submit=${this.start}>
        ${file("export", t("verify.export"), t("verify.export.hint"), false, this.fault === "export" ? t("verify.missing") : undefined)}
        ${file("keys", t("verify.keys"), t("verify.keys.hint"), true, this.fault === "keys" ? t("verify.missing") : undefined)}
        ${file("checkpoints", t("verify.checkpoints"), t("verify.checkpoints.hint"), true)}
        <details><summary>${t("verify.part")}</summary><p class="muted">${t("verify.part.hint")}</p>
          <div class="filter">${index("from", t("verify.from"))} ${index("to", t("verify.to"))}</div>
          ${fieldError("part-error", this.fault === "part" ? t("verify.part.bad") : undefined)}
        </details>
        <p class="actions">
          <button type="submit" class="primary" ?disabled=${busy}>${t("verify.start")}</button>
          ${busy ? html`<button type="button" @click=${() => this.abort?.abort()}>${t("cancel")}</button>` : nothing}
        </p>
      </form>
      ${this.progress ? this.running(this.progress) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert" id="refusal" tabindex="-1">${this.failure}</p>` : nothing}
      ${this.done ? this.shown(this.done) : nothing}`;
  }

  private running({ bytes, of, records: read }: Progress): TemplateResult {
    return html`<div class="notice neutral" role="status">
      <progress max=${Math.max(of, 1)} value=${bytes} aria-label=${t("verify.title")}></progress>
      <p>${t("verify.progress", { percent: Math.floor((100 * bytes) / Math.max(of, 1)), records: points(read) })}</p>
    </div>`;
  }

  private shown({ verdict, seconds, withoutCheckpoints }: Done): TemplateResult {
    const good = !verdict.faults.length && verdict.tenants.every((it) => !it.fault);
    const rows = [...verdict.tenants].sort((one, other) => Number(!one.fault) - Number(!other.fault));
    const many = records(verdict);
    const values = { records: points(many), tenants: points(verdict.tenants.length), seconds: seconds.toFixed(1), pace: points(Math.round(many / Math.max(seconds, 0.001))) };
    return html`<p class="notice ${good ? "positive" : "negative"}" role="status" id="done" tabindex="-1">
        <strong>${good ? t("verify.ok") : t("verify.notOk")}</strong> ${t("verify.figures", values)}</p>
      ${withoutCheckpoints ? html`<p class="notice warning">${t("verify.without")}</p>` : nothing}
      ${verdict.faults.length ? html`<h2>${t("verify.faults")}</h2><ul class="negative">${verdict.faults.map((fault) => html`<li>${fault}</li>`)}</ul>` : nothing}
      ${rows.length
        ? table(
            t("verify.verdict"),
            [{ text: t("periods.state") }, { text: t("records.tenant") }, { text: t("verify.found") }, { text: t("verify.records") }, { text: t("verify.fit") }, { text: t("verify.outside") }],
            rows.slice(0, SHOWN).map(row),
          )
        : nothing}
      ${rows.length > SHOWN ? html`<p class="muted">${t("verify.more", { n: points(rows.length - SHOWN) })}</p>` : nothing}
      <p class="actions"><button type="button" @click=${() => save("verdict.json", json(verdict, seconds, withoutCheckpoints), "application/json")}>${t("verify.save")}</button></p>`;
  }

  private files(id: string): File[] {
    return [...(this.querySelector<HTMLInputElement>(`#${id}`)!.files ?? [])];
  }

  private number(id: string): number | null | undefined {
    const text = this.querySelector<HTMLInputElement>(`#${id}`)!.value.trim();
    return WHOLE.test(text) ? (text ? Number(text) : null) : undefined;
  }

  private async start(event: Event): Promise<void> {
    event.preventDefault();
    const [exported] = this.files("export");
    const keys = this.files("keys");
    const checkpoints = this.files("checkpoints");
    const from = this.number("from");
    const to = this.number("to");
    const isPart = from !== undefined && to !== undefined && (to === null || to > (from ?? 0));
    this.fault = !exported ? "export" : !keys.length ? "keys" : isPart ? undefined : "part";
    this.failure = this.done = undefined;
    this.requestUpdate();
    if (this.fault || !exported || !isPart) return this.focusOn(`#${this.fault === "part" ? "from" : this.fault}`);
    const abort = (this.abort = new AbortController());
    const began = performance.now();
    try {
      const texts = (all: File[]) => Promise.all(all.map(async (one) => ({ name: one.name, text: await one.text() })));
      this.progress = { bytes: 0, of: exported.size, records: 0 };
      const tell = (progress: Progress) => {
        this.progress = progress;
        this.requestUpdate();
      };
      const verdict = await this.run({ export: exported, keys: await texts(keys), checkpoints: await texts(checkpoints), scope: { from: from ?? 0, to } }, tell, abort.signal);
      this.done = { verdict, seconds: (performance.now() - began) / 1000, withoutCheckpoints: !checkpoints.length };
    } catch (failure) {
      this.failure = abort.signal.aborted ? t("verify.cancelled") : (failure as Error).message;
    }
    this.abort = this.progress = undefined;
    this.requestUpdate();
    await this.focusOn(this.done ? "#done" : "#refusal");
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

function row(it: OfTenant): (TemplateResult | string)[] {
  const sizes = (all: number[]) => all.map((size) => points(size)).join(", ") || "–";
  return [
    it.fault ? html`<span class="negative">${t("verify.bad")}</span>` : html`<span class="positive">${t("verify.good")}</span>`,
    html`<code>${it.tenantId}</code>`,
    it.fault ? t("verify.fault", { index: it.fault.index, why: it.fault.why }) : "–",
    it.size > it.fromIndex ? t("verify.range", { from: points(it.fromIndex), to: points(it.size - 1) }) : "–",
    sizes(it.checked),
    sizes(it.uncovered),
  ];
}

define("points-verifier", PointsVerifier);
