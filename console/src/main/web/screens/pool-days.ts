import { html, type TemplateResult } from "lit";
import { day, figure, points } from "../i18n/format";
import { t } from "../i18n/t";
import { chart } from "../kit/chart";
import { define, PageElement } from "../kit/element";
import { Query } from "../kit/query";
import { empty, failed, loading } from "../kit/states";

interface PoolDay {
  day: string;
  allocated: number;
  allocated_text: string;
  clawed_back_text: string;
  debited_text: string;
  credited_text: string;
  returned_text: string;
  closing_balance: number;
}

const DAYS = 90;
const DAY_MS = 24 * 3_600_000;

/** How a pool has gone down and up, day by day: a figure with its sentence and its table. */
class PointsPoolDays extends PageElement {
  static override properties = { path: {} };
  /** The route that lists days, newest first. */
  declare path: string;
  private readonly days = new Query<{ items: PoolDay[] }>(this, () => {
    const from = new Date(Date.now() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
    return `${this.path}?from=${from}T00:00:00Z&limit=${DAYS}`;
  });

  protected override render(): TemplateResult {
    const days = this.days.data?.items;
    if (!days) return this.days.failure ? failed(this.days.failure, () => void this.days.load()) : loading();
    if (!days.length) return empty(t("days.empty"));
    const inOrder = [...days].reverse();
    const [first, last] = [inOrder[0]!, inOrder[inOrder.length - 1]!];
    const lowest = inOrder.reduce((low, one) => (one.closing_balance < low.closing_balance ? one : low));
    return chart({
      title: t("days.title"),
      sentence: t(first === last ? "days.first" : "days.sentence", {
        first: points(first.closing_balance),
        since: day(first.day),
        last: points(last.closing_balance),
        until: day(last.day),
        lowest: points(lowest.closing_balance),
        when: day(lowest.day),
        times: points(inOrder.filter((one) => one.allocated > 0).length),
      }),
      kind: "line",
      series: inOrder.map((one) => ({ label: day(one.day), value: one.closing_balance, mark: one.allocated > 0 })),
      show: points,
      headers: [
        { text: `${t("days.day")} (${t("utc")})` },
        ...[t("days.allocated"), t("days.clawedBack"), t("days.debited"), t("days.credited"), t("days.returned"), t("days.closing")].map((text) => ({ text, number: true })),
      ],
      rows: days.map((one) => [
        html`<time datetime=${one.day}>${day(one.day)}</time>`,
        ...[one.allocated_text, one.clawed_back_text, one.debited_text, one.credited_text, one.returned_text].map(figure),
        points(one.closing_balance),
      ]),
    });
  }
}

define("points-pool-days", PointsPoolDays);
