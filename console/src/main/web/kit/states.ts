import { html, nothing, type TemplateResult } from "lit";
import { Problem } from "../api/call";
import { sentence } from "../api/problems";
import { t } from "../i18n/t";

/** No data yet; not the same as what could not be read. */
export function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

/** What could not be read, and why. */
export function failed(failure: unknown, retry: () => void): TemplateResult {
  return html`<div class="notice negative" role="alert">
    <p><strong>${t("failed")}</strong> ${sentence(failure)}</p>
    <button type="button" @click=${retry}>${t("retry")}</button>
  </div>`;
}

export function loading(): TemplateResult {
  return html`<p class="empty" role="status">${t("loading")}</p>`;
}

/** A refusal above the form that it is about. */
export function refused(problem: Problem | undefined, moved: boolean): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  const fields = problem.body.errors ?? [];
  return html`<div class="notice negative" role="alert" tabindex="-1" id="refusal">
    <p><strong>${sentence(problem)}</strong> ${moved ? t("pending.refused") : nothing}</p>
    ${fields.length ? html`<ul>${fields.map((error) => html`<li>${error.field}: ${error.message}</li>`)}</ul>` : nothing}
  </div>`;
}

/** Nobody knows whether it has happened. */
export function unknown(asking: boolean, again: () => void): TemplateResult {
  return html`<div class="notice warning" role="status">
    <p>${asking ? t("pending.unknown") : t("pending.stillUnknown")}</p>
    ${asking ? nothing : html`<button type="button" class="primary" @click=${again}>${t("pending.check")}</button>`}
  </div>`;
}

export function fieldError(id: string, text: string | undefined): TemplateResult | typeof nothing {
  return text ? html`<p class="field-error" id=${id}>${text}</p>` : nothing;
}
