import { html, nothing, type TemplateResult } from "lit";
import { getText } from "../api/call";
import { money, month, monthBeside, plus, points } from "../i18n/format";
import { t } from "../i18n/t";
import { parse } from "../kit/csv";
import { define, PageElement } from "../kit/element";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { save } from "../kit/save";
import { empty, failed, loading } from "../kit/states";
import { table } from "../kit/table";

/** Of an account in a currency. */
interface Total {
  account: string;
  currency: string;
  lines: number;
  amount: string;
}

interface Journal {
  text: string;
  totals: Total[];
  /** Of each currency, over all accounts. */
  sums: Map<string, string>;
  unbatched: number;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Adds up the journal as it was answered, exactly. */
export function added(text: string): Journal {
  const [header, ...lines] = parse(text) ?? [];
  const at = (name: string) => header?.cells.indexOf(name) ?? -1;
  const [account, currency, amount, batch] = [at("account"), at("currency"), at("amount"), at("batch")];
  if (Math.min(account, currency, amount, batch) < 0) throw new TypeError("no journal");
  const totals = new Map<string, Total>();
  const sums = new Map<string, string>();
  let unbatched = 0;
  for (const { cells } of lines) {
    const [ofAccount, ofCurrency, figure] = [cells[account]!, cells[currency]!, cells[amount]!];
    const key = `${ofCurrency} ${ofAccount}`;
    const total = totals.get(key) ?? { account: ofAccount, currency: ofCurrency, lines: 0, amount: "0" };
    totals.set(key, { ...total, lines: total.lines + 1, amount: plus(total.amount, figure) });
    sums.set(ofCurrency, plus(sums.get(ofCurrency) ?? "0", figure));
    if (!cells[batch]) unbatched++;
  }
  const ordered = [...totals].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, total]) => total);
  return { text, totals: ordered, sums, unbatched };
}

/** A month's journal of all tenants: what each account comes to, and whether all of it comes to 0, as it has to. */
class PointsJournal extends PageElement {
  private period = this.asked();
  private readonly journal = new Query<Journal>(this, () => `/api/billing/journal/${this.period}.csv`, async (path, signal) => added(await getText(path, signal, "text/csv")));

  private asked(): string {
    const asked = new URLSearchParams(location.search).get("period") ?? "";
    return MONTH.test(asked) ? asked : monthBeside(new Date().toISOString().slice(0, 7), -1);
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("journal.title")}</h1>
      <p class="actions">
        <button type="button" aria-label=${t("periods.previous")} @click=${() => this.move(-1)}>←</button>
        <strong aria-live="polite">${month(this.period)} (${t("utc")})</strong>
        <button type="button" aria-label=${t("periods.next")} @click=${() => this.move(1)}>→</button>
      </p>
      ${this.body()}`;
  }

  private move(by: number): void {
    this.period = monthBeside(this.period, by);
    query({ period: this.period });
    this.journal.data = undefined;
    void this.journal.load();
    this.requestUpdate();
  }

  private body(): TemplateResult {
    const it = this.journal.data;
    if (!it) return this.journal.failure ? failed(this.journal.failure, () => void this.journal.load()) : loading();
    if (!it.totals.length) return empty(t("journal.empty"));
    return html`${[...it.sums].map(([currency, sum]) => {
        const balances = /^-?[0.]+$/.test(sum);
        return html`<p class="notice ${balances ? "positive" : "negative"}" role="status">${balances ? t("journal.balances", { currency }) : t("journal.differs", { currency, amount: money(sum, currency) })}</p>`;
      })}
      ${table(
        t("journal.title"),
        [{ text: t("journal.account") }, { text: t("journal.currency") }, { text: t("journal.lines"), number: true }, { text: t("entries.amount"), number: true }],
        it.totals.map((total) => [html`<code>${total.account}</code>`, total.currency, points(total.lines), money(total.amount, total.currency)]),
      )}
      <p class="muted">${t("journal.text")} ${it.unbatched ? t("journal.unbatched", { n: points(it.unbatched) }) : nothing}</p>
      <p class="actions"><button type="button" @click=${() => save(`journal-${this.period}.csv`, it.text, "text/csv")}>${t("periods.journal")}</button></p>`;
  }
}

define("points-journal", PointsJournal);
