import { html, type TemplateResult } from "lit";
import { t } from "../i18n/t";

/** Prints the page: what is for the screen alone is left out, see the end of shell.css. */
export function print(): TemplateResult {
  return html`<button type="button" class="no-print" @click=${() => window.print()}>${t("print")}</button>`;
}
