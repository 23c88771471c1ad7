import { html, nothing, type TemplateResult } from "lit";
import { dayOfYear, length, monthOfYear, points, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { choice, field } from "../kit/fields";

/** When points lapse, as the services have it. */
export interface Expires {
  after?: string | null;
  round?: "day" | "month_end" | null;
  every?: string | null;
  min_days?: number | null;
}

export type Rule = "never" | "after" | "every";
export type Unit = "D" | "M" | "Y";

/** As it is typed. */
export interface RuleFields {
  rule: Rule;
  number: string;
  unit: Unit;
  month: string;
  day: string;
}

const UNITS: Record<Unit, "day" | "month" | "year"> = { D: "day", M: "month", Y: "year" };
const MOST: Record<Unit, number> = { D: 3650, M: 120, Y: 10 };

/** How points lapse by that, in a sentence. */
export function sentence(expires: Expires | null): string {
  if (expires?.after) {
    const after = t("policy.after", { time: length(Number(expires.after.slice(1, -1)), UNITS[expires.after.slice(-1) as Unit]) });
    return expires.round === "month_end" ? t("policy.after.monthEnd", { after }) : after;
  }
  if (expires?.every) return t("policy.every", { day: dayOfYear(expires.every), time: length(expires.min_days ?? 30, "day") });
  return t("policy.never");
}

/** A rule as it is, to be changed. */
export function fieldsOf(expires: Expires | null): RuleFields {
  return {
    rule: expires?.after ? "after" : expires?.every ? "every" : "never",
    number: expires?.after ? expires.after.slice(1, -1) : "1",
    unit: (expires?.after?.slice(-1) as Unit | undefined) ?? "Y",
    month: expires?.every?.slice(0, 2) ?? "12",
    day: expires?.every ? String(Number(expires.every.slice(3))) : "31",
  };
}

/** The fields of a rule: those that its kind has. Where a page has two, the ids of one begin with something. */
export function ruleFields(label: string, it: RuleFields, fault: string | undefined, edit: (changes: Partial<RuleFields>) => void, ids = ""): TemplateResult {
  const rules = (["never", "after", "every"] as const).map((value) => ({ value, text: t(`policy.rule.${value}`) }));
  const units = (["D", "M", "Y"] as const).map((value) => ({ value, text: t(`policy.unit.${value}`) }));
  const months = Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1).padStart(2, "0"), text: monthOfYear(i + 1) }));
  return html`${choice(`${ids}rule`, label, rules, it.rule, (chosen) => edit({ rule: chosen as Rule }))}
    ${it.rule === "after"
      ? html`${field({ id: `${ids}number`, label: t("policy.number"), value: it.number, fault, numeric: true, set: (number) => edit({ number }) })}
          ${choice(`${ids}unit`, t("policy.unit"), units, it.unit, (chosen) => edit({ unit: chosen as Unit }))}`
      : nothing}
    ${it.rule === "every"
      ? html`${field({ id: `${ids}day`, label: t("policy.dayOfMonth"), value: it.day, fault, numeric: true, set: (day) => edit({ day }) })}
          ${choice(`${ids}month`, t("policy.month"), months, it.month, (month) => edit({ month }))}`
      : nothing}`;
}

/** What would certainly be refused, and where. */
export function faultOf(it: RuleFields): { fault: string; at: "number" | "day" } | undefined {
  const count = typedPoints(it.number);
  if (it.rule === "after" && !(count && count <= MOST[it.unit])) return { fault: t("policy.number.fault", { most: points(MOST[it.unit]) }), at: "number" };
  // A leap year: 29 February is a day of the year, too.
  const last = new Date(Date.UTC(2028, Number(it.month), 0)).getUTCDate();
  if (it.rule === "every" && !(Number(it.day) >= 1 && Number(it.day) <= last)) return { fault: t("policy.day.fault", { last: points(last) }), at: "day" };
  return undefined;
}

/** As the services take it. */
export function expiresOf(it: RuleFields): Expires | null {
  if (it.rule === "after") return { after: `P${typedPoints(it.number)}${it.unit}` };
  return it.rule === "every" ? { every: `${it.month}-${it.day.padStart(2, "0")}` } : null;
}
