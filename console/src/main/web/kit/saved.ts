// When this browser has last saved checkpoints. Whoever keeps none cannot tell a log that was rewritten.

import { timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";

const KEPT = "points-checkpoints-saved";

export function markSaved(): void {
  try {
    localStorage.setItem(KEPT, new Date().toISOString());
  } catch {
    // A browser that keeps nothing reminds of nothing.
  }
}

/** What a person reads of it. */
export function lastSaved(): string {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // As if it had saved none.
  }
  return kept && !Number.isNaN(Date.parse(kept)) ? t("checkpoints.saved", { time: timeInUtc(kept) }) : t("checkpoints.unsaved");
}
