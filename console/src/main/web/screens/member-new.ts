import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call";
import { type Member, type MemberRole, nameOf, ROLES } from "../api/people";
import { sentence } from "../api/problems";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field } from "../kit/fields";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";

interface Fields {
  id: string;
  name: string;
  email: string;
  role: MemberRole;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Somebody new, whom the identity provider knows already. */
class PointsMemberNew extends PageElement {
  private readonly sending = new Sending<Member, Fields>(this, "member-new", { id: "", name: "", email: "", role: "employee" });
  private fault: string | undefined;
  private known: string | undefined;
  private failure: unknown;

  protected override render() {
    const phase = this.sending.phase;
    return html`<h1>${t("members.add")}</h1>${phase.name === "done" ? this.done(phase.body) : this.form()}`;
  }

  private form(): TemplateResult {
    const { id, name, email, role } = this.sending.fields;
    const phase = this.sending.phase;
    const busy = phase.name !== "editing";
    const roles = Object.entries(ROLES).map(([value, text]) => ({ value, text }));
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert">${sentence(this.failure)}</p>` : nothing}
      ${this.known ? html`<p class="notice warning" role="alert">${t("member.known")} <a href="/team/members/${this.known}">${t("member.open")}</a></p>` : nothing}
      <form class="form" novalidate @submit=${this.check}>
        ${field({ id: "id", label: t("member.id"), hint: t("member.id.hint"), value: id, fault: this.fault, longest: 36, set: (text) => this.sending.set({ id: text }) })}
        ${field({ id: "name", label: t("members.name"), value: name, longest: 200, optional: true, set: (text) => this.sending.set({ name: text }) })}
        ${field({ id: "email", label: t("members.email"), value: email, longest: 320, optional: true, set: (text) => this.sending.set({ email: text }) })}
        ${choice("role", t("members.role"), roles, role, (chosen) => this.sending.set({ role: chosen as MemberRole }))}
        <p><button type="submit" class="primary" ?disabled=${busy}>${busy ? t("pending.sending") : t("members.add")}</button></p>
      </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const id = this.sending.fields.id.trim();
    this.known = undefined;
    this.failure = undefined;
    this.fault = UUID.test(id) ? undefined : t("error.id");
    if (this.fault) {
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>("#id")?.focus();
      return;
    }
    // Whoever is a member already would be changed, and not added.
    try {
      const answer = await call<{ items: unknown[] }>("POST", "/api/directory/resolve", { body: { user_ids: [id] } });
      if (!answer.body.items.length) return await this.send();
      this.known = id;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    const { id, name, email, role } = this.sending.fields;
    const body = { role, ...(name.trim() ? { display_name: name.trim() } : {}), ...(email.trim() ? { email: email.trim() } : {}) };
    await this.sending.send(`/api/members/${id.trim()}`, body, { method: "PUT" });
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(member: Member): TemplateResult {
    return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("member.added", { name: nameOf(member), role: ROLES[member.role] })}</p>
      <p class="actions">
        <a class="button" href="/team/members">${t("members.title")}</a>
        <button type="button" class="primary" @click=${() => this.sending.reset()}>${t("member.another")}</button>
      </p>`;
  }
}

define("points-member-new", PointsMemberNew);
