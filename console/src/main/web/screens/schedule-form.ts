import { html, nothing, type TemplateResult } from "lit";
import { dayOfYear, pts, typedPoints, weekday } from "../i18n/format";
import { t } from "../i18n/t";
import { choice, date, field, type Option } from "../kit/fields";
import { fieldError } from "../kit/states";
import { faultOf, sentence, type Unit } from "./expiry-rule";
import { doing, type Schedule } from "./schedules";

/** What somebody types to say when what is allocated. */
export interface ScheduleFields {
  name: string;
  mode: Schedule["mode"];
  amount: string;
  note: string;
  every: Schedule["every"];
  weekday: string;
  monthday: string;
  yearday: string;
  at: string;
  from: string;
  until: string;
  catchUp: Schedule["catch_up"];
  lasts: "rule" | "period" | "after" | "never";
  /** How long, where it is a time; not of a form that was begun in an older version. */
  time?: { number: string; unit: Unit; round?: "day" | "month_end" | null };
}

/** How long points of a schedule can be used. */
export function lasts(it: Pick<Schedule, "expires">): ScheduleFields["lasts"] {
  if (it.expires?.after) return "after";
  return it.expires?.never ? "never" : it.expires?.end_of_period ? "period" : "rule";
}

/** The same in words. */
export function lasting(it: Pick<Schedule, "expires">): string {
  return it.expires?.after ? sentence({ after: it.expires.after, round: it.expires.round ?? null }) : t(`allocate.lasts.${lasts(it)}`);
}

type Time = NonNullable<ScheduleFields["time"]>;

const A_YEAR: Time = { number: "1", unit: "Y" };

export type Faults = Partial<Record<"name" | "amount" | "note" | "yearday" | "at" | "until" | "number", string>>;

export const EMPTY: ScheduleFields = {
  name: "",
  mode: "add",
  amount: "",
  note: "",
  every: "month",
  weekday: "1",
  monthday: "1",
  yearday: "01-01",
  at: "00:05",
  from: "",
  until: "",
  catchUp: "all",
  lasts: "rule",
  time: A_YEAR,
};

/** As a schedule is, to be changed. */
export function fieldsOf(it: Schedule): ScheduleFields {
  return {
    ...EMPTY,
    name: it.name,
    mode: it.mode,
    amount: String(it.amount),
    note: it.reference_note,
    every: it.every,
    ...(it.every === "week" ? { weekday: it.day ?? "1" } : it.every === "year" ? { yearday: it.day ?? "01-01" } : { monthday: it.day ?? "1" }),
    at: it.at.slice(0, 5),
    from: it.starts_on,
    until: it.ends_on ?? "",
    catchUp: it.catch_up,
    lasts: lasts(it),
    time: timeOf(it),
  };
}

function timeOf(it: Pick<Schedule, "expires">): Time {
  const after = it.expires?.after;
  return after ? { number: after.slice(1, -1), unit: after.slice(-1) as Unit, round: it.expires?.round ?? null } : A_YEAR;
}

/** As the service takes it; null where the tenant's rule says it. */
function expires(it: ScheduleFields): NonNullable<Schedule["expires"]> | null {
  const { number, unit, round } = it.time ?? A_YEAR;
  if (it.lasts === "after") return { after: `P${typedPoints(number)}${unit}`, ...(round ? { round } : {}) };
  return it.lasts === "rule" ? null : it.lasts === "never" ? { never: true } : { end_of_period: true };
}

const YEAR_DAY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function isDayOfYear(text: string): boolean {
  const date = new Date(`2028-${text}T00:00:00Z`);
  return YEAR_DAY.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === text;
}

/** What would certainly be refused. */
export function faultsOf(it: ScheduleFields): Faults {
  const faults: Faults = {};
  if (!it.name.trim()) faults.name = t("schedule.noName");
  if (!typedPoints(it.amount)) faults.amount = t("error.amount");
  if (!it.note.trim()) faults.note = t("error.note");
  if (it.every === "year" && !isDayOfYear(it.yearday.trim())) faults.yearday = t("schedule.noYearDay");
  if (!TIME.test(it.at.trim())) faults.at = t("schedule.noTime");
  const wrong = it.lasts === "after" ? faultOf({ rule: "after", month: "12", day: "31", ...(it.time ?? A_YEAR) }) : undefined;
  if (wrong) faults.number = wrong.fault;
  if (it.from && it.until && it.until < it.from) faults.until = t("schedule.noEnd");
  return faults;
}

function dayOf(it: ScheduleFields): string | null {
  if (it.every === "day") return null;
  return it.every === "week" ? it.weekday : it.every === "year" ? it.yearday.trim() : it.monthday;
}

/** What is sent. */
export function asked(it: ScheduleFields, currency: string): Record<string, unknown> {
  return {
    name: it.name.trim(),
    mode: it.mode,
    amount: typedPoints(it.amount),
    currency,
    reference_note: it.note.trim(),
    every: it.every,
    ...(dayOf(it) === null ? {} : { day: dayOf(it) }),
    at: it.at.trim(),
    ...(it.from ? { starts_on: it.from } : {}),
    ...(it.until ? { ends_on: it.until } : {}),
    catch_up: it.catchUp,
    ...(it.lasts === "rule" ? {} : { expires: expires(it) }),
  };
}

/** When it falls due, in words. */
export function when(it: Pick<Schedule, "every" | "day" | "at">): string {
  const at = it.at.slice(0, 5);
  const day = it.day ?? "";
  if (it.every === "day") return t("schedule.when.day", { at });
  if (it.every === "week") return t("schedule.when.week", { day: weekday(Number(day)), at });
  if (it.every === "year") return t("schedule.when.year", { day: dayOfYear(day), at });
  return day === "last" ? t(`schedule.when.${it.every}.last`, { at }) : t(`schedule.when.${it.every}`, { day, at });
}

export function facts(it: ScheduleFields): [string, string][] {
  return [
    [t("schedule.name"), it.name.trim()],
    [t("schedule.does"), doing({ mode: it.mode, amount: typedPoints(it.amount) ?? 0 })],
    [t("schedule.when"), when({ every: it.every, day: dayOf(it), at: it.at.trim() })],
    [t("allocate.note"), it.note.trim()],
    [t("schedule.catchUp"), t(`schedule.catchUp.${it.catchUp}`)],
    [t("allocate.lasts"), lasting({ expires: expires(it) })],
  ];
}

const EVERY = (["day", "week", "month", "quarter", "year"] as const).map((value) => ({ value, text: t(`schedule.every.${value}`) }));
const MODES = (["add", "top_up"] as const).map((value) => ({ value, text: t(`schedule.mode.${value}`) }));
const LASTS = (["rule", "period", "after", "never"] as const).map((value) => ({ value, text: t(`allocate.lasts.${value}`) }));
const UNITS = (["D", "M", "Y"] as const).map((value) => ({ value, text: t(`policy.unit.${value}`) }));
const CATCH_UP = (["all", "newest", "none"] as const).map((value) => ({ value, text: t(`schedule.catchUp.${value}`) }));

function monthDays(): Option[] {
  return [...Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), text: String(i + 1) })), { value: "last", text: t("schedule.last") }];
}

function weekdays(): Option[] {
  return Array.from({ length: 7 }, (_, i) => ({ value: String(i + 1), text: weekday(i + 1) }));
}

/** The fields, with what is wrong with them. */
export function scheduleFields(it: ScheduleFields, faults: Faults, set: (changes: Partial<ScheduleFields>) => void): TemplateResult {
  const amount = typedPoints(it.amount);
  const time = it.time ?? A_YEAR;
  return html`${field({ id: "name", label: t("schedule.name"), value: it.name, hint: t("schedule.name.hint"), fault: faults.name, longest: 100, set: (name) => set({ name }) })}
    ${choice("mode", t("schedule.does"), MODES, it.mode, (mode) => set({ mode: mode as Schedule["mode"] }))}
    ${field({ id: "amount", label: t("allocate.points"), value: it.amount, hint: amount ? pts(amount) : nothing, fault: faults.amount, numeric: true, set: (text) => set({ amount: text }) })}
    ${field({ id: "note", label: t("allocate.note"), value: it.note, hint: t("schedule.note.hint"), fault: faults.note, longest: 2000, set: (note) => set({ note }) })}
    ${choice("every", t("schedule.every"), EVERY, it.every, (every) => set({ every: every as Schedule["every"] }))}
    ${it.every === "week" ? choice("weekday", t("schedule.on"), weekdays(), it.weekday, (day) => set({ weekday: day })) : nothing}
    ${it.every === "month" || it.every === "quarter" ? choice("monthday", t(`schedule.on.${it.every}`), monthDays(), it.monthday, (day) => set({ monthday: day })) : nothing}
    ${it.every === "year" ? field({ id: "yearday", label: t("schedule.on"), value: it.yearday, hint: t("schedule.yearday.hint"), fault: faults.yearday, longest: 5, set: (yearday) => set({ yearday }) }) : nothing}
    ${field({ id: "at", label: t("schedule.at"), value: it.at, hint: t("schedule.at.hint"), fault: faults.at, longest: 5, set: (at) => set({ at }) })}
    ${date("from", t("schedule.from"), it.from, undefined, (from) => set({ from }))}
    ${date("until", t("schedule.until"), it.until, faults.until, (until) => set({ until }))}
    ${choice("catch-up", t("schedule.catchUp"), CATCH_UP, it.catchUp, (how) => set({ catchUp: how as Schedule["catch_up"] }))}
    ${choice("lasts", t("allocate.lasts"), LASTS, it.lasts, (chosen) => set({ lasts: chosen as ScheduleFields["lasts"] }))}
    ${it.lasts === "after"
      ? html`${field({ id: "number", label: t("policy.number"), value: time.number, fault: faults.number, numeric: true, set: (number) => set({ time: { ...time, number } }) })}
          ${choice("unit", t("policy.unit"), UNITS, time.unit, (unit) => set({ time: { number: time.number, unit: unit as Unit } }))}`
      : nothing}`;
}
