import type { Choice } from "../kit/picker";
import { get } from "./call";

/** A member of the caller's tenant, as whoever gives finds them. */
export interface Person extends Choice {
  user_id: string;
  display_name: string | null;
  eligible: boolean | null;
}

/** Who may receive awards, by the beginning of a name; who may not is not offered. */
export async function receivers(text: string, signal: AbortSignal): Promise<Person[]> {
  const page = await get<{ items: Person[] }>(`/api/directory?q=${encodeURIComponent(text)}&eligible_for=award`, signal);
  return page.items
    .filter((person) => person.eligible)
    .map((person) => ({ ...person, id: person.user_id, label: person.display_name ?? person.user_id }));
}
