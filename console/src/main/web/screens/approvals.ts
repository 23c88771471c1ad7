import { html } from "lit";
import "../kit/list";
import { has } from "../api/session";
import { points } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import { type Column, named } from "../kit/list";
import { query } from "../kit/router";
import { when } from "./proposals";
import { COLUMNS as UNDO_COLUMNS, UNDOS } from "./undo-approval";

/** A distribution that needs approval. */
export interface Approval {
  distribution_id: string;
  state: "requested" | "open" | "approved" | "rejected" | "withdrawn" | "expired" | "refused";
  kind: string;
  source: "pool" | "budget";
  from_user_id: string;
  to_user_id: string | null;
  amount: number;
  description: string | null;
  recognition: { message: string | null; value: string | null; visibility: string } | null;
  requested_by: string;
  created_at: string;
  updated_at: string;
  approvals_needed: number;
  /** Not of what an older version of the service has taken. */
  approval_rule?: string;
  votes: { user_id: string; approved: boolean; at: string }[];
  held_until: string | null;
  decision_reason: string | null;
}

export const stateOf = (it: Pick<Approval, "state">): string => maybe(`approval.state.${it.state}`) ?? it.state;

export const given = (it: Approval): string => t("approval.given", { given: points(it.votes.filter(({ approved }) => approved).length), needed: points(it.approvals_needed) });

const COLUMNS: Column<Approval>[] = [
  { header: t("approval.asked"), show: (it) => when(it.created_at) },
  { header: t("d.kind"), show: (it) => html`<a href="/approvals/${it.distribution_id}">${maybe(`approval.kind.${it.kind}`) ?? it.kind}</a>` },
  { header: t("d.from"), show: (it, people) => html`<span dir="auto">${named(people, it.from_user_id)}</span>` },
  { header: t("d.to"), show: (it, people) => html`<span dir="auto">${it.to_user_id ? named(people, it.to_user_id) : t("approval.many")}</span>` },
  { header: t("d.amount"), number: true, show: (it) => points(it.amount) },
  { header: t("approval.status"), show: (it) => (it.state === "open" ? given(it) : stateOf(it)) },
];

const STATES = ["open", "decided"] as const;

/** What waits for approval, or has waited: for managers the tenant's, for others what they have asked for. */
class PointsApprovals extends PageElement {
  private state: string = STATES.find((state) => state === new URLSearchParams(location.search).get("state")) ?? "open";

  protected override render() {
    const states = STATES.map((state) => ({ value: state, text: t(`approvals.${state}`) }));
    return html`<h1>${t("approvals.title")}</h1>
      <p class="muted">${t(has("manager") ? "approvals.how" : "approvals.how.own")}</p>
      <div class="filter">${choice("state", t("approval.status"), states, this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${`/api/approvals?state=${this.state}&expand=people`} .columns=${COLUMNS} .live=${["approvals", "distributions"]} label=${t("approvals.title")} empty=${t(this.state === "open" ? "approvals.none" : "approvals.noMatch")}></points-list>
      <h2>${t("undoApprovals.title")}</h2>
      <p class="muted">${t("undoApprovals.how")}</p>
      <points-list .path=${`${UNDOS}?state=${this.state}&expand=people`} .columns=${UNDO_COLUMNS} .live=${["approvals"]} label=${t("undoApprovals.title")} empty=${t(this.state === "open" ? "approvals.none" : "approvals.noMatch")}></points-list>`;
  }

  private narrow(state: string): void {
    this.state = state;
    query({ state });
    this.requestUpdate();
  }
}

define("points-approvals", PointsApprovals);
