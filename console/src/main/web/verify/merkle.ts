// Trees of hashes and proofs about them: RFC 9162, 2.1. Indexes and sizes are whole numbers up to 2^53, which bit operations would cut off.

import { same } from "./bytes";
import { sha256 } from "./sha256";

export type Hash = Uint8Array<ArrayBuffer>;

export const HASH_LENGTH = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(content: Uint8Array): Hash {
  return sha256(LEAF, content);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  return sha256(NODE, left, right);
}

/** A step from a leaf up to the root. */
export interface Step {
  /** The hash of the subtree beside, as the proof states it. */
  beside: Hash;
  /** Whether that subtree is on the left. */
  left: boolean;
  /** The hash of both together, computed. */
  hash: Hash;
}

/**
 * The way from a leaf up to the root: RFC 9162, 2.1.3.2. Undefined if the path is too short or too long for a leaf there in a tree of that
 * size. Whether the last hash is the root is for the caller to compare.
 */
export function climb(index: number, size: number, leaf: Hash, path: Hash[]): Step[] | undefined {
  if (!(index >= 0 && index < size)) return undefined;
  const steps: Step[] = [];
  let hash = leaf;
  let fn = index;
  let sn = size - 1;
  for (const beside of path) {
    if (sn === 0) return undefined;
    const left = fn % 2 === 1 || fn === sn;
    hash = left ? nodeHash(beside, hash) : nodeHash(hash, beside);
    steps.push({ beside, left, hash });
    while (left && fn % 2 === 0 && fn !== 0) {
      fn /= 2;
      sn = Math.floor(sn / 2);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? steps : undefined;
}

/** Whether the leaf with that hash stands in the tree with that root. */
export function provesInclusion(index: number, size: number, path: Hash[], leaf: Hash, root: Hash): boolean {
  const steps = climb(index, size, leaf, path);
  return steps !== undefined && same(steps.at(-1)?.hash ?? leaf, root);
}

/** Whether a tree is the beginning of a larger one, so that nothing in it was changed, moved or taken out: RFC 9162, 2.1.4.2. */
export function provesConsistency(from: number, to: number, path: Hash[], fromRoot: Hash, toRoot: Hash): boolean {
  if (!(from >= 1 && from <= to)) return false;
  if (from === to) return path.length === 0 && same(fromRoot, toRoot);
  let fn = from - 1;
  let sn = to - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  const [start, ...rest] = fn === 0 ? [fromRoot, ...path] : path;
  if (!start) return false;
  let first = start;
  let second = start;
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      first = nodeHash(hash, first);
      second = nodeHash(hash, second);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      second = nodeHash(second, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(first, fromRoot) && same(second, toRoot);
}

/** The right edge of a growing tree: the hashes of its complete subtrees, the largest first. With these a leaf is appended, and the root known. */
export class Frontier {
  private readonly subtrees: Hash[];

  /** @throws Error if a tree of that size does not consist of so many complete subtrees */
  constructor(
    public size = 0,
    subtrees: Hash[] = [],
  ) {
    if (ones(size) !== subtrees.length) {
      throw new Error(`a tree of ${size} leaves does not consist of ${subtrees.length} complete subtrees`);
    }
    this.subtrees = [...subtrees];
  }

  append(leaf: Hash): void {
    let hash = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(this.subtrees.pop()!, hash);
    this.subtrees.push(hash);
    this.size++;
  }

  root(): Hash {
    if (!this.subtrees.length) return sha256();
    return this.subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Ones of a number in base 2. */
function ones(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
