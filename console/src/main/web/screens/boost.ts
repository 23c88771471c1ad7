import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "../kit/list";
import { type Member, nameOf } from "../api/people";
import { month, monthBeside, points, pts, time, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { type Column, named } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";

/** What a member may give more by their allowance in one month. */
interface Boost {
  boost_id: string;
  user_id: string;
  month: string;
  points: number;
  note: string | null;
  boosted_by: string;
  created_at: string;
}

interface Fields {
  month: string;
  points: string;
  note: string;
  reviewing: boolean;
}

const BOOSTS = "/api/policy/boosts";
const LONGEST = 2000;
const MONTHS = 12;

/** Of the reader's own calendar: one that is over in the company's already is refused. */
const present = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
};

const COLUMNS: Column<Boost>[] = [
  { header: t("boost.month"), show: (it) => month(it.month) },
  { header: t("boost.points"), number: true, show: (it) => points(it.points) },
  { header: t("boost.note"), show: (it) => html`<span dir="auto">${it.note ?? "–"}</span>` },
  { header: t("boost.by"), show: (it, people) => html`<span dir="auto">${named(people, it.boosted_by)}</span>, ${time(it.created_at)}` },
];

/** Lets a member give more in one month: in which, how much and why, and once more before it is done. */
class PointsBoost extends PageElement {
  static override properties = { userId: {} };
  declare userId: string;

  private readonly member = new Query<Member>(this, () => `/api/members/${this.userId}`);
  private sending!: Sending<Boost, Fields>;
  private faults: { points?: string; note?: string } = {};

  override connectedCallback(): void {
    this.sending = new Sending<Boost, Fields>(this, `boost:${this.userId}`, { month: present(), points: "", note: "", reviewing: false });
    super.connectedCallback();
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("boost.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const member = this.member.data;
    const phase = this.sending.phase;
    if (!member) return this.member.failure ? failed(this.member.failure, () => void this.member.load()) : loading();
    return html`<p><a dir="auto" href="/team/members/${member.user_id}">${nameOf(member)}</a></p>
      ${phase.name === "done"
        ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("boost.done", { name: nameOf(member), amount: pts(phase.body.points), month: month(phase.body.month) })}</p>`
        : html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
            ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
            <p class="muted">${t("boost.text")}</p>
            ${this.sending.fields.reviewing ? this.review(member, phase.name) : this.form()}`}
      <h2>${t("boost.list")}</h2>
      ${keyed(
        phase.name === "done",
        html`<points-list .path=${`${BOOSTS}?member=${member.user_id}&expand=people`} .columns=${COLUMNS} label=${t("boost.list")} empty=${t("boost.none")}></points-list>`,
      )}`;
  }

  private form(): TemplateResult {
    const fields = this.sending.fields;
    const months = Array.from({ length: MONTHS }, (_, by) => monthBeside(present(), by)).map((value) => ({ value, text: month(value) }));
    return html`<form class="form" novalidate @submit=${(event: Event) => void this.check(event)}>
      ${choice("month", t("boost.month"), months, fields.month, (chosen) => this.sending.set({ month: chosen }))}
      ${field({ id: "points", label: t("boost.points"), value: fields.points, numeric: true, fault: this.faults.points, set: (typed) => this.sending.set({ points: typed }) })}
      ${field({ id: "note", label: t("boost.note"), hint: t("boost.note.hint"), value: fields.note, longest: LONGEST, fault: this.faults.note, set: (typed) => this.sending.set({ note: typed }) })}
      <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
    </form>`;
  }

  private get points(): number | undefined {
    return typedPoints(this.sending.fields.points);
  }

  private review(member: Member, phase: string): TemplateResult {
    const fields = this.sending.fields;
    const values = { name: nameOf(member), amount: pts(this.points ?? 0), month: month(fields.month) };
    return review({
      facts: [
        [t("boost.month"), values.month],
        [t("boost.points"), values.amount],
        [t("boost.note"), fields.note],
      ],
      phase,
      send: t("boost.send", values),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.faults = {};
    if (!this.points) this.faults.points = t("error.amount");
    if (!this.sending.fields.note.trim()) this.faults.note = t("error.message");
    this.sending.set({ reviewing: !Object.keys(this.faults).length });
    await this.attend("[aria-invalid=true], #send");
  }

  private async send(): Promise<void> {
    const { month, note } = this.sending.fields;
    await this.sending.send(BOOSTS, { user_id: this.userId, month, points: this.points, note: note.trim() });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.sending.set({ reviewing: false });
    await this.attend("#refusal, #done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("points-boost", PointsBoost);
