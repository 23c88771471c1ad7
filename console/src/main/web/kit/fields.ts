import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n/t";
import { fieldError } from "./states";

type Text = TemplateResult | string | typeof nothing;

export interface Field {
  id: string;
  label: string;
  value: string;
  set: (value: string) => void;
  hint?: Text;
  fault?: string | undefined;
  longest?: number;
  /** Digits alone. */
  numeric?: boolean;
  optional?: boolean;
}

/** One line of text, with what is to be known about it and what is wrong with it. */
export function field(it: Field): TemplateResult {
  return html`<div class="field">
    <label for=${it.id}>${it.label}</label>
    <input id=${it.id} inputmode=${it.numeric ? "numeric" : "text"} autocomplete="off" maxlength=${it.longest ?? nothing} ?required=${!it.optional}
      aria-describedby="${it.id}-hint ${it.id}-error" aria-invalid=${it.fault ? "true" : "false"} .value=${it.value}
      @input=${(event: Event) => it.set((event.target as HTMLInputElement).value)}>
    <p class="muted" id="${it.id}-hint">${it.hint ?? nothing}</p>
    ${fieldError(`${it.id}-error`, it.fault)}
  </div>`;
}

/** A day of the calendar. */
export function date(id: string, label: string, value: string, fault: string | undefined, set: (value: string) => void, hint?: Text): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} type="date" aria-describedby="${hint ? `${id}-hint ` : ""}${id}-error" aria-invalid=${fault ? "true" : "false"} .value=${value} @change=${(event: Event) => set((event.target as HTMLInputElement).value)}>
    ${hint ? html`<p class="muted" id="${id}-hint">${hint}</p>` : nothing}
    ${fieldError(`${id}-error`, fault)}
  </div>`;
}

export interface Option {
  value: string;
  text: string;
}

/** One of a few. */
export function choice(id: string, label: string, options: Option[], chosen: string, set: (value: string) => void): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === chosen}>${option.text}</option>`)}
    </select>
  </div>`;
}

export interface Review {
  facts: [string, Text][];
  /** What comes of it beside these. */
  notes?: Text[];
  /** Of the form that is to be sent. */
  phase: string;
  send: string;
  onBack: () => void;
  onSend: () => void;
}

/** What is about to happen, before it does. Its button says it, too. */
export function review(it: Review): TemplateResult {
  const busy = it.phase !== "editing" || !navigator.onLine;
  return html`<section class="card" aria-labelledby="review">
    <h2 id="review">${t("award.confirm")}</h2>
    <dl class="facts">${it.facts.map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`)}</dl>
    ${(it.notes ?? []).map((note) => html`<p class="muted">${note}</p>`)}
    <p class="actions">
      <button type="button" ?disabled=${busy} @click=${it.onBack}>${t("back")}</button>
      <button type="button" id="send" class="primary" ?disabled=${busy} @click=${it.onSend}>${it.phase === "sending" ? t("pending.sending") : it.send}</button>
    </p>
  </section>`;
}
