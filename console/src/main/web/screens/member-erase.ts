import { html, nothing, type TemplateResult } from "lit";
import { type Member, nameOf } from "../api/people";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";

/** Erases what is personal of a member: what goes and what stays is said first, and who it is has to be typed. */
class PointsMemberErase extends PageElement {
  static override properties = { userId: {} };
  declare userId: string;

  private readonly member = new Query<Member>(this, () => `/api/members/${this.userId}`);
  private sending!: Sending<Member, { name: string }>;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Member, { name: string }>(this, `erase:${this.userId}`, { name: "" });
    super.connectedCallback();
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("erase.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const member = this.member.data;
    const phase = this.sending.phase;
    if (!member) return this.member.failure ? failed(this.member.failure, () => void this.member.load()) : loading();
    if (phase.name === "done") {
      return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("erase.done")}</p>
        <p class="actions"><a class="button primary" href="/team/members/${member.user_id}">${t("member.title")}</a> <a class="button" href="/team/members">${t("members.title")}</a></p>`;
    }
    return html`<p><a dir="auto" href="/team/members/${member.user_id}">${nameOf(member)}</a></p>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(member)) : nothing}
      <h2>${t("erase.goes")}</h2>
      <ul><li>${t("erase.goes.name")}</li><li>${t("erase.goes.texts")}</li></ul>
      <h2>${t("erase.stays")}</h2>
      <ul><li>${t("erase.stays.points")}</li><li>${t("erase.stays.audit")}</li><li>${t("erase.stays.member")}</li></ul>
      ${field({ id: "name", label: t("erase.name", { name: nameOf(member) }), value: this.sending.fields.name, fault: this.fault, set: (name) => this.sending.set({ name }) })}
      ${review({
        facts: [
          [t("members.name"), `${member.display_name ?? "–"} → –`],
          [t("members.email"), `${member.email ?? "–"} → –`],
        ],
        notes: [t("erase.final")],
        phase: phase.name,
        send: t("erase.send"),
        onBack: () => history.back(),
        onSend: () => void this.send(member),
      })}`;
  }

  private async send(member: Member): Promise<void> {
    this.fault = this.sending.fields.name.trim() === nameOf(member).trim() ? undefined : t("erase.otherName");
    if (!this.fault) await this.sending.send(`/api/members/${this.userId}/personal-data`, undefined, { method: "DELETE" });
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.fault ? "#name" : "#refusal, #done")?.focus();
  }
}

define("points-member-erase", PointsMemberErase);
