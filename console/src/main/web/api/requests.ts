import { maybe } from "../i18n/t";

/** Points that a manager asks the platform for. */
export interface PointsRequest {
  request_id: string;
  amount: number;
  note: string | null;
  state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
  asked_by: string;
  asked_at: string;
  expires_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
  allocation_id: string | null;
}

export const REQUESTS = "/api/allocations/requests";

export const stateOf = (it: PointsRequest): string => maybe(`request.state.${it.state}`) ?? it.state;
