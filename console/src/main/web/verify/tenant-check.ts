import { hex, same, utf8 } from "./bytes";
import type { Line } from "./export";
import { content } from "./leaf";
import { Frontier, leafHash } from "./merkle";
import { type Checkpoint, parseNote, signer, type VerifierKey } from "./note";
import { sha256 } from "./sha256";

/** Which records are recomputed; others only count with the leaf hashes that their lines state, which the roots bind. */
export interface Scope {
  from: number;
  /** Index after the last; null if the export is to reach as far as every saved checkpoint. */
  to: number | null;
}

export interface Fault {
  /** Of the first leaf that is not as it should be; of the first that may be if only a root tells. */
  index: number;
  why: string;
}

/** What was found for one tenant. */
export interface OfTenant {
  tenantId: string;
  fromIndex: number;
  /** Leaves of its tree at the end of the export. */
  size: number;
  /** Sizes of the saved checkpoints that fit, in order. */
  checked: number[];
  /** Sizes of those that lie outside of what the export shows. */
  uncovered: number[];
  /** The first. */
  fault: Fault | null;
}

type OfKind<K> = Extract<Line, { line: K }>;

/** Recomputes one tenant's tree, and holds it against the checkpoints. Stops looking at the first fault. */
export class TenantCheck {
  private readonly fromIndex: number;
  private readonly ahead: Checkpoint[];
  private readonly checked: number[] = [];
  private readonly uncovered: number[] = [];
  private tree = new Frontier();
  /** So many leaves, from the first on, are those that a checkpoint was made of. */
  private proven = 0;
  private closed = false;
  private fault: Fault | null = null;

  /** @param saved checkpoints of this tenant, in the order of their sizes */
  constructor(
    private readonly tenantId: string,
    begin: OfKind<"tenant">,
    saved: Checkpoint[],
    private readonly keys: VerifierKey[],
    private readonly scope: Scope,
  ) {
    this.fromIndex = begin.fromIndex;
    this.ahead = [...saved];
    try {
      this.tree = new Frontier(begin.fromIndex, begin.subtrees);
    } catch (failure) {
      this.bad(begin.fromIndex, (failure as Error).message);
      return;
    }
    if (begin.fromIndex > scope.from) {
      this.bad(scope.from, `the export begins with record ${begin.fromIndex}`);
      return;
    }
    while (this.ahead.length && this.ahead[0]!.size < Math.max(begin.fromIndex, 1)) this.uncovered.push(this.ahead.shift()!.size);
    this.compareRoots();
  }

  /** How many records were read. */
  get records(): number {
    return this.tree.size - this.fromIndex;
  }

  take(line: OfKind<"record" | "unsealed" | "checkpoint">): Promise<void> | undefined {
    if (this.fault) return undefined;
    if (line.line === "record") this.takeRecord(line);
    else if (line.line === "unsealed") this.bad(this.tree.size, `event ${line.leaf.event_id} stands in the log without a leaf: it was put there`);
    else return this.close(line.note);
    return undefined;
  }

  private bad(index: number, why: string): void {
    this.fault ??= { index, why };
  }

  private takeRecord(record: OfKind<"record">): void {
    const index = this.tree.size;
    if (this.closed) this.bad(index, "there are records behind the checkpoint");
    else if (record.index !== index) this.bad(index, `the record is missing: ${record.index} stands in its place`);
    else if (index >= this.scope.from && (this.scope.to === null || index < this.scope.to)) this.recompute(record);
    if (this.fault) return;
    this.tree.append(record.leafHash);
    this.compareRoots();
  }

  private recompute({ index, leaf, leafHash: stated, data }: OfKind<"record">): void {
    if (leaf.tenant_id !== this.tenantId) this.bad(index, `the record is of another tenant: ${leaf.tenant_id}`);
    else if (hex(sha256(utf8(data))) !== leaf.data_digest) this.bad(index, "data is not what data_digest was made of");
    else if (!same(leafHash(content(leaf)), stated)) this.bad(index, "the record is not what its leaf was made of");
  }

  private async close(text: string): Promise<void> {
    if (this.closed) {
      this.bad(this.tree.size, "there are two checkpoints");
      return;
    }
    this.closed = true;
    try {
      const note = parseNote(text);
      const { tenantId, size } = note.checkpoint;
      if (!(await signer(note, this.keys))) this.bad(this.proven, "the export's checkpoint is signed by none of the keys");
      else if (tenantId !== this.tenantId) this.bad(this.proven, "the export's checkpoint is of another tenant");
      else if (size !== this.tree.size) {
        this.bad(Math.min(this.tree.size, size), `the export's checkpoint is of ${size} records, and there are ${this.tree.size}`);
      } else this.compareRoot(note.checkpoint, "the export's checkpoint");
    } catch (failure) {
      this.bad(this.proven, `the export's checkpoint cannot be read: ${(failure as Error).message}`);
    }
  }

  private compareRoots(): void {
    while (!this.fault && this.ahead[0]?.size === this.tree.size) {
      const saved = this.ahead.shift()!;
      this.compareRoot(saved, `the saved checkpoint of ${saved.size} records`);
      if (!this.fault) this.checked.push(saved.size);
    }
  }

  private compareRoot(checkpoint: Checkpoint, name: string): void {
    if (same(this.tree.root(), checkpoint.root)) {
      this.proven = this.tree.size;
      return;
    }
    // Two checkpoints of one size and different roots leave nothing between them.
    const first = Math.min(this.proven, this.tree.size - 1);
    this.bad(first, `records ${first} to ${this.tree.size - 1} are not all those that ${name} was made of`);
  }

  /** What was found, once there is nothing more of this tenant. */
  verdict(): OfTenant {
    const { tenantId, fromIndex, checked, uncovered } = this;
    const { size } = this.tree;
    if (!this.closed) this.bad(size, "the export's checkpoint is missing");
    for (const saved of this.ahead) {
      const mayEnd = this.scope.to !== null && this.scope.to <= size;
      if (!mayEnd) this.bad(size, `the export ends after ${size} records, and a saved checkpoint has ${saved.size}`);
      uncovered.push(saved.size);
    }
    return { tenantId, fromIndex, size, checked, uncovered, fault: this.fault };
  }
}
