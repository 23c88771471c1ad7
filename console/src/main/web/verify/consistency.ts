// Two checkpoints of a tenant, and the proof that nothing that the first one covers has changed until the second.

import { base64, fromBase64 } from "./bytes";
import { type Hash, provesConsistency } from "./merkle";
import { type Note, parseKey, signer } from "./note";

export interface ConsistencyProof {
  from_size: number;
  to_size: number;
  from_root: string;
  to_root: string;
  path: string[];
}

/** What was compared, and whether it is so. */
export interface Finding {
  name: "from" | "to" | "path" | "signed" | "same" | "beyond";
  good: boolean;
}

/** Holds both checkpoints against the proof. Their own roots count, not those that the proof states. */
export function checkConsistency(from: Note, to: Note, proof: ConsistencyProof): Finding[] {
  const [one, other] = [from.checkpoint, to.checkpoint];
  const path = proof.path.map(fromBase64);
  const isPath = path.every((hash): hash is Hash => hash?.length === one.root.length);
  return [
    { name: "from", good: proof.from_size === one.size && proof.from_root === base64(one.root) },
    { name: "to", good: proof.to_size === other.size && proof.to_root === base64(other.root) },
    { name: "path", good: isPath && provesConsistency(one.size, other.size, path, one.root, other.root) },
  ];
}

/**
 * Whether one of these keys has signed each of both.
 *
 * @param keys verifier keys
 */
export async function checkSigned(from: Note, to: Note, keys: string[]): Promise<Finding> {
  const trusted = keys.map(parseKey);
  return { name: "signed", good: Boolean((await signer(from, trusted)) && (await signer(to, trusted))) };
}
