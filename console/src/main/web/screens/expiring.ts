import { html, nothing, type TemplateResult } from "lit";
import type { Expiring } from "../api/stats";
import { day, figure } from "../i18n/format";
import { t } from "../i18n/t";
import { table } from "../kit/table";

/** What lapses when, if anything does: of a pool, unless it says of what else. */
export function expiringPoints(items: Expiring[], title = t("expiring.title"), text = t("expiring.text")): TemplateResult | typeof nothing {
  return items.length
    ? html`<h2>${title}</h2>
        <p class="muted">${text}</p>
        ${table(
          title,
          [{ text: t("policy.lastDay") }, { text: t("d.amount"), number: true }],
          items.map((it) => [html`<time datetime=${it.expires_on}>${day(it.expires_on)}</time>`, figure(it.points_text)]),
        )}`
    : nothing;
}
