import { html, nothing, type TemplateResult } from "lit";
import type { Expiring } from "../api/stats";
import { day, figure } from "../i18n/format";
import { t } from "../i18n/t";
import { table } from "../kit/table";

/** What of a pool lapses when, if anything does. */
export function expiringPoints(items: Expiring[]): TemplateResult | typeof nothing {
  return items.length
    ? html`<h2>${t("expiring.title")}</h2>
        <p class="muted">${t("expiring.text")}</p>
        ${table(
          t("expiring.title"),
          [{ text: t("policy.lastDay") }, { text: t("d.amount"), number: true }],
          items.map((it) => [html`<time datetime=${it.expires_on}>${day(it.expires_on)}</time>`, figure(it.points_text)]),
        )}`
    : nothing;
}
