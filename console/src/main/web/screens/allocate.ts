import { html, nothing, type TemplateResult } from "lit";
import "../kit/picker";
import { call, get, Problem } from "../api/call";
import { cost, day, figure, money, points, pts, time, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { typedDay } from "../kit/days";
import { define, PageElement } from "../kit/element";
import { choice, review } from "../kit/fields";
import type { Choice } from "../kit/picker";
import { print } from "../kit/print";
import { Query } from "../kit/query";
import { query } from "../kit/router";
import { Sending } from "../kit/sending";
import { failed, fieldError, loading, refused, unknown } from "../kit/states";
import type { Proposal } from "./proposals";
import type { Tenant } from "./tenants";

interface Fields {
  amount: string;
  note: string;
  /** How long the points can be used: as the tenant's rule says, until a day, or for ever. */
  lasts: "rule" | "day" | "never";
  on: string;
}

/** What an allocation would do now. */
interface Check {
  balance_before: number;
  balance_after: number;
  currency: string;
  billed_cost: string;
  budget: { monthly_budget: number; allocated_in_month_text: string; exceeded: boolean } | null;
  expires_on: string | null;
  reference_used_by: { amount: number; created_at: string } | null;
  two_people: boolean;
}

interface Allocation {
  allocation_id: string;
  amount: number;
  balance_after: number;
}

type TenantChoice = Tenant & Choice;

async function found(text: string, signal: AbortSignal): Promise<TenantChoice[]> {
  const page = await get<{ items: Tenant[] }>(`/api/platform/tenants?q=${encodeURIComponent(text)}`, signal);
  return page.items.map((tenant) => ({ ...tenant, id: tenant.tenant_id, label: tenant.name }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A platform's administrator gives points to a tenant: what it does to the pool, and what will be billed, before it is sent. */
class PointsAllocate extends PageElement {
  private tenantId = new URLSearchParams(location.search).get("tenant") ?? "";
  private readonly tenant = new Query<Tenant>(this, () => (UUID.test(this.tenantId) ? `/api/platform/tenants/${this.tenantId}` : undefined));
  private readonly sending = new Sending<Allocation | Proposal, Fields>(this, "allocate", { amount: "", note: "", lasts: "rule", on: "" });
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private faults: Partial<Record<"tenant" | "amount" | "note" | "on", string>> = {};

  protected override render() {
    return html`<h1>${t("allocate.title")}</h1>${this.body()}`;
  }

  private get amount(): number | undefined {
    return typedPoints(this.sending.fields.amount);
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    const tenant = this.tenant.data;
    if (this.tenant.failure) return failed(this.tenant.failure, () => void this.tenant.load());
    if (phase.name === "done" && tenant) return "proposal_id" in phase.body ? this.proposed(phase.body, tenant) : this.receipt(phase.body, tenant);
    const problem = phase.name === "editing" ? phase.problem : undefined;
    return html`${refused(problem, true)}
      ${this.failure instanceof Problem ? refused(this.failure, false) : this.failure ? failed(this.failure, () => void this.look()) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.checked && tenant ? this.review(tenant, this.checked, phase.name) : this.form(tenant)}`;
  }

  private form(tenant: Tenant | undefined): TemplateResult {
    if (this.tenantId && !tenant) return loading();
    const chosen: TenantChoice | undefined = tenant && { ...tenant, id: tenant.tenant_id, label: tenant.name };
    return html`<form class="form" novalidate @submit=${this.check}>
      <points-picker id="tenant" label=${t("allocate.tenant")} hint=${t("allocate.tenant.hint")} .find=${found} .chosen=${chosen} .error=${this.faults.tenant} @points-chosen=${this.choose}></points-picker>
      ${tenant
        ? html`<p class="muted">${t("allocate.pool")}: ${pts(tenant.balance)} · ${t("allocate.contract", { price: tenant.price_per_point, currency: tenant.currency, revision: tenant.contract_revision })}</p>`
        : nothing}
      ${tenant?.status === "suspended" ? html`<p class="notice warning">${t("allocate.suspended")}</p>` : nothing}
      <div class="field">
        <label for="amount">${t("allocate.points")}</label>
        <input id="amount" inputmode="numeric" autocomplete="off" required aria-describedby="amount-facts amount-error" aria-invalid=${this.faults.amount ? "true" : "false"} .value=${this.sending.fields.amount}
          @input=${(event: Event) => this.sending.set({ amount: (event.target as HTMLInputElement).value })}>
        <p class="muted" id="amount-facts">${tenant && this.amount ? this.consequences(tenant, this.amount) : nothing}</p>
        ${fieldError("amount-error", this.faults.amount)}
      </div>
      <div class="field">
        <label for="note">${t("allocate.note")}</label>
        <input id="note" maxlength="2000" autocomplete="off" required aria-describedby="note-hint note-error" aria-invalid=${this.faults.note ? "true" : "false"} .value=${this.sending.fields.note}
          @input=${(event: Event) => this.sending.set({ note: (event.target as HTMLInputElement).value })}>
        <p class="muted" id="note-hint">${t("allocate.note.hint")}</p>
        ${fieldError("note-error", this.faults.note)}
      </div>
      ${this.days()}
      <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("allocate.review")}</button></p>
    </form>`;
  }

  private days(): TemplateResult {
    const { lasts, on } = this.sending.fields;
    const ways = (["rule", "day", "never"] as const).map((value) => ({ value, text: t(`allocate.lasts.${value}`) }));
    return html`${choice("lasts", t("allocate.lasts"), ways, lasts, (chosen) => this.sending.set({ lasts: chosen as Fields["lasts"] }))}
      ${lasts === "day"
        ? html`<div class="field">
            <label for="on">${t("policy.lastDay")}</label>
            <input id="on" type="date" aria-describedby="on-error" aria-invalid=${this.faults.on ? "true" : "false"} .value=${on}
              @change=${(event: Event) => this.sending.set({ on: (event.target as HTMLInputElement).value })}>
            ${fieldError("on-error", this.faults.on)}
          </div>`
        : nothing}`;
  }

  private consequences(tenant: Tenant, amount: number): TemplateResult {
    return html`${t("allocate.pool")}: ${points(tenant.balance)} → ${pts(tenant.balance + amount)} ·
      ${t("allocate.billed")}: ${money(cost(tenant.price_per_point, amount, tenant.currency_exponent), tenant.currency)}`;
  }

  private choose(event: CustomEvent<TenantChoice | undefined>): void {
    this.tenantId = event.detail?.tenant_id ?? "";
    query({ tenant: this.tenantId });
    this.tenant.data = event.detail;
    this.requestUpdate();
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.faults = {};
    if (!this.tenant.data) this.faults.tenant = t("error.tenant");
    if (!this.amount) this.faults.amount = t("error.amount");
    if (!this.sending.fields.note.trim()) this.faults.note = t("error.note");
    if (this.sending.fields.lasts === "day" && !typedDay(this.sending.fields.on)) this.faults.on = t("allocate.noDay");
    const first = Object.keys(this.faults)[0];
    if (!first) return this.look();
    await this.attend(first === "tenant" ? "#tenant vaadin-combo-box" : `#${first}`);
  }

  /** What comes of it is told by the service, which is not asked for what it would certainly refuse. */
  private async look(): Promise<void> {
    this.failure = undefined;
    this.looking = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Check>("POST", "/api/platform/allocations/allocate/check", { body: this.asked() })).body;
    } catch (failure) {
      this.failure = failure;
    }
    this.looking = false;
    await this.attend("#send, #refusal");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  private asked(): object {
    const tenant = this.tenant.data!;
    const { note, lasts, on } = this.sending.fields;
    const expires = lasts === "day" ? { on } : lasts === "never" ? { never: true } : undefined;
    return { tenant_id: tenant.tenant_id, amount: this.amount, currency: tenant.currency, reference_note: note.trim(), ...(expires ? { expires } : {}) };
  }

  private review(tenant: Tenant, check: Check, phase: string): TemplateResult {
    const amount = this.amount ?? 0;
    const { budget, reference_used_by: used } = check;
    const facts: [string, string][] = [
      [t("allocate.tenant"), tenant.name],
      [t("allocate.points"), pts(amount)],
      [t("allocate.note"), this.sending.fields.note],
      [t("allocate.pool"), `${points(check.balance_before)} → ${pts(check.balance_after)}`],
      [t("allocate.billed"), money(check.billed_cost, check.currency)],
    ];
    facts.push([t("allocate.until"), check.expires_on ? day(check.expires_on) : t("policy.forever")]);
    if (budget) facts.push([t("tenants.budget"), t("allocate.ofBudget", { month: figure(budget.allocated_in_month_text), budget: points(budget.monthly_budget) })]);
    return html`${used ? html`<p class="notice warning" role="status">${t("allocate.used", { amount: pts(used.amount), when: time(used.created_at) })}</p>` : nothing}
      ${check.two_people
        ? html`<p class="notice warning" role="status">${t("allocate.two")}</p>`
        : budget?.exceeded
          ? html`<p class="notice warning" role="status">${t("allocate.beyond")}</p>`
          : nothing}
      ${review({
        facts,
        phase,
        send: t("allocate.send", { amount: pts(amount), name: tenant.name }),
        onBack: () => this.back(),
        onSend: () => void this.send(),
      })}`;
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    if (!this.tenant.data) return;
    await this.sending.send("/api/platform/allocations/allocate", this.asked());
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.back();
      void this.tenant.load();
    }
    await this.attend("#refusal, #done");
  }

  private receipt(allocation: Allocation, tenant: Tenant): TemplateResult {
    return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("allocate.done", { amount: pts(allocation.amount), name: tenant.name })}</p></div>
      <dl class="facts">
        <dt>${t("allocate.receipt")}</dt><dd><code>${allocation.allocation_id}</code></dd>
        <dt>${t("allocate.pool")}</dt><dd>${pts(allocation.balance_after)}</dd>
      </dl>
      <p class="actions"><button type="button" class="primary" @click=${this.another}>${t("allocate.another")}</button>${print()}</p>`;
  }

  private proposed(proposal: Proposal, tenant: Tenant): TemplateResult {
    return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("allocate.proposed", { amount: pts(proposal.amount ?? 0), name: tenant.name })}</p></div>
      <p class="actions"><a class="button" href="/platform/proposals/${proposal.proposal_id}">${t("proposal.title")}</a>
        <button type="button" class="primary" @click=${this.another}>${t("allocate.another")}</button></p>`;
  }

  private another(): void {
    this.checked = undefined;
    this.sending.reset();
    void this.tenant.load();
  }
}

define("points-allocate", PointsAllocate);
