import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { Problem } from "../api/call";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { type Member, type MemberRole, nameOf, ROLES } from "../api/people";
import type { Expiring } from "../api/stats";
import { pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { DISTRIBUTIONS } from "./distributions";

/** What a manager wishes to be otherwise; what is not here stays as it is. */
interface Fields {
  role?: MemberRole;
  active?: boolean;
  name?: string;
  email?: string;
  department?: string;
  reviewing: boolean;
}

interface Wallets {
  budget: { balance: number };
  earned: { balance: number };
  /** Not of an older version of the service. */
  expiring?: Expiring[];
  budget_expiring?: Expiring[];
}

type Patch = Partial<Pick<Member, "role" | "active" | "display_name" | "email" | "department_id">>;

/** One member: who they are, what they hold, and what a change of theirs would bring about before it is made. */
class PointsMember extends PageElement {
  static override properties = { userId: {} };
  declare userId: string;

  private readonly member = new Query<Member>(this, () => `/api/members/${this.userId}`);
  private readonly wallets = new Query<Wallets>(this, () => `/api/wallets/${this.userId}?limit=1`);
  private readonly departments = new Query<{ items: Department[] }>(this, () => DEPARTMENTS);
  private sending!: Sending<Member, Fields>;
  private nothingChanged = false;
  private saved = false;
  private changedMeanwhile = false;

  override connectedCallback(): void {
    this.sending = new Sending<Member, Fields>(this, `member:${this.userId}`, { reviewing: false });
    super.connectedCallback();
  }

  /** One heading from the beginning on: the focus is on it. */
  protected override render() {
    const member = this.member.data;
    return html`<h1 dir="auto">${member ? nameOf(member) : t("member.title")}</h1>
      ${member ? this.body(member) : this.member.failure ? failed(this.member.failure, () => void this.member.load()) : loading()}`;
  }

  private body(member: Member): TemplateResult {
    const phase = this.sending.phase;
    return html`${this.saved ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("member.saved")}</p>` : nothing}
      ${this.changedMeanwhile ? html`<p class="notice warning" role="alert" tabindex="-1" id="refusal">${t("member.changedMeanwhile")}</p>` : nothing}
      ${phase.name === "editing" && phase.problem?.status !== 412 ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.facts(member)}
      ${this.sending.fields.reviewing ? this.review(member, phase.name) : this.form(member)}
      <h2>${t("member.history")}</h2>
      <points-list .path=${`/api/allocations/history/tenant?expand=people&member=${member.user_id}`} .columns=${DISTRIBUTIONS} .live=${["distributions", "feed"]} label=${t("member.history")} empty=${t("member.history.empty")}></points-list>
      <p class="actions">${this.lapses() ? html`<a class="button" href="/team/members/${member.user_id}/time">${t("time.title")}</a>` : nothing}
        ${member.role === "manager" ? nothing : html`<a class="button" href="/team/members/${member.user_id}/boost">${t("boost.title")}</a>`}
        <a class="button" href="/team/members/${member.user_id}/erase">${t("erase.title")}</a></p>`;
  }

  /** Whether anything of theirs lapses. */
  private lapses(): boolean {
    const wallets = this.wallets.data;
    return !!wallets && (wallets.expiring ?? []).length + (wallets.budget_expiring ?? []).length > 0;
  }

  private facts(member: Member): TemplateResult {
    const wallets = this.wallets.data;
    return html`<dl class="facts">
        <dt>${t("member.id")}</dt><dd><code>${member.user_id}</code></dd>
        ${wallets ? html`<dt>${t("me.give")}</dt><dd>${pts(wallets.budget.balance)}</dd><dt>${t("me.earned")}</dt><dd>${pts(wallets.earned.balance)}</dd>` : nothing}
      </dl>
      ${this.wallets.failure && !wallets ? failed(this.wallets.failure, () => void this.wallets.load()) : nothing}`;
  }

  private form(member: Member): TemplateResult {
    const { role, active, name, email } = this.sending.fields;
    const roles = Object.entries(ROLES).map(([value, text]) => ({ value, text }));
    return html`<form class="form" novalidate @submit=${this.check}>
      ${field({ id: "name", label: t("members.name"), value: name ?? member.display_name ?? "", longest: 200, optional: true, set: (text) => this.edit({ name: text }) })}
      ${field({ id: "email", label: t("members.email"), value: email ?? member.email ?? "", longest: 320, optional: true, set: (text) => this.edit({ email: text }) })}
      ${choice("role", t("members.role"), roles, role ?? member.role, (chosen) => this.edit({ role: chosen as MemberRole }))}
      ${this.department(member)}
      <label class="check"><input type="checkbox" id="active" .checked=${active ?? member.active}
        @change=${(event: Event) => this.edit({ active: (event.target as HTMLInputElement).checked })}> ${t("member.active")}</label>
      ${this.nothingChanged ? html`<p class="field-error" role="alert">${t("member.nothingChanged")}</p>` : nothing}
      <p><button type="submit" class="primary" id="check">${t("award.review")}</button></p>
    </form>`;
  }

  /** Where they belong, where there are departments. */
  private department(member: Member): TemplateResult | typeof nothing {
    const own = member.department_id ?? "";
    const open = inTree(this.departments.data?.items ?? []).filter((it) => !it.department.closed || it.department.department_id === own);
    if (!open.length) return nothing;
    const options = [{ value: "", text: t("member.noDepartment") }, ...open.map((it) => ({ value: it.department.department_id, text: nameInTree(it) }))];
    return choice("department", t("award.department"), options, this.sending.fields.department ?? own, (chosen) => this.edit({ department: chosen }));
  }

  private departmentName(id: string | null | undefined): string {
    return this.departments.data?.items.find((it) => it.department_id === id)?.name ?? "–";
  }

  private edit(changes: Partial<Fields>): void {
    this.saved = false;
    this.nothingChanged = false;
    this.sending.set(changes);
  }

  /** What is to be sent: only what differs. */
  private patch(member: Member): Patch {
    const { role, active, name, email, department } = this.sending.fields;
    const patch: Patch = {};
    if (name !== undefined && (name.trim() || null) !== member.display_name) patch.display_name = name.trim() || null;
    if (email !== undefined && (email.trim() || null) !== member.email) patch.email = email.trim() || null;
    if (role !== undefined && role !== member.role) patch.role = role;
    if (active !== undefined && active !== member.active) patch.active = active;
    if (department !== undefined && (department || null) !== (member.department_id ?? null)) patch.department_id = department || null;
    return patch;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.nothingChanged = Object.keys(this.patch(this.member.data!)).length === 0;
    this.changedMeanwhile = false;
    this.sending.set({ reviewing: !this.nothingChanged });
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.nothingChanged ? "#check" : "#send")?.focus();
  }

  private review(member: Member, phase: string): TemplateResult {
    const patch = this.patch(member);
    const facts: [string, string][] = [];
    if ("display_name" in patch) facts.push([t("members.name"), `${member.display_name ?? "–"} → ${patch.display_name ?? "–"}`]);
    if ("email" in patch) facts.push([t("members.email"), `${member.email ?? "–"} → ${patch.email ?? "–"}`]);
    if (patch.role) facts.push([t("members.role"), `${ROLES[member.role]} → ${ROLES[patch.role]}`]);
    if ("department_id" in patch) facts.push([t("award.department"), `${this.departmentName(member.department_id)} → ${this.departmentName(patch.department_id)}`]);
    if (patch.active !== undefined) facts.push([t("members.state"), patch.active ? `${t("members.inactive")} → ${t("members.active")}` : `${t("members.active")} → ${t("members.inactive")}`]);
    return review({
      facts,
      notes: this.consequences(member, { ...member, ...patch }),
      phase,
      send: patch.active === false ? t("member.deactivate", { name: nameOf(member) }) : t("member.save"),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private consequences(before: Member, after: Member): string[] {
    const notes: string[] = [];
    const budget = this.wallets.data?.budget.balance;
    const lead = (member: Member) => member.active && member.role === "lead";
    if (before.active && !after.active) notes.push(t("member.deactivate.text"));
    if (lead(before) && !lead(after)) {
      notes.push(budget === undefined ? t("member.goesBack.unknown") : budget > 0 ? t("member.goesBack", { amount: pts(budget) }) : t("member.goesBack.nothing"));
    }
    return notes;
  }

  private async send(): Promise<void> {
    const member = this.member.data!;
    this.changedMeanwhile = false;
    await this.sending.send(`/api/members/${this.userId}`, this.patch(member), { method: "PATCH", revision: member.revision });
    const phase = this.sending.phase;
    if (phase.name === "done") this.over(phase.body);
    else if (phase.name === "editing" && phase.problem) await this.notSaved(phase.problem);
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private over(member: Member): void {
    this.member.data = member;
    this.saved = true;
    this.sending.reset();
    void this.wallets.load();
  }

  /** With another revision: what was sent before may have arrived after all, or somebody else was faster. */
  private async notSaved(problem: Problem): Promise<void> {
    if (problem.status !== 412) {
      this.sending.set({ reviewing: false });
      return;
    }
    await Promise.all([this.member.load(), this.wallets.load()]);
    const member = this.member.data!;
    if (Object.keys(this.patch(member)).length === 0) this.over(member);
    else this.changedMeanwhile = true;
  }
}

define("points-member", PointsMember);
