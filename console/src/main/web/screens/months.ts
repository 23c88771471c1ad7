import { html, type TemplateResult } from "lit";
import type { Statement } from "../api/billing";
import { get } from "../api/call";
import { figure, minus, month as monthName, monthBeside, plus, points } from "../i18n/format";
import { t } from "../i18n/t";
import { chart } from "../kit/chart";
import { define, PageElement } from "../kit/element";
import { empty, failed, loading } from "../kit/states";

const MONTHS = 6;

interface Row {
  period: string;
  allocated: string;
  awarded: string;
  closing: string;
}

/** What a tenant awarded in the months up to one, as its statements have it. They are read when somebody asks for them. */
class PointsMonths extends PageElement {
  static override properties = { tenant: {}, period: {} };
  declare tenant: string;
  declare period: string;
  private asked = false;
  private rows: Row[] | undefined;
  private failure: unknown;

  private async read(): Promise<void> {
    this.asked = true;
    this.failure = this.rows = undefined;
    this.requestUpdate();
    try {
      const rows: Row[] = [];
      for (let back = MONTHS - 1; back >= 0; back--) {
        const period = monthBeside(this.period, -back);
        const statement = await get<Statement>(`/api/billing/statements/${this.tenant}/${period}`);
        if (statement.state !== "before_tenant" && statement.state !== "not_begun") rows.push(row(statement));
      }
      this.rows = rows;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    if (!this.asked) return html`<p><button type="button" @click=${() => void this.read()}>${t("months.show", { n: MONTHS })}</button></p>`;
    if (this.failure) return failed(this.failure, () => void this.read());
    if (!this.rows) return loading();
    const last = this.rows[this.rows.length - 1];
    if (!last) return empty(t("months.empty"));
    const most = this.rows.reduce((high, one) => (Number(one.awarded) > Number(high.awarded) ? one : high));
    return chart({
      title: t("months.title"),
      sentence: t("months.sentence", { month: monthName(last.period), n: points(last.awarded), most: points(most.awarded), when: monthName(most.period) }),
      kind: "bars",
      series: this.rows.map((one) => ({ label: monthName(one.period), value: Number(one.awarded) })),
      show: points,
      headers: [{ text: t("late.month") }, ...[t("months.bought"), t("months.awarded"), t("months.left")].map((text) => ({ text, number: true }))],
      rows: this.rows.map((one) => [monthName(one.period), figure(one.allocated), figure(one.awarded), figure(one.closing)]),
    });
  }
}

function row(it: Statement): Row {
  const of = (movement: string) => it.roll_forward.find((line) => line.movement === movement);
  return {
    period: it.period,
    allocated: plus(of("allocated")?.total_text ?? "0", of("clawed_back")?.total_text ?? "0"),
    awarded: plus(of("awarded_from_pool")?.earned_text ?? "0", of("awarded_from_budget")?.earned_text ?? "0"),
    closing: minus(of("closing")?.total_text ?? "0", of("closing")?.earned_text ?? "0"),
  };
}

define("points-months", PointsMonths);
