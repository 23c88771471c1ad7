// Signed checkpoints: signed notes of C2SP, see docs/audit.md.

import { base64, fromBase64, hex, same, utf8 } from "./bytes";
import { HASH_LENGTH, type Hash } from "./merkle";
import { sha256 } from "./sha256";

/** The state of a tenant's tree at one moment. */
export interface Checkpoint {
  tenantId: string;
  size: number;
  root: Hash;
  time: string;
}

interface Signed {
  name: string;
  keyId: Uint8Array;
  signature: Uint8Array<ArrayBuffer>;
}

/** A checkpoint with its signatures. */
export interface Note {
  /** What is signed. */
  signed: string;
  checkpoint: Checkpoint;
  signatures: Signed[];
}

/** A public Ed25519 key with the name under which it signs. */
export interface VerifierKey {
  name: string;
  id: Uint8Array;
  key: Uint8Array<ArrayBuffer>;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const CHECKPOINT = new RegExp(`^points\\.audit/(${UUID})\\n(0|[1-9]\\d{0,15})\\n(.+)\\ntime (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d{6}Z)\\n$`);
const NAME = /^[A-Za-z0-9._/-]{1,100}$/;
const LINES = 4;
const DASH = "\u2014 ";
const ID_LENGTH = 4;
const ED25519 = 1;

/** @throws Error if it is no checkpoint, written as it should be */
export function parseCheckpoint(text: string): Checkpoint {
  if (text.split("\n").length !== LINES + 1 || !text.endsWith("\n")) throw new Error(`a checkpoint has ${LINES} lines before its signatures`);
  const [, tenantId, digits, hash, second, rest] = CHECKPOINT.exec(text) ?? [];
  const size = Number(digits);
  const root = hash === undefined ? undefined : fromBase64(hash);
  if (!tenantId || root?.length !== HASH_LENGTH || !Number.isSafeInteger(size) || !second || !isTime(second)) {
    throw new Error("not a checkpoint: its size, root or time is not written as it should be");
  }
  return { tenantId, size, root, time: `${second}${rest}` };
}

/** Not of a day that does not exist. */
function isTime(second: string): boolean {
  const time = new Date(`${second}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(second);
}

/** @throws Error if it is not a checkpoint with at least one signature */
export function parseNote(text: string): Note {
  const end = text.lastIndexOf("\n\n");
  if (end < 0 || !text.endsWith("\n")) throw new Error("a signed note has an empty line before its signatures, and ends with a line");
  const signatures = text
    .slice(end + 2)
    .replace(/\n+$/, "")
    .split("\n")
    .map(signature);
  const signed = text.slice(0, end + 1);
  return { signed, checkpoint: parseCheckpoint(signed), signatures };
}

function signature(line: string): Signed {
  const [name, encoded, ...more] = line.startsWith(DASH) ? line.slice(DASH.length).split(" ") : [];
  const bytes = encoded === undefined || more.length ? undefined : fromBase64(encoded);
  if (!name || !bytes) throw new Error("a signature is a line of an em dash, a key's name and a base 64 text");
  if (bytes.length <= ID_LENGTH) throw new Error(`the signature of ${name} is too short`);
  return { name, keyId: bytes.slice(0, ID_LENGTH), signature: bytes.slice(ID_LENGTH) };
}

/** @throws Error if it is no verifier key; the text says why */
export function parseKey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]*)\+([^+]*)\+(.*)$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) throw new Error("a verifier key is a name, a key id and a key, joined by +");
  const typed = fromBase64(encoded);
  if (typed?.length !== 1 + HASH_LENGTH || typed[0] !== ED25519) throw new Error("a verifier key holds the byte 1 and an Ed25519 key, in base 64");
  if (!NAME.test(name)) throw new Error("a key's name has 1 to 100 letters, digits, dots, dashes, underscores or slashes");
  const expected = sha256(utf8(`${name}\n`), typed).slice(0, ID_LENGTH);
  if (hex(expected) !== id) throw new Error("the key id is not that of the name and key");
  return { name, id: expected, key: typed.slice(1) };
}

/** The text of a key. */
export function keyText(key: VerifierKey): string {
  return `${key.name}+${hex(key.id)}+${base64(Uint8Array.of(ED25519, ...key.key))}`;
}

/** The first of these keys that has signed a note; undefined if none has. */
export async function signer(note: Note, keys: VerifierKey[]): Promise<VerifierKey | undefined> {
  const signed = utf8(note.signed);
  for (const key of keys) {
    for (const one of note.signatures) {
      if (one.name === key.name && same(one.keyId, key.id) && (await hasSigned(key, signed, one.signature))) return key;
    }
  }
  return undefined;
}

/** By the browser's own Ed25519: false for anything that is no signature either. */
async function hasSigned(key: VerifierKey, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key.key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, message);
}
