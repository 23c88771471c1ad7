import { html, nothing } from "lit";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, type Option } from "../kit/fields";
import type { Page } from "../kit/list";
import { print } from "../kit/print";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { failed, loading } from "../kit/states";
import { tenantName } from "../kit/tenant";

export interface Conservation {
  tenant_id: string;
  as_of: string;
  balanced: boolean;
  cut: { tree_size: number; sealed_at: string | null; stale_seconds: number };
  allocated_text: string;
  clawed_back_text: string;
  pool_text: string;
  in_flight_text: string;
  budget_wallets_text: string;
  earned_wallets_text: string;
  reserved_text: string;
  expired_text: string;
  newest: { tree_size: number; credited_early: number; missing_pool_entries: number };
}

interface Signed {
  tree_size: number;
  signed_at: string;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Allocated less clawed back is what is in the pool, on the way, and in wallets: now, or when a checkpoint was signed. */
class PointsConservation extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;
  private at = this.asked();
  private readonly books = new Query<Conservation>(this, () => `/api/audit/conservation/${this.tenant}${this.at ? `?at=${encodeURIComponent(this.at)}` : ""}`);
  private readonly checkpoints = new Query<Page<Signed>>(this, () => `/api/audit/checkpoints?tenant_id=${this.tenant}&limit=50`);

  private asked(): string {
    const at = new URLSearchParams(location.search).get("at") ?? "";
    return INSTANT.test(at) && !Number.isNaN(Date.parse(at)) ? at : "";
  }

  protected override render() {
    return html`<h1>${t("conservation.title")}</h1>
      <p>${tenantName(this.tenant)}</p>
      <div class="filter">${choice("at", t("conservation.at"), this.times(), this.at, (at) => this.move(at))}</div>
      ${this.body()}`;
  }

  /** Now, and the newest checkpoints; and whichever the address names, if it is an earlier one. */
  private times(): Option[] {
    const signed = ((this.checkpoints.data?.["items"] ?? []) as Signed[]).map((it) => ({
      value: it.signed_at,
      text: t("conservation.checkpoint", { time: timeInUtc(it.signed_at), n: points(it.tree_size) }),
    }));
    const named = this.at && !signed.some((one) => one.value === this.at) ? [{ value: this.at, text: timeInUtc(this.at) }] : [];
    return [{ value: "", text: t("conservation.now") }, ...named, ...signed];
  }

  private move(at: string): void {
    this.at = at;
    query({ at });
    this.books.data = undefined;
    void this.books.load();
    this.requestUpdate();
  }

  private body() {
    const it = this.books.data;
    if (!it) return this.books.failure ? failed(this.books.failure, () => void this.books.load()) : loading();
    const term = (sign: string, name: string, figure: string) => html`<div data-sign=${sign}><dt>${name}</dt><dd>${points(figure)}</dd></div>`;
    const { cut, newest } = it;
    return html`<p class="notice ${it.balanced ? "positive" : "negative"}" role="status">${it.balanced ? t("conservation.balanced") : t("conservation.unbalanced")}</p>
      <dl class="equation">
        ${term("", t("conservation.allocated"), it.allocated_text)}${term("−", t("conservation.clawedBack"), it.clawed_back_text)}
        ${term("=", t("conservation.pool"), it.pool_text)}${term("+", t("conservation.inFlight"), it.in_flight_text)}
        ${term("+", t("conservation.budgets"), it.budget_wallets_text)}${term("+", t("conservation.earned"), it.earned_wallets_text)}
        ${it.reserved_text === "0" ? nothing : term("+", t("conservation.reserved"), it.reserved_text)}${it.expired_text === "0" ? nothing : term("+", t("conservation.expired"), it.expired_text)}
      </dl>
      <p class="muted">${t("conservation.asOf", { time: timeInUtc(it.as_of) })} ${t("utc")}</p>
      <p>${cut.sealed_at ? t("conservation.cut", { n: points(cut.tree_size), time: timeInUtc(cut.sealed_at) }) : t("conservation.noCut")}</p>
      ${newest.tree_size > cut.tree_size
        ? html`<p>${t("conservation.newest", { n: points(newest.tree_size), early: points(newest.credited_early), missing: points(newest.missing_pool_entries), seconds: points(cut.stale_seconds) })}</p>`
        : nothing}
      <p class="actions">${print()}</p>`;
  }
}

define("points-conservation", PointsConservation);
