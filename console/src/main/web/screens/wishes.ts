import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import "../kit/picker";
import { type Person, receivers } from "../api/people";
import { has } from "../api/session";
import { kindOf, stateOf, type Wish } from "../api/wishes";
import { points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field } from "../kit/fields";
import { type Column, named } from "../kit/list";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import { when } from "./proposals";

const COLUMNS: Column<Wish>[] = [
  { header: t("approval.asked"), show: (it) => when(it.created_at) },
  { header: t("d.kind"), show: (it) => html`<a href="/wishes/${it.wish_id}">${kindOf(it)}</a>` },
  { header: t("wish.by"), show: (it, people) => html`<span dir="auto">${named(people, it.asked_by)}</span>` },
  { header: t("d.to"), show: (it, people) => html`<span dir="auto">${named(people, it.to_user_id)}</span>` },
  { header: t("d.amount"), number: true, show: (it) => points(it.amount) },
  { header: t("approval.status"), show: stateOf },
];

const STATES = ["open", "decided"] as const;

interface Fields {
  kind: Wish["kind"];
  to: Person | undefined;
  amount: string;
  note: string;
}

const EMPTY: Fields = { kind: "nomination", to: undefined, amount: "", note: "" };

type Faults = Partial<Record<"to" | "amount" | "note", string>>;

/** What managers are asked to give: for managers the tenant's, for others their own, and a form for another one. */
class PointsWishes extends PageElement {
  private state: string = STATES.find((state) => state === new URLSearchParams(location.search).get("state")) ?? "open";
  private readonly sending = new Sending<Wish, Fields>(this, "wish", EMPTY);
  private faults: Faults = {};

  protected override render() {
    const states = STATES.map((state) => ({ value: state, text: t(`approvals.${state}`) }));
    return html`<h1>${t("wishes.title")}</h1>
      <p class="muted">${t(has("manager") ? "wishes.how" : "wishes.how.own")}</p>
      <div class="filter">${choice("state", t("approval.status"), states, this.state, (state) => this.narrow(state))}</div>
      <points-list .path=${`/api/wishes?state=${this.state}&expand=people`} .columns=${COLUMNS} .live=${["wishes"]} label=${t("wishes.title")} empty=${t(this.state === "open" ? "wishes.none" : "approvals.noMatch")}></points-list>
      ${this.form()}`;
  }

  private narrow(state: string): void {
    this.state = state;
    query({ state });
    this.requestUpdate();
  }

  private form(): TemplateResult {
    const { phase, fields } = this.sending;
    if (phase.name === "done")
      return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("wish.made", { amount: pts(phase.body.amount) })}</p></div>
        <p class="actions"><a class="button" href="/wishes/${phase.body.wish_id}">${t("pending.details")}</a> <button type="button" @click=${() => this.sending.reset()}>${t("wish.another")}</button></p>`;
    const busy = phase.name === "sending" || phase.name === "unknown" || !navigator.onLine;
    const kinds = (["nomination", "budget"] as const).map((kind) => ({ value: kind, text: kindOf({ kind }) }));
    return html`<form class="form" novalidate @submit=${this.send}>
      <h2>${t("wish.new")}</h2>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.ask()) : nothing}
      ${has("lead") ? choice("kind", t("d.kind"), kinds, fields.kind, (kind) => this.sending.set({ kind: kind as Wish["kind"] })) : nothing}
      ${fields.kind === "nomination"
        ? html`<points-picker label=${t("award.who")} hint=${t("award.who.hint")} .find=${receivers} .chosen=${fields.to} .error=${this.faults.to}
            @points-chosen=${(event: CustomEvent<Person | undefined>) => this.sending.set({ to: event.detail })}></points-picker>`
        : nothing}
      ${field({ id: "amount", label: t("d.amount"), value: fields.amount, numeric: true, fault: this.faults.amount, set: (amount) => this.sending.set({ amount }) })}
      ${field({ id: "note", label: t("wish.note"), hint: t("wish.note.hint"), value: fields.note, longest: 2000, fault: this.faults.note, set: (note) => this.sending.set({ note }) })}
      <p><button type="submit" id="send" class="primary" ?disabled=${busy}>${t("wish.send")}</button></p>
    </form>`;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const { kind, to, amount, note } = this.sending.fields;
    this.faults = {
      ...(kind === "nomination" && !to ? { to: t("error.who") } : {}),
      ...(typedPoints(amount) ? {} : { amount: t("error.amount") }),
      ...(note.trim() ? {} : { note: t("error.message") }),
    };
    if (!Object.keys(this.faults).length) return this.ask();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.faults.to ? "vaadin-combo-box" : this.faults.amount ? "#amount" : "#note")?.focus();
  }

  private async ask(): Promise<void> {
    const { kind, to, amount, note } = this.sending.fields;
    await this.sending.send("/api/wishes", { kind, ...(kind === "nomination" ? { to_user_id: to?.user_id } : {}), amount: typedPoints(amount), note: note.trim() });
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-wishes", PointsWishes);
