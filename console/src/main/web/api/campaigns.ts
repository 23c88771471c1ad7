import { t } from "../i18n/t";
import { call } from "./call";

/** Many awards that were asked for at once. */
export interface Campaign {
  batch_id: string;
  mode: Mode;
  state: CampaignState;
  receivers: number;
  accepted: number;
  completed: number;
  refused: number;
  refusals: { reason: string; receivers: number }[];
  requested_by: string;
  created_at: string;
  amount_text: string;
  completed_amount_text: string;
  /** By which all of it must be approved. */
  approval_rule?: string;
  undo?: Undo;
}

/** How a campaign was taken back. */
export interface Undo {
  state: "UNDOING" | "UNDONE" | "REFUSED";
  undone_at: string;
  reversed: number;
  amount_text: string;
  missing_text: string;
}

export type CampaignState = "ACCEPTED" | "COMPLETED" | "PARTLY_COMPLETED" | "REFUSED";
export type Mode = "each" | "all_or_nothing";

export const BATCHES = "/api/allocations/award-points/batch";

export const MODES: Record<Mode, string> = { each: t("campaign.each"), all_or_nothing: t("campaign.allOrNothing") };

export const STATES: Record<CampaignState, { text: string; tone: string }> = {
  ACCEPTED: { text: t("campaign.running"), tone: "neutral" },
  COMPLETED: { text: t("campaign.completed"), tone: "positive" },
  PARTLY_COMPLETED: { text: t("campaign.partly"), tone: "warning" },
  REFUSED: { text: t("campaign.refused"), tone: "negative" },
};

/** What a campaign would lead to now. */
export interface Check {
  receivers: number;
  amount_text: string;
  refused: { line: number; reason: string }[];
  pool_balance: number;
  /** Not of an older version of the service. */
  available?: number;
  pool_suffices: boolean;
}

/** What there is to give from. */
export const available = (it: Check): number => it.available ?? it.pool_balance;

/** How a campaign is asked for. */
export const asked = (mode: Mode, department: string): string => `mode=${mode}${department ? `&department_id=${department}` : ""}`;

/** Asks what would come of it; nothing is moved. */
export async function check(csv: string, mode: Mode, department: string): Promise<Check> {
  return (await call<Check>("POST", `${BATCHES}/csv/check?${asked(mode, department)}`, { csv })).body;
}

const AT_ONCE = 500;

/** The ids of those members of the tenant who have these e-mail addresses, by address in lower case. */
export async function idsOf(emails: string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let at = 0; at < emails.length; at += AT_ONCE) {
    const answer = await call<{ items: { user_id: string; email: string | null }[] }>("POST", "/api/directory/resolve", { body: { emails: emails.slice(at, at + AT_ONCE) } });
    for (const person of answer.body.items) if (person.email) ids.set(person.email.toLowerCase(), person.user_id);
  }
  return ids;
}
