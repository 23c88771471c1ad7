import { Verification, type Verdict } from "./verification";
import { parseKey, parseNote, type Note, type VerifierKey } from "./note";
import { afterSpace, members, NotJson } from "./json";
import type { Scope } from "./tenant-check";

/** Files, as an auditor has them. */
export interface Files {
  export: Blob;
  keys: { name: string; text: string }[];
  checkpoints: { name: string; text: string }[];
  scope: Scope;
}

export interface Progress {
  /** Of the export, of so many. */
  bytes: number;
  of: number;
  records: number;
}

const LINE_FEED = 10;

/** Bytes of a line; a record has far fewer. */
const LONGEST = 16 << 20;

const PROGRESS_EVERY_MS = 100;

/** A file that is none of those that were asked for. */
export class Unreadable extends Error {}

/** The verifier keys in a file, one a line. */
export function keysIn({ name, text }: { name: string; text: string }): VerifierKey[] {
  try {
    const lines = text.split(/\r?\n/).filter((line) => line.trim());
    if (!lines.length) throw new Error("it is empty");
    return lines.map(parseKey);
  } catch (failure) {
    throw new Unreadable(`${name} holds something else than verifier keys: ${(failure as Error).message}`);
  }
}

/** The checkpoints in a file: a note as it is, or JSON documents with fields `note` anywhere in them. */
export function notesIn({ name, text }: { name: string; text: string }): Note[] {
  try {
    const notes = text.trimStart().startsWith("{") ? notesOf(text) : [text];
    if (!notes.length) throw new Error("there is no note in it");
    return notes.map(parseNote);
  } catch (failure) {
    throw new Unreadable(`${name} holds something else than checkpoints: ${(failure as Error).message}`);
  }
}

function notesOf(text: string): string[] {
  const notes: string[] = [];
  for (let at = afterSpace(text, 0); at < text.length; at = afterSpace(text, at)) {
    const all = members(text, at);
    let member = all.next();
    for (; !member.done; member = all.next()) collect(member.value.name, member.value.value, notes);
    at = member.value;
  }
  return notes;
}

function collect(name: string, value: unknown, notes: string[]): void {
  if (name === "note" && typeof value === "string") notes.push(value);
  else if (Array.isArray(value)) for (const one of value) collect("", one, notes);
  else if (value && typeof value === "object") for (const [key, one] of Object.entries(value)) collect(key, one, notes);
}

/**
 * Reads an export to its end, and holds it against keys and checkpoints. The file is never in memory as a whole.
 *
 * @throws Unreadable for keys or checkpoints that are none; what is wrong with the export is in the verdict
 */
export async function verify(files: Files, tell: (progress: Progress) => void, isCancelled: () => boolean): Promise<Verdict> {
  const verification = await Verification.begin(files.checkpoints.flatMap(notesIn), files.keys.flatMap(keysIn), files.scope);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const reader = files.export.stream().getReader();
  let rest = new Uint8Array(0);
  let bytes = 0;
  let number = 0;
  let told = 0;
  const take = (line: Uint8Array) => {
    let text: string;
    number++;
    try {
      text = decoder.decode(line);
    } catch {
      return verification.stop(`line ${number}: not JSON`);
    }
    return verification.take(text, number);
  };
  while (!verification.isOver && !isCancelled()) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    let begin = 0;
    for (let end = value.indexOf(LINE_FEED); end >= 0 && !verification.isOver; end = value.indexOf(LINE_FEED, begin)) {
      const wait = take(rest.length ? joined(rest, value.subarray(begin, end)) : value.subarray(begin, end));
      if (wait) await wait;
      rest = new Uint8Array(0);
      begin = end + 1;
    }
    rest = joined(rest, value.subarray(begin));
    if (rest.length > LONGEST) verification.stop(`line ${number + 1}: longer than ${LONGEST >> 20} MiB`);
    const now = Date.now();
    if (now - told >= PROGRESS_EVERY_MS) {
      told = now;
      tell({ bytes, of: files.export.size, records: verification.records });
    }
  }
  await reader.cancel();
  if (rest.length) await take(rest);
  return verification.end();
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
