import type { TemplateResult } from "lit";
import { html } from "lit";
import type { Role } from "../api/session";
import { has } from "../api/session";
import type { Key } from "../i18n/t";

export interface Screen {
  /** With :names for parts that differ. */
  path: string;
  roles: Role[];
  /** Whoever has this role too has another page for it. */
  except?: Role;
  /** In the navigation, if it is there. */
  nav?: Key;
  load: () => Promise<unknown>;
  show: (parts: Record<string, string>) => TemplateResult;
}

const TENANT: Role[] = ["manager", "lead", "employee"];

const teamStatement = () => import("../screens/team-statement");
const showTeamStatement = ({ period }: Record<string, string>) => html`<points-team-statement .period=${period ?? ""}></points-team-statement>`;

/** All pages; of those that are a person's and in the navigation, the first one is their home. */
export const SCREENS: Screen[] = [
  { path: "/platform", roles: ["platform-admin"], nav: "platform.title", load: () => import("../screens/platform"), show: () => html`<points-platform></points-platform>` },
  { path: "/platform/tenants", roles: ["platform-admin"], nav: "nav.tenants", load: () => import("../screens/tenants"), show: () => html`<points-tenants></points-tenants>` },
  { path: "/platform/allocate", roles: ["platform-admin"], nav: "tenants.allocate", load: () => import("../screens/allocate"), show: () => html`<points-allocate></points-allocate>` },
  { path: "/platform/tenants/new", roles: ["platform-admin"], load: () => import("../screens/tenant-new"), show: () => html`<points-tenant-new></points-tenant-new>` },
  { path: "/platform/schedules", roles: ["platform-admin"], nav: "schedules.title", load: () => import("../screens/schedules"), show: () => html`<points-schedules></points-schedules>` },
  { path: "/platform/schedules/new", roles: ["platform-admin"], load: () => import("../screens/schedule-new"), show: () => html`<points-schedule-new></points-schedule-new>` },
  { path: "/platform/schedules/:id", roles: ["platform-admin"], load: () => import("../screens/schedule"), show: ({ id }) => html`<points-schedule .scheduleId=${id!}></points-schedule>` },
  { path: "/platform/status", roles: ["platform-admin"], load: () => import("../screens/tenant-status"), show: () => html`<points-tenant-status></points-tenant-status>` },
  { path: "/platform/time", roles: ["platform-admin"], load: () => import("../screens/more-time"), show: () => html`<points-pool-time></points-pool-time>` },
  { path: "/platform/expiry", roles: ["platform-admin"], load: () => import("../screens/tenant-expiry"), show: () => html`<points-tenant-expiry></points-tenant-expiry>` },
  { path: "/platform/closing", roles: ["platform-admin"], load: () => import("../screens/closing"), show: () => html`<points-closing></points-closing>` },
  { path: "/platform/budget", roles: ["platform-admin"], load: () => import("../screens/tenant-budget"), show: () => html`<points-tenant-budget></points-tenant-budget>` },
  { path: "/platform/tenants/:id", roles: ["platform-admin"], load: () => import("../screens/tenant"), show: ({ id }) => html`<points-tenant-page .tenantId=${id!}></points-tenant-page>` },
  { path: "/platform/clawback", roles: ["platform-admin"], load: () => import("../screens/clawback"), show: () => html`<points-clawback></points-clawback>` },
  { path: "/platform/contract", roles: ["platform-admin"], load: () => import("../screens/contract"), show: () => html`<points-contract></points-contract>` },
  { path: "/platform/activity", roles: ["platform-admin"], nav: "nav.activity", load: () => import("../screens/activity"), show: () => html`<points-activity></points-activity>` },
  { path: "/platform/alerts", roles: ["platform-admin"], nav: "nav.alerts", load: () => import("../screens/alerts"), show: () => html`<points-alerts></points-alerts>` },
  { path: "/platform/proposals", roles: ["platform-admin"], nav: "proposals.title", load: () => import("../screens/proposals"), show: () => html`<points-proposals></points-proposals>` },
  { path: "/platform/proposals/:id", roles: ["platform-admin"], load: () => import("../screens/proposal"), show: ({ id }) => html`<points-proposal .proposalId=${id!}></points-proposal>` },
  { path: "/platform/adjustments", roles: ["platform-admin"], nav: "nav.adjustments", load: () => import("../screens/adjustments"), show: () => html`<points-adjustments></points-adjustments>` },
  { path: "/platform/adjustments/new", roles: ["platform-admin"], load: () => import("../screens/adjust"), show: () => html`<points-adjust></points-adjust>` },
  { path: "/team", roles: ["manager"], nav: "nav.team", load: () => import("../screens/team"), show: () => html`<points-team></points-team>` },
  { path: "/team/award", roles: ["manager"], nav: "nav.award", load: () => import("../screens/award"), show: () => html`<points-award></points-award>` },
  { path: "/team/members", roles: ["manager"], nav: "members.title", load: () => import("../screens/members"), show: () => html`<points-members></points-members>` },
  { path: "/team/members/new", roles: ["manager"], load: () => import("../screens/member-new"), show: () => html`<points-member-new></points-member-new>` },
  { path: "/team/members/import", roles: ["manager"], load: () => import("../screens/members-import"), show: () => html`<points-members-import></points-members-import>` },
  { path: "/team/members/:id/erase", roles: ["manager"], load: () => import("../screens/member-erase"), show: ({ id }) => html`<points-member-erase .userId=${id!}></points-member-erase>` },
  { path: "/team/members/:id/time", roles: ["manager"], load: () => import("../screens/more-time"), show: ({ id }) => html`<points-member-time .userId=${id!}></points-member-time>` },
  { path: "/team/members/:id/boost", roles: ["manager"], load: () => import("../screens/boost"), show: ({ id }) => html`<points-boost .userId=${id!}></points-boost>` },
  { path: "/team/members/:id", roles: ["manager"], load: () => import("../screens/member"), show: ({ id }) => html`<points-member .userId=${id!}></points-member>` },
  { path: "/team/budget", roles: ["manager"], load: () => import("../screens/budget"), show: () => html`<points-budget></points-budget>` },
  { path: "/team/return", roles: ["manager"], load: () => import("../screens/return"), show: () => html`<points-return></points-return>` },
  { path: "/team/campaigns", roles: ["manager"], nav: "campaigns.title", load: () => import("../screens/campaigns"), show: () => html`<points-campaigns></points-campaigns>` },
  { path: "/team/campaigns/new", roles: ["manager"], load: () => import("../screens/campaign-new"), show: () => html`<points-campaign-new></points-campaign-new>` },
  { path: "/team/campaigns/:id", roles: ["manager"], load: () => import("../screens/campaign"), show: ({ id }) => html`<points-campaign .batchId=${id!}></points-campaign>` },
  { path: "/team/campaigns/:id/undo", roles: ["manager"], load: () => import("../screens/undo"), show: ({ id }) => html`<points-undo .batchId=${id!}></points-undo>` },
  { path: "/approvals", roles: ["manager", "lead"], nav: "approvals.title", load: () => import("../screens/approvals"), show: () => html`<points-approvals></points-approvals>` },
  { path: "/approvals/undos/:id", roles: ["manager", "lead"], load: () => import("../screens/undo-approval"), show: ({ id }) => html`<points-undo-approval .proposalId=${id!}></points-undo-approval>` },
  { path: "/approvals/:id", roles: ["manager", "lead"], load: () => import("../screens/approval"), show: ({ id }) => html`<points-approval .distributionId=${id!}></points-approval>` },
  { path: "/team/departments", roles: ["manager"], nav: "departments.title", load: () => import("../screens/departments"), show: () => html`<points-departments></points-departments>` },
  { path: "/team/departments/new", roles: ["manager"], load: () => import("../screens/department"), show: () => html`<points-department></points-department>` },
  { path: "/team/departments/import", roles: ["manager"], load: () => import("../screens/departments-import"), show: () => html`<points-departments-import></points-departments-import>` },
  { path: "/team/departments/:id", roles: ["manager"], load: () => import("../screens/department"), show: ({ id }) => html`<points-department .departmentId=${id!}></points-department>` },
  { path: "/team/requests", roles: ["manager"], load: () => import("../screens/requests"), show: () => html`<points-requests></points-requests>` },
  { path: "/team/requests/:id", roles: ["manager"], load: () => import("../screens/request"), show: ({ id }) => html`<points-request .requestId=${id!}></points-request>` },
  { path: "/wishes", roles: TENANT, nav: "wishes.title", load: () => import("../screens/wishes"), show: () => html`<points-wishes></points-wishes>` },
  { path: "/wishes/:id", roles: TENANT, load: () => import("../screens/wish"), show: ({ id }) => html`<points-wish .wishId=${id!}></points-wish>` },
  { path: "/team/history", roles: ["manager"], nav: "nav.history", load: () => import("../screens/history"), show: () => html`<points-history></points-history>` },
  { path: "/team/statement", roles: ["manager"], nav: "periods.statement", load: teamStatement, show: showTeamStatement },
  { path: "/team/statement/:period", roles: ["manager"], load: teamStatement, show: showTeamStatement },
  { path: "/team/policy", roles: ["manager"], nav: "nav.policy", load: () => import("../screens/policy"), show: () => html`<points-policy></points-policy>` },
  { path: "/team/rules", roles: ["manager"], nav: "nav.limits", load: () => import("../screens/rules"), show: () => html`<points-rules></points-rules>` },
  { path: "/team/alerts", roles: ["manager"], nav: "nav.alerts", load: () => import("../screens/alerts"), show: () => html`<points-alerts></points-alerts>` },
  { path: "/me", roles: TENANT, nav: "nav.me", load: () => import("../screens/me"), show: () => html`<points-me></points-me>` },
  { path: "/recognise", roles: ["lead"], except: "manager", nav: "nav.award", load: () => import("../screens/award"), show: () => html`<points-award></points-award>` },
  { path: "/recognise", roles: ["employee"], except: "lead", load: () => import("../screens/award"), show: () => html`<points-award></points-award>` },
  { path: "/me/return", roles: ["lead"], except: "manager", load: () => import("../screens/return"), show: () => html`<points-return own></points-return>` },
  { path: "/feed", roles: TENANT, nav: "nav.feed", load: () => import("../screens/feed"), show: () => html`<points-feed-page></points-feed-page>` },
  { path: "/d/:id", roles: TENANT, load: () => import("../screens/distribution"), show: ({ id }) => html`<points-distribution .distributionId=${id!}></points-distribution>` },
  { path: "/d/:id/reverse", roles: ["manager", "lead"], load: () => import("../screens/reverse"), show: ({ id }) => html`<points-reverse .awardId=${id!}></points-reverse>` },
  { path: "/finance", roles: ["finance"], nav: "nav.periods", load: () => import("../screens/periods"), show: () => html`<points-periods></points-periods>` },
  { path: "/finance/entries", roles: ["finance"], nav: "nav.entries", load: () => import("../screens/entries"), show: () => html`<points-entries></points-entries>` },
  { path: "/finance/prices", roles: ["finance"], nav: "nav.prices", load: () => import("../screens/prices"), show: () => html`<points-prices></points-prices>` },
  { path: "/audit", roles: ["auditor"], nav: "nav.audit", load: () => import("../screens/audit-home"), show: () => html`<points-audit-home></points-audit-home>` },
  { path: "/audit/records", roles: ["auditor"], nav: "nav.records", load: () => import("../screens/records"), show: () => html`<points-records></points-records>` },
  { path: "/finance", roles: ["auditor"], except: "finance", nav: "nav.periods", load: () => import("../screens/periods"), show: () => html`<points-periods></points-periods>` },
  { path: "/finance/journal", roles: ["finance", "auditor"], load: () => import("../screens/journal"), show: () => html`<points-journal></points-journal>` },
  { path: "/finance/reconciliation", roles: ["finance", "auditor"], nav: "reconcile.title", load: () => import("../screens/reconciliations"), show: () => html`<points-reconciliations></points-reconciliations>` },
  { path: "/finance/reconciliation/:tenant", roles: ["finance", "auditor"], load: () => import("../screens/reconciliation"), show: ({ tenant }) => html`<points-reconciliation .tenant=${tenant!}></points-reconciliation>` },
  { path: "/finance/:tenant/:period", roles: ["finance", "auditor"], load: () => import("../screens/month"), show: ({ tenant, period }) => html`<points-month .tenant=${tenant!} .period=${period!}></points-month>` },
  { path: "/audit/records/:event", roles: ["auditor"], load: () => import("../screens/record"), show: ({ event }) => html`<points-record .event=${event!}></points-record>` },
  { path: "/audit/trees", roles: ["auditor"], nav: "nav.trees", load: () => import("../screens/trees"), show: () => html`<points-trees></points-trees>` },
  { path: "/audit/checkpoints/:tenant", roles: ["auditor"], load: () => import("../screens/checkpoints"), show: ({ tenant }) => html`<points-checkpoints .tenant=${tenant!}></points-checkpoints>` },
  { path: "/audit/verify", roles: ["auditor"], nav: "nav.verify", load: () => import("../screens/verify"), show: () => html`<points-verify></points-verify>` },
  { path: "/audit/alerts", roles: ["auditor"], nav: "nav.differences", load: () => import("../screens/audit-alerts"), show: () => html`<points-audit-alerts></points-audit-alerts>` },
  { path: "/audit/conservation/:tenant", roles: ["auditor"], load: () => import("../screens/conservation"), show: ({ tenant }) => html`<points-conservation .tenant=${tenant!}></points-conservation>` },
];

/** The pages of whoever is signed in. */
export function screens(): Screen[] {
  return SCREENS.filter((screen) => has(...screen.roles) && !(screen.except && has(screen.except)));
}

export function find(path: string): { screen: Screen; parts: Record<string, string> } | undefined {
  for (const screen of screens()) {
    const parts = match(screen.path, path);
    if (parts) return { screen, parts };
  }
  return undefined;
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (let i = 0; i < wanted.length; i++) {
    const name = wanted[i]!;
    if (name.startsWith(":")) parts[name.slice(1)] = given[i]!;
    else if (name !== given[i]) return undefined;
  }
  return parts;
}

/** Goes to a page without loading anew. */
export function go(path: string): void {
  history.pushState(null, "", path);
  window.dispatchEvent(new CustomEvent("points-went"));
}

/** The address with its query changed: what is listed is in the address, so that it can be shared. */
export function query(changes: Record<string, string | undefined>): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const text = search.toString();
  history.replaceState(null, "", location.pathname + (text ? `?${text}` : ""));
}
