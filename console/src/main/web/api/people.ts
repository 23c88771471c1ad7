import { t } from "../i18n/t";
import type { Choice } from "../kit/picker";
import { get } from "./call";

/** A member of the caller's tenant, as whoever gives finds them. */
export interface Person extends Choice {
  user_id: string;
  display_name: string | null;
  eligible: boolean | null;
}

/** A member, as a manager sees them. */
export interface Member {
  user_id: string;
  role: MemberRole;
  active: boolean;
  display_name: string | null;
  email: string | null;
  /** Not of an older version of the service. */
  department_id?: string | null;
  revision: number;
  /** If they were asked for. */
  balances?: { budget: number; earned: number } | null;
}

export type MemberRole = "manager" | "lead" | "employee";

export const ROLES: Record<MemberRole, string> = { manager: t("role.manager"), lead: t("role.lead"), employee: t("role.employee") };

/** Their name; who has none is called by their id. */
export function nameOf(person: { user_id: string; display_name: string | null }): string {
  return person.display_name ?? person.user_id;
}

/** Who may receive awards, by the beginning of a name; who may not is not offered. */
export function receivers(text: string, signal: AbortSignal): Promise<Person[]> {
  return eligible("award", text, signal);
}

/** Who may have a budget. */
export function leads(text: string, signal: AbortSignal): Promise<Person[]> {
  return eligible("delegation", text, signal);
}

async function eligible(purpose: string, text: string, signal: AbortSignal): Promise<Person[]> {
  const page = await get<{ items: Person[] }>(`/api/directory?q=${encodeURIComponent(text)}&eligible_for=${purpose}`, signal);
  return page.items
    .filter((person) => person.eligible)
    .map((person) => ({ ...person, id: person.user_id, label: nameOf(person) }));
}

/** Whoever is or was a member, by the beginning of a name or an address; for managers. */
export async function membersCalled(text: string, signal: AbortSignal): Promise<Choice[]> {
  const page = await get<{ items: Member[] }>(`/api/members?q=${encodeURIComponent(text)}&limit=20`, signal);
  return page.items.map((member) => ({ id: member.user_id, label: nameOf(member) }));
}
