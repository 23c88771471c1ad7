import { html, nothing, type TemplateResult } from "lit";
import { type Entry, places, type Statement } from "../api/billing";
import { figure, minus, money, points, timeInUtc } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { empty } from "../kit/states";
import { table } from "../kit/table";

/** The lines of a statement, as they are shown at first: whoever wants all of them asks for them. */
export const LINES = 100;

/** A statement's figures: documents, what was billed, what was paid in advance, and where all points are. */
export function figures(it: Statement): TemplateResult {
  return html`${it.documents?.length ? documents(it) : nothing}
    <h3>${t("month.billed")}</h3>
    ${it.billed.length
      ? table(
          t("month.billed"),
          [{ text: t("month.currency") }, ...["purchases", "credits", "adjustments", "corrections", "total"].map((name) => ({ text: maybe(`month.billed.${name}`) ?? name, number: true }))],
          it.billed.map((one) => [one.currency, ...[one.purchases, one.credits, one.adjustments, one.corrections, one.total].map((amount) => money(amount, one.currency))]),
        )
      : empty(t("month.billed.empty"))}
    ${it.prepayments.length
      ? html`<h3>${t("month.prepayments")}</h3>
          ${table(
            t("month.prepayments"),
            [{ text: t("month.currency") }, { text: t("month.opening"), number: true }, { text: t("month.closing"), number: true }],
            it.prepayments.map((one) => [one.currency, money(one.opening, one.currency), money(one.closing, one.currency)]),
          )}`
      : nothing}
    <h3>${t("month.rollForward")}</h3>
    ${table(
      t("month.rollForward"),
      [{ text: t("month.movement") }, ...places(it).map((name) => ({ text: maybe(`month.place.${name}`) ?? name, number: true }))],
      it.roll_forward.map((line) => [
        maybe(`month.movement.${line.movement}`) ?? line.movement,
        ...places(it).map((name) => figure(line[`${name}_text`] ?? "0")),
      ]),
    )}
    ${it.tax_note ? html`<p class="muted">${it.tax_note}</p>` : nothing}`;
}

function documents(it: Statement): TemplateResult {
  return html`<h3>${t("month.documents")}</h3>
    ${table(
      t("month.documents"),
      [{ text: t("month.document") }, { text: t("month.document.kind") }, { text: `${t("month.issued")} (${t("utc")})` }, { text: t("month.total"), number: true }, { text: t("month.corrects") }],
      (it.documents ?? []).map((one) => [
        one.number,
        maybe(`month.document.${one.kind}`) ?? one.kind,
        html`<time datetime=${one.issued_at}>${timeInUtc(one.issued_at)}</time>`,
        money(one.total, one.currency),
        one.corrects.join(", ") || "–",
      ]),
    )}`;
}

/** Lines of a statement. */
export function lines(label: string, entries: Entry[]): TemplateResult {
  return table(
    label,
    [
      { text: `${t("me.when")} (${t("utc")})` },
      { text: t("entries.category") },
      { text: t("allocate.points"), number: true },
      { text: t("tenants.price"), number: true },
      { text: t("entries.amount"), number: true },
      { text: t("entries.invoice") },
      { text: t("activity.note") },
    ],
    entries.map((it) => [
      html`<time datetime=${it.occurred_at}>${timeInUtc(it.occurred_at)}</time>`,
      category(it),
      figure(it.points),
      money(it.unit_price, it.currency),
      money(it.amount, it.currency),
      html`<span dir="auto">${it.invoice_id ?? "–"}</span>`,
      html`<span dir="auto">${it.reference ?? it.reason ?? "–"}</span>`,
    ]),
  );
}

export function category(it: Entry): string {
  const name = maybe(`entries.${it.charge_category}`) ?? it.charge_category;
  return it.charge_class ? `${name}, ${t("entries.correction")}` : name;
}

/** Two revisions, one beside the other, and what is in one of them only. */
export function beside(before: Statement, after: Statement): TemplateResult {
  const name = (it: Statement) => (it.revision === null ? t("month.current") : t("month.revision", { n: it.revision }));
  const rows: [string, string, string, (amount: string) => string][] = [];
  for (const currency of new Set([...before.billed, ...after.billed].map((one) => one.currency))) {
    const [was, is] = [before, after].map((it) => it.billed.find((one) => one.currency === currency));
    for (const part of ["purchases", "credits", "adjustments", "corrections", "total"] as const) {
      rows.push([`${maybe(`month.billed.${part}`)}, ${currency}`, was?.[part] ?? "0", is?.[part] ?? "0", (amount) => money(amount, currency)]);
    }
  }
  const last = (it: Statement) => it.roll_forward.find((line) => line.movement === "closing");
  for (const place of new Set([...places(before), ...places(after)])) {
    rows.push([`${t("month.closing")}: ${maybe(`month.place.${place}`)}`, last(before)?.[`${place}_text`] ?? "0", last(after)?.[`${place}_text`] ?? "0", figure]);
  }
  rows.push([t("month.lines"), String(before.entries.length), String(after.entries.length), points]);
  const known = new Set(before.entries.map((it) => it.entry_id));
  const kept = new Set(after.entries.map((it) => it.entry_id));
  const added = after.entries.filter((it) => !known.has(it.entry_id));
  const gone = before.entries.filter((it) => !kept.has(it.entry_id));
  return html`<h3>${t("month.beside.title", { before: name(before), after: name(after) })}</h3>
    ${table(
      t("month.beside.title", { before: name(before), after: name(after) }),
      [{ text: t("month.figure") }, { text: name(before), number: true }, { text: name(after), number: true }, { text: t("month.difference"), number: true }],
      rows.map(([label, was, is, show]) => [label, show(was), show(is), was === is ? "–" : html`<strong>${show(minus(is, was))}</strong>`]),
    )}
    ${added.length ? html`<h3>${t("month.only", { name: name(after) })}</h3>${lines(t("month.only", { name: name(after) }), added.slice(0, LINES))}` : nothing}
    ${gone.length ? html`<h3>${t("month.only", { name: name(before) })}</h3>${lines(t("month.only", { name: name(before) }), gone.slice(0, LINES))}` : nothing}`;
}
