import { html } from "lit";
import "../kit/list";
import { exactly, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column } from "../kit/list";
import { query } from "../kit/router";
import { tenantName } from "../kit/tenant";

/** What one administrator has proposed, or a manager asks for, for another to decide. */
export interface Proposal {
  proposal_id: string;
  tenant_id: string;
  kind: string;
  amount: number | null;
  reserved: number;
  reason: string;
  asked_by_tenant: boolean;
  note: string | null;
  state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
  proposed_by: string;
  proposed_at: string;
  expires_at: string;
  first_approved_by: string | null;
  first_approved_at: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
  result_id: string | null;
}

export const when = (at: string) => html`<time datetime=${at} title=${exactly(at)}>${time(at)}</time>`;

export const stateOf = (it: Pick<Proposal, "state">): string => maybe(`proposal.state.${it.state}`) ?? it.state;

export const whatOf = (it: Proposal): string => (it.asked_by_tenant ? t("proposal.asked") : (maybe(`kind.${it.kind}`) ?? it.kind));

const COLUMNS: Column<Proposal>[] = [
  { header: t("adjust.proposed"), show: (it) => when(it.proposed_at) },
  { header: t("proposal.what"), show: (it) => html`<a href="/platform/proposals/${it.proposal_id}">${whatOf(it)}</a>` },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("allocate.points"), number: true, show: (it) => (it.amount === null ? "–" : points(it.amount)) },
  { header: t("clawback.reason"), show: (it) => html`<span dir="auto">${it.note ?? it.reason}</span>` },
  { header: t("tenants.status"), show: (it) => stateOf(it) },
];

const STATES = ["proposed", "approved", "rejected", "withdrawn", "expired"] as const;

/** All proposals, or those in one state. */
class PointsProposals extends PageElement {
  private state: string = STATES.find((state) => state === new URLSearchParams(location.search).get("state")) ?? "";

  protected override render() {
    const states = [{ value: "", text: t("members.all") }, ...STATES.map((state) => ({ value: state, text: stateOf({ state }) }))];
    return html`<h1>${t("proposals.title")}</h1>
      <p class="muted">${t("proposals.how")}</p>
      <div class="filter">${choice("state", t("tenants.status"), states, this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${`/api/platform/proposals${this.state ? `?state=${this.state}` : ""}`} .columns=${COLUMNS} .live=${["proposals"]} label=${t("proposals.title")} empty=${this.state ? t("proposals.noMatch") : t("proposals.none")}></points-list>`;
  }

  private narrow(state: string): void {
    this.state = state;
    query({ state });
    this.requestUpdate();
  }
}

define("points-proposals", PointsProposals);
