// A verdict for programs, as the command writes it with --json.

import type { Verdict } from "./verification";

export const WARNING = "No checkpoint from outside was given, so a log that was cut or rewritten as a whole and sealed anew would look good.";

/** How many records were shown. */
export function records(verdict: Verdict): number {
  return verdict.tenants.reduce((sum, it) => sum + it.size - it.fromIndex, 0);
}

export function json(verdict: Verdict, seconds: number, withoutCheckpoints: boolean): string {
  const tenants = verdict.tenants.map((it) => ({
    tenant_id: it.tenantId,
    from_index: it.fromIndex,
    size: it.size,
    checkpoints_that_fit: it.checked,
    checkpoints_outside: it.uncovered,
    ...(it.fault ? { first_fault: it.fault } : {}),
  }));
  const ok = !verdict.faults.length && verdict.tenants.every((it) => !it.fault);
  return `${JSON.stringify({ ok, records: records(verdict), seconds, faults: verdict.faults, tenants, warnings: withoutCheckpoints ? [WARNING] : [] }, null, 2)}\n`;
}
