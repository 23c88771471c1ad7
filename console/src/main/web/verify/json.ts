// JSON objects, member by member and as they stand in the text: JSON.parse hides a name that stands there twice, and the text that was hashed.

export class NotJson extends Error {
  constructor() {
    super("not JSON");
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const SCALAR = /[-\d][-+.\deE]*|true|false|null/y;
const NESTED = /[^"{}[\]]*(?:"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\]])/y;

/** A member of an object. */
export interface Member {
  name: string;
  /** As it stands in the text. */
  raw: string;
  value: unknown;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Where something else than space begins. */
export function afterSpace(text: string, at: number): number {
  return at + match(SPACE, text, at)!.length;
}

/**
 * The members of the object that begins at a place.
 *
 * @returns where the object ends
 * @throws NotJson where it is none; members before that place have been given
 */
export function* members(text: string, begin: number): Generator<Member, number> {
  let at = afterSpace(text, begin + 1);
  if (text[begin] !== "{") throw new NotJson();
  if (text[at] === "}") return at + 1;
  for (;;) {
    const name = match(STRING, text, at);
    if (name === undefined) throw new NotJson();
    at = afterSpace(text, at + name.length);
    if (text[at] !== ":") throw new NotJson();
    at = afterSpace(text, at + 1);
    const raw = value(text, at);
    yield { name: parsed(name) as string, raw, value: parsed(raw) };
    at = afterSpace(text, at + raw.length);
    if (text[at] === "}") return at + 1;
    if (text[at] !== ",") throw new NotJson();
    at = afterSpace(text, at + 1);
  }
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new NotJson();
  }
}

/** The value that begins at a place; whether it is one shows when it is parsed. */
function value(text: string, begin: number): string {
  const first = text[begin];
  if (first !== "{" && first !== "[") {
    const raw = match(first === '"' ? STRING : SCALAR, text, begin);
    if (raw === undefined) throw new NotJson();
    return raw;
  }
  let depth = 0;
  let at = begin;
  do {
    const piece = match(NESTED, text, at);
    if (piece === undefined) throw new NotJson();
    at += piece.length;
    const last = piece.at(-1)!;
    if (last === "{" || last === "[") depth++;
    else if (last !== '"') depth--;
  } while (depth > 0);
  return text.slice(begin, at);
}

/** The text of a member of an object, as it stands there; undefined if there is none. */
export function member(text: string, name: string): string | undefined {
  for (const one of members(text, afterSpace(text, 0))) if (one.name === name) return one.raw;
  return undefined;
}
