// One record, and the proof that it is in its tenant's signed tree: what a page can compute of it, step by step.

import { base64, fromBase64, hex, same, utf8 } from "./bytes";
import { member } from "./json";
import { content, FIELDS, type Leaf, sealedTime } from "./leaf";
import { climb, type Hash, leafHash, type Step } from "./merkle";
import { keyText, type Note, parseKey, parseNote, signer } from "./note";
import { sha256 } from "./sha256";

export interface Proof {
  tenant_id: string;
  leaf_index: number;
  leaf_hash: string;
  tree_size: number;
  root_hash: string;
  path: string[];
  note: string;
}

/** What was computed, and what it was compared with. */
export interface Compared {
  name: "data" | "leaf" | "root" | "checkpoint" | "signature";
  good: boolean;
  computed: string;
  stated: string;
}

export interface Checked {
  compared: Compared[];
  /** From the leaf up to the root; empty if the path is none. */
  steps: Step[];
}

/**
 * Recomputes all of it. What a later step begins with is what was computed, not what was stated.
 *
 * @param text the record as the route answers it
 * @param keys verifier keys that count
 */
export async function checkRecord(text: string, proof: Proof, keys: string[]): Promise<Checked> {
  const record = JSON.parse(text) as Leaf & { occurred_at: string };
  const compared: Compared[] = [];
  const compare = (name: Compared["name"], computed: string, stated: string) => compared.push({ name, good: computed === stated, computed, stated });

  const digest = hex(sha256(utf8(member(text, "data") ?? "")));
  compare("data", digest, record.data_digest ?? "");

  const leaf = Object.fromEntries(FIELDS.map((name) => [name, record[name]])) as Leaf;
  const hash = leafHash(content({ ...leaf, occurred_at: sealedTime(record.occurred_at), data_digest: digest }));
  compare("leaf", base64(hash), proof.leaf_hash);

  const path = proof.path.map(fromBase64);
  const steps = path.every((one): one is Hash => one?.length === hash.length) ? climb(proof.leaf_index, proof.tree_size, hash, path) : undefined;
  compare("root", steps ? base64(steps.at(-1)?.hash ?? hash) : "", proof.root_hash);

  const note = readable(proof.note);
  const root = steps ? (steps.at(-1)?.hash ?? hash) : undefined;
  const it = note?.checkpoint;
  compared.push({
    name: "checkpoint",
    good: Boolean(it && root && it.tenantId === record.tenant_id && it.size === proof.tree_size && same(it.root, root)),
    computed: `${record.tenant_id}, ${proof.tree_size}, ${root ? base64(root) : ""}`,
    stated: it ? `${it.tenantId}, ${it.size}, ${base64(it.root)}` : proof.note,
  });

  const by = note && (await signer(note, keys.map(parseKey)));
  compared.push({ name: "signature", good: Boolean(by), computed: by ? keyText(by) : "", stated: note?.signatures.map((one) => `${one.name}+${hex(one.keyId)}`).join(", ") ?? "" });
  return { compared, steps: steps ?? [] };
}

function readable(note: string): Note | undefined {
  try {
    return parseNote(note);
  } catch {
    return undefined;
  }
}
