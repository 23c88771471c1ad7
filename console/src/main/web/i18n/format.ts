// Numbers and times as people write them. Decimals stay texts from end to end: what a service has counted is not counted again.

import { locale, numberLocale } from "./locale";
import { t } from "./t";

const whole = new Intl.NumberFormat(numberLocale, { maximumFractionDigits: 0 });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
const ofDay = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const utc = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
const weekdayName = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
const monthAlone = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
const monthName = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });

/** Of a number, or of digits that a number cannot hold. */
export function points(amount: number | string): string {
  return whole.format(amount as number);
}

export function pts(amount: number | string): string {
  return `${points(amount)} ${t("pts")}`;
}

/** With a sign, and a true minus. */
export function change(amount: number): string {
  return amount < 0 ? `−${points(-amount)}` : `+${points(amount)}`;
}

/** Points that a service wrote as digits, with a true minus. */
export function figure(digits: string | number): string {
  const text = String(digits);
  return text.startsWith("-") ? `−${points(text.slice(1))}` : points(text);
}

/** A decimal less another one of as many decimals, exactly. */
export function minus(from: string, less: string): string {
  const decimals = Math.max(decimalsOf(from), decimalsOf(less));
  const difference = minorOf(from, decimals) - minorOf(less, decimals);
  const digits = (difference < 0n ? -difference : difference).toString().padStart(decimals + 1, "0");
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return difference < 0n ? `-${text}` : text;
}

/** The sum of two decimals, exactly. */
export function plus(one: string, other: string): string {
  return minus(one, other.startsWith("-") ? other.slice(1) : `-${other}`);
}

function decimalsOf(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0;
}

function minorOf(decimal: string, decimals: number): bigint {
  const [before = "0", after = ""] = decimal.split(".");
  return BigInt(before + after.padEnd(decimals, "0"));
}

/** A decimal, as the service wrote it, with its currency. */
export function money(amount: string, currency: string): string {
  const decimals = amount.split(".")[1]?.length ?? 0;
  const format = new Intl.NumberFormat(numberLocale, {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const text = format.format(amount.replace(/^-/, "") as unknown as number);
  return amount.startsWith("-") ? `−${text}` : text;
}

export function time(instant: string): string {
  return moment.format(new Date(instant));
}

/** The time of day. */
export function clock(instant: string): string {
  return ofDay.format(new Date(instant));
}

export function exactly(instant: string): string {
  return exact.format(new Date(instant));
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

/** How long ago something was, in the largest unit of which it was one. */
export function ago(instant: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  const [unit, length] = UNITS.find(([, long]) => seconds >= long) ?? (["second", 1] as const);
  return relative.format(-Math.floor(seconds / length), unit);
}

export function timeInUtc(instant: string): string {
  return utc.format(new Date(instant));
}

/** Of a day such as 2026-11-28. */
export function day(date: string): string {
  return dayName.format(new Date(`${date}T00:00:00Z`));
}

/** Of a month such as 2026-11. */
export function month(period: string): string {
  return monthName.format(new Date(`${period}-01T00:00:00Z`));
}

/** So many days, months or years. */
export function length(number: number, unit: "day" | "month" | "year"): string {
  return new Intl.NumberFormat(numberLocale, { style: "unit", unit, unitDisplay: "long" }).format(number);
}

/** 1 is Monday. */
export function weekday(number: number): string {
  return weekdayName.format(new Date(Date.UTC(2024, 0, number)));
}

/** Of a month of any year, 1 to 12. */
export function monthOfYear(number: number): string {
  return monthAlone.format(new Date(Date.UTC(2028, number - 1, 1)));
}

/** Of a day of any year, such as 12-31. */
export function dayOfYear(text: string): string {
  return dayAndMonth.format(new Date(`2028-${text}T00:00:00Z`));
}

export function monthBeside(period: string, by: number): string {
  const date = new Date(`${period}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 7);
}

/** Points that a person typed: groups in any way, and k; undefined if that is no amount the services take. */
export function typedPoints(text: string): number | undefined {
  const plain = text.trim().replace(/[\s,._'’]/g, "");
  const match = /^(\d{1,13})(k)?$/i.exec(plain);
  if (!match) return undefined;
  const amount = Number(match[1]) * (match[2] ? 1000 : 1);
  return amount >= 1 && amount <= 1e12 ? amount : undefined;
}

/**
 * What points cost: price times points, rounded half to even to the currency's decimals, as billing-service does it.
 *
 * @param price a decimal, as the service wrote it
 */
export function cost(price: string, amount: number, decimals: number): string {
  const [before = "0", after = ""] = price.split(".");
  const product = BigInt(before + after) * BigInt(amount);
  const cut = after.length - decimals;
  const minor = cut <= 0 ? product * 10n ** BigInt(-cut) : halfEven(product, 10n ** BigInt(cut));
  const digits = minor.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * What points cost, exactly: with the decimals that the currency usually has, and more if there are more.
 *
 * @param price a decimal
 */
export function total(price: string, amount: number, currency: string): string {
  const usual = new Intl.NumberFormat(numberLocale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 0;
  const exact = cost(price, amount, Math.max(decimalsOf(price), usual));
  const [before, after = ""] = exact.split(".");
  const kept = after.replace(/0+$/, "").padEnd(usual, "0");
  return kept ? `${before}.${kept}` : before!;
}

/** The name of a currency, such as INR; undefined if it is none that the browser knows. */
export function currencyName(code: string): string | undefined {
  try {
    return new Intl.DisplayNames(locale, { type: "currency", fallback: "none" }).of(code);
  } catch {
    return undefined;
  }
}

function halfEven(product: bigint, unit: bigint): bigint {
  const quotient = product / unit;
  const twice = (product % unit) * 2n;
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient;
}
