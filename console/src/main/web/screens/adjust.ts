import { html, nothing, type TemplateResult } from "lit";
import "../kit/picker";
import { tenantsCalled } from "../api/tenants";
import { change } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Choice } from "../kit/picker";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import type { Adjustment } from "./adjustments";
import type { Tenant } from "./tenants";

interface Fields {
  tenant: (Tenant & Choice) | undefined;
  account: string;
  user: string;
  amount: string;
  reason: string;
  reviewing: boolean;
}

const EMPTY: Fields = { tenant: undefined, account: "pool", user: "", amount: "", reason: "", reviewing: false };
const ACCOUNTS = ["pool", "budget", "earned"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An administrator proposes to bring a balance back to what was told of it; another one decides. */
class PointsAdjust extends PageElement {
  private readonly sending = new Sending<Adjustment, Fields>(this, "adjust", EMPTY);
  private faults: Partial<Record<"tenant" | "user" | "amount" | "reason", string>> = {};

  /** Whole points with a sign; 0 sets the balance to its entries' sum. */
  private get amount(): number | undefined {
    const plain = this.sending.fields.amount.trim().replace(/^[−–]/, "-").replace(/[\s,]/g, "");
    return /^[+-]?\d{1,13}$/.test(plain) && Math.abs(Number(plain)) <= 1e12 ? Number(plain) : undefined;
  }

  protected override render(): TemplateResult {
    return html`<h1>${t("adjust.propose")}</h1>
      <p class="muted">${t("adjust.text")}</p>
      ${this.body()}`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    if (phase.name === "done") {
      return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("adjust.done")}</p></div>
        <p><a class="button primary" href="/platform/adjustments${phase.body.account === "pool" ? "" : "?of=wallets"}">${t("adjust.title")}</a></p>`;
    }
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.sending.fields.reviewing ? this.review(phase.name !== "editing") : this.form()}`;
  }

  private input(id: "user" | "amount" | "reason", label: string, hint: string, most: number): TemplateResult {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input id=${id} maxlength=${most} autocomplete="off" required aria-describedby="${id}-hint ${id}-error" aria-invalid=${this.faults[id] ? "true" : "false"} .value=${this.sending.fields[id]}
        @input=${(event: Event) => this.sending.set({ [id]: (event.target as HTMLInputElement).value })}>
      <p class="muted" id="${id}-hint">${hint}</p>
      ${fieldError(`${id}-error`, this.faults[id])}
    </div>`;
  }

  private form(): TemplateResult {
    const { tenant, account } = this.sending.fields;
    return html`<form class="form" novalidate @submit=${this.check}>
      <points-picker id="tenant" label=${t("allocate.tenant")} hint=${t("allocate.tenant.hint")} .find=${tenantsCalled<Tenant>} .chosen=${tenant} .error=${this.faults.tenant}
        @points-chosen=${(event: CustomEvent<(Tenant & Choice) | undefined>) => this.sending.set({ tenant: event.detail })}></points-picker>
      <div class="field">
        <label for="account">${t("adjust.account")}</label>
        <select id="account" @change=${(event: Event) => this.sending.set({ account: (event.target as HTMLSelectElement).value })}>
          ${ACCOUNTS.map((one) => html`<option value=${one} ?selected=${one === account}>${maybe(`adjust.account.${one}`)}</option>`)}
        </select>
      </div>
      ${account === "pool" ? nothing : this.input("user", t("adjust.user"), t("adjust.user.hint"), 36)}
      ${this.input("amount", t("allocate.points"), t("adjust.amount.hint"), 20)}
      ${this.input("reason", t("periods.close.reason"), t("adjust.reason.hint"), 2000)}
      <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
    </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { tenant, account, user, reason } = this.sending.fields;
    this.faults = {};
    if (!tenant) this.faults.tenant = t("error.tenant");
    if (account !== "pool" && !UUID.test(user.trim())) this.faults.user = t("adjust.user.bad");
    if (this.amount === undefined) this.faults.amount = t("adjust.amount.bad");
    if (!reason.trim()) this.faults.reason = t("adjust.reason.bad");
    const first = Object.keys(this.faults)[0];
    this.sending.set({ reviewing: !first });
    await this.updateComplete;
    this.querySelector<HTMLElement>(first === "tenant" ? "#tenant vaadin-combo-box" : `#${first ?? "send"}`)?.focus();
  }

  private review(busy: boolean): TemplateResult {
    const { tenant, account, user, reason } = this.sending.fields;
    return html`<section class="card" aria-labelledby="review">
      <h2 id="review">${t("award.confirm")}</h2>
      <dl class="facts">
        <dt>${t("allocate.tenant")}</dt><dd dir="auto">${tenant?.name ?? ""}</dd>
        <dt>${t("adjust.account")}</dt><dd>${maybe(`adjust.account.${account}`)}${account === "pool" ? nothing : html`, <code>${user.trim()}</code>`}</dd>
        <dt>${t("allocate.points")}</dt><dd>${change(this.amount ?? 0)}</dd>
        <dt>${t("periods.close.reason")}</dt><dd dir="auto">${reason}</dd>
      </dl>
      <p>${t("adjust.consequences")} ${t("adjust.second")}</p>
      <p class="actions">
        <button type="button" ?disabled=${busy} @click=${() => this.sending.set({ reviewing: false })}>${t("back")}</button>
        <button type="button" id="send" class="primary" ?disabled=${busy} @click=${() => void this.send()}>${busy ? t("pending.sending") : t("adjust.propose")}</button>
      </p>
    </section>`;
  }

  private async send(): Promise<void> {
    const { tenant, account, user, reason } = this.sending.fields;
    if (!tenant || this.amount === undefined) return;
    const common = { tenant_id: tenant.tenant_id, amount: this.amount, reason: reason.trim() };
    await (account === "pool"
      ? this.sending.send("/api/platform/adjustments/pools", common)
      : this.sending.send("/api/platform/adjustments/wallets", { ...common, user_id: user.trim(), account }));
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.sending.set({ reviewing: false });
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-adjust", PointsAdjust);
