import { maybe } from "../i18n/t";

/** What a member asks managers to give. */
export interface Wish {
  wish_id: string;
  state: "open" | "granted" | "declined" | "withdrawn" | "expired";
  kind: "budget" | "nomination";
  asked_by: string;
  to_user_id: string;
  amount: number;
  note: string | null;
  created_at: string;
  expires_at: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
  distribution_id: string | null;
  refusal: string | null;
}

export const stateOf = (it: Wish): string => maybe(`wish.state.${it.state}`) ?? it.state;
export const kindOf = (it: Pick<Wish, "kind">): string => maybe(`wish.kind.${it.kind}`) ?? it.kind;
