// Verifies one export: what the command ./points audit verify does, in the same words. Holds one line at a time, and a tenant's tree as its
// right edge.

import { FORMAT, type Line, Malformed, read } from "./export";
import type { Checkpoint, Note, VerifierKey } from "./note";
import { signer } from "./note";
import { type OfTenant, type Scope, TenantCheck } from "./tenant-check";

export interface Verdict {
  tenants: OfTenant[];
  /** Of the whole: a damaged file, a tenant that is missing, a checkpoint that nobody signed. */
  faults: string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** To be given the lines of a file one by one, then ended. */
export class Verification {
  private readonly faults: string[] = [];
  private readonly tenants: OfTenant[] = [];
  private readonly seen = new Set<string>();
  private readonly saved = new Map<string, Checkpoint[]>();
  private current: TenantCheck | undefined;
  private state: "opening" | "lines" | "ended" | "over" = "opening";

  private constructor(
    private readonly keys: VerifierKey[],
    private readonly scope: Scope,
  ) {}

  /**
   * @param saved checkpoints that were kept outside of the system
   * @param keys whose signatures count, kept outside of the system too
   */
  static async begin(saved: Note[], keys: VerifierKey[], scope: Scope): Promise<Verification> {
    const it = new Verification(keys, scope);
    for (const note of saved) {
      const { checkpoint } = note;
      if (!(await signer(note, keys))) {
        it.faults.push(`the saved checkpoint of ${checkpoint.size} records of tenant ${checkpoint.tenantId} is signed by none of the keys`);
      }
      it.saved.set(checkpoint.tenantId, [...(it.saved.get(checkpoint.tenantId) ?? []), checkpoint]);
    }
    for (const checkpoints of it.saved.values()) checkpoints.sort((one, other) => one.size - other.size);
    return it;
  }

  /** Whether what follows changes nothing more. */
  get isOver(): boolean {
    return this.state === "over";
  }

  /** How many records were read so far. */
  get records(): number {
    return this.tenants.reduce((sum, it) => sum + it.size - it.fromIndex, 0) + (this.current?.records ?? 0);
  }

  /**
   * Takes the next line of the file; a promise only where a signature has to be waited for.
   *
   * @param number from 1
   */
  take(text: string, number: number): Promise<void> | undefined {
    if (this.isOver) return undefined;
    let wait: Promise<void> | undefined;
    try {
      for (const line of read(text, number)) {
        const before: Promise<void> | undefined = wait;
        wait = before ? before.then(() => this.takeLine(line)) : this.takeLine(line);
        if (this.isOver) break;
      }
    } catch (failure) {
      if (!(failure instanceof Malformed)) throw failure;
      this.stop(failure.message);
    }
    return wait;
  }

  private takeLine(line: Line): Promise<void> | undefined {
    if (this.state === "opening") {
      if (line.line === "export" && line.format === FORMAT) this.state = "lines";
      else this.stop(`the file does not begin as an export of the format ${FORMAT}`);
    } else if (this.state === "ended") {
      this.stop("there is something behind the export's last line");
    } else if (line.line === "end") {
      this.state = "ended";
    } else if (line.line === "tenant") {
      this.endTenant();
      this.beginTenant(line);
    } else if (!this.current) {
      if (!this.seen.size) this.faults.push("there are records before the first tenant");
    } else if (line.line === "export") {
      this.faults.push("there are two exports in the file");
    } else {
      return this.current.take(line);
    }
    return undefined;
  }

  /** A file that cannot be read any further, for that reason. */
  stop(fault: string): void {
    if (this.isOver) return;
    this.faults.push(fault);
    this.state = "over";
  }

  /** There is nothing more in the file. */
  end(): Verdict {
    if (this.state === "opening") this.stop(`the file does not begin as an export of the format ${FORMAT}`);
    if (this.state === "lines") this.stop("the export is cut off: its last line is missing");
    this.endTenant();
    for (const tenant of [...this.saved.keys()].sort()) {
      if (!this.seen.has(tenant)) {
        this.faults.push(`tenant ${tenant} is missing, and a saved checkpoint has ${this.saved.get(tenant)!.at(-1)!.size} of its records`);
      }
    }
    return { tenants: this.tenants, faults: this.faults };
  }

  private beginTenant(line: Line & { line: "tenant" }): void {
    if (!UUID.test(line.tenantId)) {
      this.faults.push(`a tenant's id is not a UUID: ${line.tenantId}`);
      return;
    }
    const tenant = line.tenantId.toLowerCase();
    if (this.seen.has(tenant)) {
      this.faults.push(`tenant ${tenant} stands there twice`);
      return;
    }
    this.seen.add(tenant);
    this.current = new TenantCheck(tenant, line, this.saved.get(tenant) ?? [], this.keys, this.scope);
  }

  private endTenant(): void {
    if (!this.current) return;
    this.tenants.push(this.current.verdict());
    this.current = undefined;
  }
}
