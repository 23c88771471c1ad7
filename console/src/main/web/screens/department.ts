import { html, nothing, type TemplateResult } from "lit";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { type Member, nameOf } from "../api/people";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";

interface Fields {
  /** Of a new one, so that it is made once. */
  id: string;
  name: string | undefined;
  parent: string | undefined;
  closed: boolean | undefined;
  managers: string[] | undefined;
}

/** What a department is: what it is called, what it is part of, and whether it is closed. */
class PointsDepartment extends PageElement {
  static override properties = { departmentId: {} };
  declare departmentId: string | undefined;

  private readonly departments = new Query<{ items: Department[] }>(this, () => DEPARTMENTS);
  private readonly managers = new Query<{ items: Member[]; next_cursor: string | null }>(this, () => "/api/members?role=manager&active=true&sort=name&limit=100");
  private sending!: Sending<Department, Fields>;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Department, Fields>(this, `department:${this.departmentId ?? "new"}`, { id: crypto.randomUUID(), name: undefined, parent: undefined, closed: undefined, managers: undefined });
    super.connectedCallback();
  }

  protected override render() {
    return html`<h1>${t(this.departmentId ? "department.title" : "departments.add")}</h1>
      ${this.body()}
      <p><a href="/team/departments">${t("departments.title")}</a></p>`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    if (phase.name === "done") return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("department.saved", { name: phase.body.name })}</p>`;
    const all = this.departments.data?.items;
    if (!all) return this.departments.failure ? failed(this.departments.failure, () => void this.departments.load()) : loading();
    const department = all.find((it) => it.department_id === this.departmentId);
    if (this.departmentId && !department) return empty(t("department.unknown"));
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(department)) : nothing}
      ${this.form(all, department)}`;
  }

  private form(all: Department[], department: Department | undefined): TemplateResult {
    const busy = this.sending.phase.name !== "editing";
    const { name, parent, closed } = this.sending.fields;
    const parents = [
      { value: "", text: t("department.top") },
      ...inTree(all)
        .filter((it) => !it.department.closed && it.department.department_id !== this.departmentId)
        .map((it) => ({ value: it.department.department_id, text: nameInTree(it) })),
    ];
    return html`<form class="form" novalidate @submit=${(event: Event) => void this.check(event, department)}>
      ${field({ id: "name", label: t("departments.name"), value: name ?? department?.name ?? "", longest: 200, fault: this.fault, set: (text) => this.sending.set({ name: text }) })}
      ${choice("parent", t("department.parent"), parents, parent ?? department?.parent_id ?? "", (chosen) => this.sending.set({ parent: chosen }))}
      ${department
        ? html`<label class="check"><input type="checkbox" id="closed" .checked=${closed ?? department.closed}
            @change=${(event: Event) => this.sending.set({ closed: (event.target as HTMLInputElement).checked })}> ${t("department.close")}</label>
            <p class="muted">${t("department.close.hint")}</p>
            ${department.rules?.length ? html`<p class="notice warning" id="rules">${t("department.rules", { rules: department.rules.join(", ") })}</p>` : nothing}`
        : nothing}
      ${this.givers(department)}
      <p><button type="submit" class="primary" ?disabled=${busy}>${busy ? t("pending.sending") : t("department.save")}</button></p>
    </form>`;
  }

  /** Who gives from it: managers whom it names give from nothing else. */
  private givers(department: Department | undefined): TemplateResult {
    const all = this.managers.data?.items;
    if (!all) return this.managers.failure ? failed(this.managers.failure, () => void this.managers.load()) : loading();
    const named = this.sending.fields.managers ?? department?.manager_ids ?? [];
    const others = named.filter((id) => all.every((member) => member.user_id !== id));
    const choose = (id: string, chosen: boolean) => this.sending.set({ managers: chosen ? [...named, id] : named.filter((other) => other !== id) });
    const box = (id: string, name: string) =>
      html`<label class="check"><input type="checkbox" name="manager" value=${id} .checked=${named.includes(id)}
        @change=${(event: Event) => choose(id, (event.target as HTMLInputElement).checked)}> <span dir="auto">${name}</span></label>`;
    return html`<fieldset>
      <legend>${t("department.managers")}</legend>
      <p class="muted">${t("department.managers.hint")}</p>
      ${all.map((member) => box(member.user_id, nameOf(member)))}${others.map((id) => box(id, id))}
    </fieldset>`;
  }

  private async check(event: Event, department: Department | undefined): Promise<void> {
    event.preventDefault();
    this.fault = (this.sending.fields.name ?? department?.name ?? "").trim() ? undefined : t("error.department");
    if (!this.fault) return await this.send(department);
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#name")?.focus();
  }

  private async send(department: Department | undefined): Promise<void> {
    const { id, name, parent, closed, managers } = this.sending.fields;
    const part = parent ?? department?.parent_id;
    await this.sending.send(
      `${DEPARTMENTS}/${department?.department_id ?? id}`,
      { name: (name ?? department?.name ?? "").trim(), ...(part ? { parent_id: part } : {}), ...(closed === undefined ? {} : { closed }), ...(managers === undefined ? {} : { manager_ids: managers }) },
      { method: "PUT", ...(department ? { revision: department.revision } : {}) },
    );
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-department", PointsDepartment);
