// An export of the audit log, line by line: see docs/audit.md. Strict: a line has the fields of its kind, each once, and no others, so that
// nothing stands in a file that looks proven and is not.

import { fromBase64 } from "./bytes";
import { afterSpace, members, NotJson } from "./json";
import { FIELDS, type Leaf } from "./leaf";
import { HASH_LENGTH, type Hash } from "./merkle";

export const FORMAT = "points-audit-export/1";

/** A sealed record; one without a leaf was put there. */
export interface Recorded {
  leaf: Leaf;
  /** The event's content, exactly as it stood on the topic. */
  data: string;
}

export type Line =
  | { line: "export"; format: string }
  | { line: "tenant"; tenantId: string; fromIndex: number; subtrees: Hash[] }
  | ({ line: "record"; index: number; leafHash: Hash } & Recorded)
  | ({ line: "unsealed" } & Recorded)
  | { line: "checkpoint"; note: string }
  | { line: "end" };

/** What is wrong with a line, and where. */
export class Malformed extends Error {}

const OF_RECORD = [...FIELDS, "data"];

/** The fields of each kind of line, beside its kind. */
const KINDS: Record<Line["line"], string[]> = {
  export: ["format", "exported_at"],
  tenant: ["tenant_id", "from_index", "subtrees"],
  record: [...OF_RECORD, "index", "leaf_hash"],
  unsealed: OF_RECORD,
  checkpoint: ["note"],
  end: [],
};

/** All fields, in the order in which what is missing or does not belong there is named. */
const ALL = ["line", "format", "exported_at", "tenant_id", "from_index", "subtrees", "index", "leaf_hash"].concat(
  ["event_id", "type", "source", "subject", "actor_id", "actor_role", "trace_id", "occurred_at", "topic", "data_digest", "data", "note"],
);
const NULLABLE = ["actor_id", "actor_role", "trace_id"];
const OTHER_VALUE = /[\["\d-]|true\b|false\b|null\b/y;

/**
 * The lines that stand in a line of text; usually one.
 *
 * @param number of the line, from 1
 * @throws Malformed
 */
export function* read(text: string, number: number): Generator<Line> {
  try {
    for (let at = afterSpace(text, 0); at < text.length; at = afterSpace(text, at)) {
      OTHER_VALUE.lastIndex = at;
      if (OTHER_VALUE.test(text)) throw new Malformed("not a JSON object");
      const fields = new Map<string, unknown>();
      const all = members(text, at);
      let member = all.next();
      for (; !member.done; member = all.next()) {
        const { name, value, raw } = member.value;
        if (!ALL.includes(name)) throw new Malformed(`there is no field ${name}`);
        if (fields.has(name)) throw new Malformed(`the field ${name} stands there twice`);
        fields.set(name, taken(name, value, raw));
      }
      at = member.value;
      yield line(fields);
    }
  } catch (failure) {
    if (failure instanceof Malformed || failure instanceof NotJson) throw new Malformed(`line ${number}: ${failure.message}`);
    throw failure;
  }
}

/** The value of a field, if it is of the field's type. */
function taken(name: string, value: unknown, raw: string): unknown {
  if (name === "index" || name === "from_index") {
    if (!/^-?\d+$/.test(raw) || (value as number) < 0) throw new Malformed(`the field ${name} is not a whole number from 0 on`);
    if (!Number.isSafeInteger(value)) throw new NotJson();
    return value;
  }
  if (name === "subtrees") {
    if (!Array.isArray(value)) throw new Malformed("the field subtrees is not an array");
    return value.map((one) => hash(name, taken("", one, "") as string));
  }
  if (typeof value === "string" || (value === null && NULLABLE.includes(name))) return value;
  throw new Malformed(`the field ${name || "subtrees"} is not a text`);
}

function hash(name: string, text: string): Hash {
  const bytes = fromBase64(text);
  if (bytes?.length !== HASH_LENGTH) throw new Malformed(`the field ${name} is not a hash of 32 bytes in base 64`);
  return bytes;
}

function line(fields: Map<string, unknown>): Line {
  const kind = fields.get("line") as Line["line"] | undefined;
  if (kind === undefined) throw new Malformed("the field line is missing");
  const expected = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!expected) throw new Malformed(`there is no such line as ${kind}`);
  for (const name of ALL.slice(1)) {
    if (expected.includes(name) && !fields.has(name)) throw new Malformed(`the field ${name} is missing`);
    if (!expected.includes(name) && fields.has(name)) throw new Malformed(`the field ${name} does not belong there`);
  }
  const text = (name: string) => fields.get(name) as string;
  switch (kind) {
    case "export":
      return { line: kind, format: text("format") };
    case "tenant":
      return { line: kind, tenantId: text("tenant_id"), fromIndex: fields.get("from_index") as number, subtrees: fields.get("subtrees") as Hash[] };
    case "record":
      return { line: kind, index: fields.get("index") as number, leafHash: hash("leaf_hash", text("leaf_hash")), leaf: leaf(fields), data: text("data") };
    case "unsealed":
      return { line: kind, leaf: leaf(fields), data: text("data") };
    case "checkpoint":
      return { line: kind, note: text("note") };
    case "end":
      return { line: kind };
  }
}

function leaf(fields: Map<string, unknown>): Leaf {
  return Object.fromEntries(FIELDS.map((name) => [name, fields.get(name)])) as Leaf;
}
