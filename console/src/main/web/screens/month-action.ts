import { html, nothing, type TemplateResult } from "lit";
import type { Month } from "../api/billing";
import type { Problem } from "../api/call";
import { month as monthName } from "../i18n/format";
import { type Key, maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { Sending } from "../kit/sending";
import { fieldError, unknown } from "../kit/states";

interface Action {
  /** On the button, and what will have happened. */
  label: Key;
  /** What comes of it. */
  text: Key;
  done: Key;
  /** The state of the month afterwards. */
  after: string;
}

/** What can be done with a month; a name is the end of its route. */
export const ACTIONS: Record<string, Action> = {
  "soft-close": { label: "month.softClose", text: "month.softClose.text", done: "month.softClose.done", after: "soft_closed" },
  "soft-close/undo": { label: "month.undo", text: "month.undo.text", done: "month.undo.done", after: "open" },
  close: { label: "month.close", text: "month.close.text", done: "month.close.done", after: "closed" },
  reopen: { label: "month.reopen", text: "month.reopen.text", done: "month.reopen.done", after: "closed" },
  "reopen/approve": { label: "month.approve", text: "month.approve.text", done: "month.approve.done", after: "open" },
  "reopen/reject": { label: "month.reject", text: "month.reject.text", done: "month.reject.done", after: "closed" },
  "reopen/withdraw": { label: "month.withdraw", text: "month.withdraw.text", done: "month.withdraw.done", after: "closed" },
};

/** What somebody may do with a month now. Whoever proposed a reopening cannot approve it. */
export function possible(it: Month, me: string): { primary?: string; others: string[] } {
  if (it.state === "open") return { primary: "soft-close", others: [] };
  if (it.state === "soft_closed") return { primary: "close", others: ["soft-close/undo"] };
  if (it.state !== "closed") return { others: [] };
  if (!it.reopening_proposed_by) return { others: ["reopen"] };
  return it.reopening_proposed_by === me ? { others: ["reopen/withdraw"] } : { primary: "reopen/approve", others: ["reopen/reject"] };
}

export function stateName(state: string): string {
  return maybe(`periods.${state}`) ?? state;
}

/** One step of a month, before it is taken: what is, what will be, and why. */
export class PointsMonthAction extends PageElement {
  static override properties = { month: { attribute: false }, action: {}, name: {}, billed: { attribute: false } };

  declare month: Month;
  declare action: string;
  /** The tenant's. */
  declare name: string;
  /** What the month comes to now, as texts. */
  declare billed: string;

  private sending: Sending<Month, { reason: string }> | undefined;
  private fault: string | undefined;

  override willUpdate(): void {
    this.sending ??= new Sending(this, `month:${this.month.tenant_id}:${this.month.period}:${this.action}`, { reason: "" });
  }

  override firstUpdated(): void {
    this.querySelector<HTMLElement>("#reason")?.focus();
  }

  protected override render(): TemplateResult {
    const { phase, fields } = this.sending!;
    const it = ACTIONS[this.action]!;
    const busy = phase.name !== "editing";
    const values = { month: monthName(this.month.period), name: this.name };
    return html`${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <form class="card" novalidate aria-labelledby="step" @submit=${(event: Event) => {
        event.preventDefault();
        void this.send();
      }}>
        <h2 id="step">${t(it.label)}: ${values.month}</h2>
        <dl class="facts">
          <dt>${t("allocate.tenant")}</dt><dd dir="auto">${this.name}</dd>
          <dt>${t("periods.state")}</dt><dd>${stateName(this.month.state)} → ${stateName(it.after)}</dd>
          <dt>${t("periods.billed")}</dt><dd>${this.billed || "–"}</dd>
        </dl>
        <p>${t(it.text, { ...values, revision: this.month.revisions.length + 1 })}</p>
        <div class="field">
          <label for="reason">${t("periods.close.reason")}</label>
          <input id="reason" maxlength="2000" autocomplete="off" required aria-describedby="reason-error" aria-invalid=${this.fault ? "true" : "false"} .value=${fields.reason}
            @input=${(event: Event) => this.sending!.set({ reason: (event.target as HTMLInputElement).value })}>
          ${fieldError("reason-error", this.fault)}
        </div>
        <p class="actions">
          <button type="button" ?disabled=${busy} @click=${() => this.dispatchEvent(new CustomEvent("points-cancelled"))}>${t("cancel")}</button>
          <button type="submit" class="primary" ?disabled=${busy}>${busy ? t("pending.sending") : t(it.label)}</button>
        </p>
      </form>`;
  }

  private async send(): Promise<void> {
    const sending = this.sending!;
    const reason = sending.fields.reason.trim();
    this.fault = reason ? undefined : t("error.reason");
    if (this.fault) {
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>("#reason")?.focus();
      return;
    }
    await sending.send(`/api/billing/periods/${this.month.tenant_id}/${this.month.period}/${this.action}`, { reason });
    if (sending.phase.name === "done") {
      const { body } = sending.phase;
      sending.reset();
      this.dispatchEvent(new CustomEvent<Month>("points-done", { detail: body }));
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      this.dispatchEvent(new CustomEvent<Problem>("points-refused", { detail: sending.phase.problem }));
    }
  }
}

define("points-month-action", PointsMonthAction);
