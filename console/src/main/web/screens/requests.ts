import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { type PointsRequest, REQUESTS, stateOf } from "../api/requests";
import { points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import type { Column } from "../kit/list";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import { when } from "./proposals";

const COLUMNS: Column<PointsRequest>[] = [
  { header: t("approval.asked"), show: (it) => html`<a href="/team/requests/${it.request_id}">${when(it.asked_at)}</a>` },
  { header: t("d.amount"), number: true, show: (it) => points(it.amount) },
  { header: t("wish.note"), show: (it) => html`<span dir="auto">${it.note ?? "–"}</span>` },
  { header: t("approval.status"), show: stateOf },
];

interface Fields {
  amount: string;
  note: string;
}

/** What the company's managers have asked the platform for, and a form for more. */
class PointsRequests extends PageElement {
  private readonly sending = new Sending<PointsRequest, Fields>(this, "points-request", { amount: "", note: "" });
  private faults: Partial<Record<keyof Fields, string>> = {};

  protected override render(): TemplateResult {
    return html`<h1>${t("request.ask")}</h1>
      <p class="muted">${t("request.how")}</p>
      ${this.form()}
      <h2>${t("request.all")}</h2>
      <points-list .path=${REQUESTS} .columns=${COLUMNS} .live=${["pool"]} label=${t("request.all")} empty=${t("request.none")}></points-list>`;
  }

  private form(): TemplateResult {
    const { phase, fields } = this.sending;
    if (phase.name === "done")
      return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("request.made", { amount: pts(phase.body.amount) })}</p></div>
        <p class="actions"><a class="button" href="/team/requests/${phase.body.request_id}">${t("pending.details")}</a> <button type="button" @click=${() => this.sending.reset()}>${t("request.another")}</button></p>`;
    const busy = phase.name === "sending" || phase.name === "unknown" || !navigator.onLine;
    return html`<form class="form" novalidate @submit=${this.send}>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.ask()) : nothing}
      ${field({ id: "amount", label: t("d.amount"), value: fields.amount, numeric: true, fault: this.faults.amount, set: (amount) => this.sending.set({ amount }) })}
      ${field({ id: "note", label: t("wish.note"), hint: t("request.note.hint"), value: fields.note, longest: 2000, fault: this.faults.note, set: (note) => this.sending.set({ note }) })}
      <p><button type="submit" id="send" class="primary" ?disabled=${busy}>${t("request.send")}</button></p>
    </form>`;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const { amount, note } = this.sending.fields;
    this.faults = {
      ...(typedPoints(amount) ? {} : { amount: t("error.amount") }),
      ...(note.trim() ? {} : { note: t("error.message") }),
    };
    if (!Object.keys(this.faults).length) return this.ask();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.faults.amount ? "#amount" : "#note")?.focus();
  }

  private async ask(): Promise<void> {
    const { amount, note } = this.sending.fields;
    await this.sending.send(REQUESTS, { amount: typedPoints(amount), note: note.trim() });
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-requests", PointsRequests);
