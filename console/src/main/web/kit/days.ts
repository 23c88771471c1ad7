import { html, type TemplateResult } from "lit";
import { t } from "../i18n/t";

/** Which days are to be seen, the last one among them; as 2026-11-28, in the person's own time zone, empty for no limit. */
export interface Days {
  from: string;
  to: string;
}

/** With years that the services take, and with the day after the last one still such a year: whoever types a year is at 0002 for a moment. */
const DAY = /^(19[7-9]\d|[2-8]\d{3})-\d{2}-\d{2}$/;

/** The day that a field or an address names; empty for what is none. */
export function typedDay(text: string): string {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

/** Those that the address names. */
export function askedDays(): Days {
  const asked = new URLSearchParams(location.search);
  return { from: typedDay(asked.get("from") ?? ""), to: typedDay(asked.get("to") ?? "") };
}

/** Two fields of a filter. */
export function dayFields(days: Days, choose: (changes: Partial<Days>) => void): TemplateResult {
  const day = (name: keyof Days, label: string) => html`<div class="field">
    <label for=${name}>${label}</label>
    <input id=${name} type="date" .value=${days[name]} @change=${(event: Event) => choose({ [name]: typedDay((event.target as HTMLInputElement).value) })}>
  </div>`;
  return html`${day("from", t("days.from"))} ${day("to", t("days.to"))}`;
}

/** As routes take them: from the beginning of the first day to the end of the last one. */
export function span(days: Days): Record<string, string> {
  const end = new Date(`${days.to}T00:00:00`);
  if (days.to) end.setDate(end.getDate() + 1);
  return { ...(days.from ? { from: new Date(`${days.from}T00:00:00`).toISOString() } : {}), ...(days.to ? { to: end.toISOString() } : {}) };
}
