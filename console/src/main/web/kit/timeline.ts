import { html, nothing, type TemplateResult } from "lit";
import { maybe, t } from "../i18n/t";
import { exactly, time } from "../i18n/format";

export interface Step {
  state: string;
  reason: string | null;
  at: string;
}

export interface Distribution {
  distribution_id: string;
  kind: string;
  source: string;
  state: string;
  reason: string | null;
  from_user_id: string;
  to_user_id: string | null;
  amount: number;
  description: string | null;
  recognition: { message: string | null; value: string | null; visibility: string } | null;
  created_at: string;
  timeline: Step[] | null;
  reverses?: string;
  reversed_by?: string;
  missing?: number;
}

const FINAL = new Set(["COMPLETED", "REJECTED", "CANCELLED", "COMPENSATED", "SET_ASIDE", "HELD"]);

export function isOver(state: string): boolean {
  return FINAL.has(state);
}

/** How a state looks: red is for what has failed, amber for what is being undone. */
export function tone(state: string): "positive" | "negative" | "warning" | "neutral" {
  if (state === "COMPLETED") return "positive";
  if (state === "REJECTED" || state === "CANCELLED") return "negative";
  return state === "REQUESTED" || state === "RETURNING" ? "neutral" : "warning";
}

export function stateText(state: string): string {
  return maybe(`d.state.${state}`) ?? state;
}

export function timeline(distribution: Distribution): TemplateResult {
  const steps = distribution.timeline ?? [{ state: distribution.state, reason: distribution.reason, at: distribution.created_at }];
  return html`<ol class="timeline" aria-label=${t("d.timeline")}>
    ${steps.map(
      (step) => html`<li class=${tone(step.state)}>
        <span>${stateText(step.state)}</span>
        ${step.reason ? html`<span>${maybe(`reason.${step.reason}`) ?? step.reason}</span>` : nothing}
        <time datetime=${step.at} title=${exactly(step.at)}>${time(step.at)}</time>
      </li>`,
    )}
  </ol>`;
}
