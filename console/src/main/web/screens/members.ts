import { html, nothing } from "lit";
import "../kit/list";
import { type Member, type MemberRole, nameOf, ROLES } from "../api/people";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column } from "../kit/list";
import { query } from "../kit/router";

const COLUMNS: Column<Member>[] = [
  { header: t("members.name"), show: (it) => html`<a dir="auto" href="/team/members/${it.user_id}">${nameOf(it)}</a>` },
  { header: t("members.email"), show: (it) => html`<span dir="auto">${it.email ?? "–"}</span>` },
  { header: t("members.role"), show: (it) => ROLES[it.role] },
  { header: t("members.state"), show: (it) => html`<span class=${it.active ? "positive" : "neutral"}>${it.active ? t("members.active") : t("members.inactive")}</span>` },
  { header: t("me.give"), number: true, show: (it) => (it.balances ? points(it.balances.budget) : "–") },
  { header: t("me.earned"), number: true, show: (it) => (it.balances ? points(it.balances.earned) : "–") },
  { header: t("members.budget"), show: budget },
];

function budget(it: Member) {
  const give = it.active && it.role === "lead" ? html`<a href="/team/budget?to=${it.user_id}" aria-label=${`${t("members.give")}: ${nameOf(it)}`}>${t("members.give")}</a>` : nothing;
  const back = it.balances?.budget ? html`<a href="/team/return?from=${it.user_id}" aria-label=${`${t("members.return")}: ${nameOf(it)}`}>${t("members.return")}</a>` : nothing;
  return html`${give} ${back}`;
}

function isRole(text: string): text is MemberRole {
  return Object.hasOwn(ROLES, text);
}

/** The tenant's people, with what each of them holds. */
class PointsMembers extends PageElement {
  private readonly asked = new URLSearchParams(location.search);
  private readonly wanted = { q: this.asked.get("q")?.trim() ?? "", role: this.asked.get("role") ?? "", active: this.asked.get("active") ?? "" };

  private get path(): string {
    const { q, role, active } = this.wanted;
    const search = new URLSearchParams({ sort: "name", expand: "balances" });
    if (q) search.set("q", q);
    if (isRole(role)) search.set("role", role);
    if (active === "true" || active === "false") search.set("active", active);
    return `/api/members?${search}`;
  }

  protected override render() {
    const { q, role, active } = this.wanted;
    const roles = Object.entries(ROLES).map(([value, text]) => ({ value, text }));
    const states = [
      { value: "true", text: t("members.active") },
      { value: "false", text: t("members.inactive") },
    ];
    const all = { value: "", text: t("members.all") };
    return html`<h1>${t("members.title")}</h1>
      <p class="actions"><a class="button primary" href="/team/members/new">${t("members.add")}</a> <a class="button" href="/team/members/import">${t("import.title")}</a></p>
      <form class="filter" role="search" novalidate @submit=${this.find}>
        <div class="field"><label for="q">${t("members.find")}</label><input id="q" maxlength="200" autocomplete="off" .value=${q}></div>
        ${choice("role", t("members.role"), [all, ...roles], role, (chosen) => this.narrow({ role: chosen }))}
        ${choice("active", t("members.state"), [all, ...states], active, (chosen) => this.narrow({ active: chosen }))}
        <button type="submit">${t("tenants.find")}</button>
      </form>
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("members.title")} empty=${q || role || active ? t("members.noMatch") : t("members.empty")}></points-list>`;
  }

  private find(event: Event): void {
    event.preventDefault();
    this.narrow({ q: this.querySelector<HTMLInputElement>("#q")!.value.trim() });
  }

  private narrow(changes: { q?: string; role?: string; active?: string }): void {
    Object.assign(this.wanted, changes);
    query(this.wanted);
    this.requestUpdate();
  }
}

define("points-members", PointsMembers);
