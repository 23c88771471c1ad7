import { html } from "lit";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { print } from "../kit/print";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";
import { tenantName } from "../kit/tenant";

interface Conservation {
  as_of: string;
  balanced: boolean;
  allocated_text: string;
  clawed_back_text: string;
  pool_text: string;
  in_flight_text: string;
  budget_wallets_text: string;
  earned_wallets_text: string;
}

/** Allocated less clawed back is what is in the pool, on the way, and in wallets. */
class PointsConservation extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;
  private readonly books = new Query<Conservation>(this, () => `/api/audit/conservation/${this.tenant}`);

  protected override render() {
    return html`<h1>${t("conservation.title")}</h1>
      <p>${tenantName(this.tenant)}</p>
      ${this.body()}`;
  }

  private body() {
    const it = this.books.data;
    if (!it) return this.books.failure ? failed(this.books.failure, () => void this.books.load()) : loading();
    const term = (sign: string, name: string, figure: string) => html`<div data-sign=${sign}><dt>${name}</dt><dd>${points(figure)}</dd></div>`;
    return html`<p class="notice ${it.balanced ? "positive" : "negative"}" role="status">${it.balanced ? t("conservation.balanced") : t("conservation.unbalanced")}</p>
      <dl class="equation">
        ${term("", t("conservation.allocated"), it.allocated_text)}${term("−", t("conservation.clawedBack"), it.clawed_back_text)}
        ${term("=", t("conservation.pool"), it.pool_text)}${term("+", t("conservation.inFlight"), it.in_flight_text)}
        ${term("+", t("conservation.budgets"), it.budget_wallets_text)}${term("+", t("conservation.earned"), it.earned_wallets_text)}
      </dl>
      <p class="muted">${t("conservation.asOf", { time: timeInUtc(it.as_of) })} ${t("utc")}</p>
      <p class="actions">${print()}</p>`;
  }
}

define("points-conservation", PointsConservation);
