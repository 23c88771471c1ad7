// What of an audit record is sealed, see docs/audit.md: everything that has a meaning, the event's content by its digest alone.

import { utf8 } from "./bytes";

/** The fields of a leaf, in their order. */
export const FIELDS = [
  "event_id",
  "type",
  "source",
  "subject",
  "tenant_id",
  "actor_id",
  "actor_role",
  "trace_id",
  "occurred_at",
  "topic",
  "data_digest",
] as const;

export type Leaf = Record<(typeof FIELDS)[number], string | null>;

const VERSION = 1;
const NULL = -1;

/** The bytes that are hashed: the version, then of each field its length as 32 bits, high byte first, and its UTF-8; the length -1 stands for null. */
export function content(leaf: Leaf): Uint8Array<ArrayBuffer> {
  const texts = FIELDS.map((name) => leaf[name]).map((text) => (text === null ? null : utf8(text)));
  const bytes = new Uint8Array(1 + texts.reduce((sum, text) => sum + 4 + (text?.length ?? 0), 0));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  let at = 1;
  for (const text of texts) {
    view.setInt32(at, text ? text.length : NULL);
    at += 4;
    if (text) bytes.set(text, at);
    at += text?.length ?? 0;
  }
  return bytes;
}

/** A time as a leaf has it, with six digits of a second, of one as routes have it. */
export function sealedTime(instant: string): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z$/.exec(instant);
  return match ? `${match[1]}.${(match[2] ?? "").padEnd(6, "0")}Z` : instant;
}
