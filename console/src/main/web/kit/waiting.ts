import { get } from "../api/call";
import { session } from "../api/session";
import type { Approval } from "../screens/approvals";
import type { UndoProposal } from "../screens/undo-approval";

/** As many are looked at, of what waits and of what is to be taken back. */
const MOST = 100;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** How much waits for the reader's own yes or no, and whether there may be more. */
export interface Waiting {
  number: number;
  more: boolean;
}

/** What others have asked for, that would not come to the reader, and of which they have said nothing yet. */
export async function waiting(): Promise<Waiting> {
  const me = session().user.id;
  const [approvals, undos] = await Promise.all([
    get<Page<Approval>>(`/api/approvals?state=open&limit=${MOST}`),
    get<Page<UndoProposal>>(`/api/approvals/undos?state=open&limit=${MOST}`),
  ]);
  const toGive = approvals.items.filter((it) => it.state === "open" && it.requested_by !== me && it.to_user_id !== me && it.votes.every((vote) => vote.user_id !== me));
  const toTakeBack = undos.items.filter((it) => it.requested_by !== me);
  return { number: toGive.length + toTakeBack.length, more: approvals.next_cursor !== null || undos.next_cursor !== null };
}
