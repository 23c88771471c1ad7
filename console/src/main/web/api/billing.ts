// What billing-service answers, as far as pages show it. Sums come as texts too: a number may be more than a script can count.

export interface Step {
  action: string;
  reason: string;
  created_by: string;
  created_at: string;
}

export interface Revision {
  revision: number;
  closed_at: string;
  closed_by: string;
  sha256: string;
}

/** A tenant's month. */
export interface Month {
  tenant_id: string;
  period: string;
  state: string;
  statement_sha256: string | null;
  reopening_proposed_by: string | null;
  reopening_lapses_at: string | null;
  steps: Step[];
  revisions: Revision[];
}

export interface Entry {
  entry_id: string;
  tenant_id: string;
  points: number;
  unit_price: string;
  currency: string;
  amount: string;
  occurred_at: string;
  charge_category: string;
  charge_class: string | null;
  billing_period: string;
  invoice_id: string | null;
  po_number: string | null;
  credited_entry_id: string | null;
  reference: string | null;
  reason: string | null;
}

export interface Billed {
  currency: string;
  purchases: string;
  credits: string;
  adjustments: string;
  corrections: string;
  total: string;
}

export interface Prepayment {
  currency: string;
  opening: string;
  closing: string;
}

export interface RollForward {
  movement: string;
  pool_text: string;
  in_flight_text: string;
  budgets_text: string;
  earned_text: string;
  /** In statements that have any, as the next one. */
  reserved_text?: string;
  expired_text?: string;
  total_text: string;
}

/** Where points can be, as a statement names it. */
export type Place = "pool" | "in_flight" | "budgets" | "earned" | "reserved" | "expired" | "total";

/** The places that a statement has anything in, and those that all have. */
export function places(statement: Statement): Place[] {
  const first = statement.roll_forward[0];
  const later = (["reserved", "expired"] as const).filter((place) => first?.[`${place}_text`] !== undefined);
  return ["pool", "in_flight", "budgets", "earned", ...later, "total"];
}

export interface BillingDocument {
  number: string;
  kind: string;
  issued_at: string;
  currency: string;
  total: string;
  corrects: string[];
}

export interface Statement {
  tenant_id: string;
  period: string;
  state: string;
  revision: number | null;
  closed_at: string | null;
  tenant_name: string | null;
  issuer: { name: string | null; address: string | null; tax_id: string | null } | null;
  documents: BillingDocument[] | null;
  tax_note: string | null;
  roll_forward: RollForward[];
  billed: Billed[];
  prepayments: Prepayment[];
  entries: Entry[];
}

/** What moving late entries does, or would do. */
export interface LateEntryMove {
  entries: { entry_id: string; booked_in: string; points: number; currency: string; amount: string }[];
  changes: { period: string; currency: string; amount: string }[];
  remaining: number;
}
