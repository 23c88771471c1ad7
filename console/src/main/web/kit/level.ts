import { html, type TemplateResult } from "lit";
import type { Giving } from "../api/giving";
import { t } from "../i18n/t";

const STEPS = { none: 0, nearly_empty: 1, low: 2, good: 3 };

/** How full the pool or a budget is, in a word. */
export function level(giving: Giving): TemplateResult {
  const words = { none: t("level.none"), nearly_empty: t("level.nearlyEmpty"), low: t("level.low"), good: t("level.good") };
  const name = giving.source === "budget" ? t("level.budget") : t("level.pool");
  return html`<p class="level"><meter aria-hidden="true" min="0" max="3" low="1.5" high="2.5" optimum="3" value=${STEPS[giving.level]}></meter> ${name}: ${words[giving.level]}</p>`;
}
