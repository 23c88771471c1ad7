import { html, nothing, type TemplateResult } from "lit";
import { currencyName, money, points, timeInUtc, total } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import type { Contracted } from "./tenant";

interface Fields {
  name: string;
  /** A new one if it is empty. */
  id: string;
  currency: string;
  price: string;
  po: string;
  costCentre: string;
  /** A day, as 2026-11-01; now if it is empty. */
  from: string;
  reviewing: boolean;
}

const EMPTY: Fields = { name: "", id: "", currency: "", price: "", po: "", costCentre: "", from: "", reviewing: false };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NIL = /^[0-]+$/;
const PRICE = /^[0-9]{1,9}(\.[0-9]{1,8})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const EXAMPLE = 10_000;

/** A new tenant with its first contract, and what is to be done after that. */
class PointsTenantNew extends PageElement {
  private readonly sending = new Sending<Contracted, Fields>(this, "tenant-new", EMPTY);
  private faults: Partial<Record<"name" | "id" | "currency" | "price" | "from", string>> = {};

  protected override render(): TemplateResult {
    const { phase, fields } = this.sending;
    if (phase.name === "done") return html`<h1>${t("register.title")}</h1>${this.done(phase.body)}`;
    const problem = phase.name === "editing" ? phase.problem : undefined;
    return html`<h1>${t("register.title")}</h1>
      ${refused(problem, false)}
      ${problem?.slug === "tenant-exists" ? html`<p><a href="/platform/tenants/${fields.id.trim()}">${t("register.open")}</a></p>` : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${fields.reviewing ? this.confirm(phase.name) : this.form()}`;
  }

  private get currency(): string {
    return this.sending.fields.currency.trim().toUpperCase();
  }

  private form(): TemplateResult {
    const { name, id, currency, price, po, costCentre, from } = this.sending.fields;
    const set = (field: keyof Fields) => (text: string) => this.sending.set({ [field]: text });
    return html`<form class="form" novalidate @submit=${this.check}>
      ${field({ id: "name", label: t("tenants.name"), value: name, fault: this.faults.name, longest: 200, set: set("name") })}
      ${field({ id: "id", label: t("register.id"), hint: t("register.id.hint"), value: id, fault: this.faults.id, longest: 36, optional: true, set: set("id") })}
      ${field({ id: "currency", label: t("contract.currency"), hint: html`<span dir="auto">${currencyName(this.currency) ?? ""}</span>`, value: currency, fault: this.faults.currency, longest: 3, set: set("currency") })}
      ${field({ id: "price", label: t("tenants.price"), hint: this.example(), value: price, fault: this.faults.price, longest: 18, set: set("price") })}
      ${field({ id: "po", label: t("register.po"), value: po, longest: 100, optional: true, set: set("po") })}
      ${field({ id: "cost-centre", label: t("register.costCentre"), value: costCentre, longest: 100, optional: true, set: set("costCentre") })}
      <div class="field">
        <label for="from">${t("register.from")}</label>
        <input id="from" type="date" aria-describedby="from-hint from-error" aria-invalid=${this.faults.from ? "true" : "false"} .value=${from} @change=${(event: Event) => this.sending.set({ from: (event.target as HTMLInputElement).value })}>
        <p class="muted" id="from-hint">${t("register.from.hint")}</p>
        ${fieldError("from-error", this.faults.from)}
      </div>
      <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
    </form>`;
  }

  private example(): string {
    const price = this.sending.fields.price.trim();
    if (!PRICE.test(price) || !currencyName(this.currency)) return "";
    return t("contract.example", { points: points(EXAMPLE), cost: money(total(price, EXAMPLE, this.currency), this.currency) });
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { name, id, price, from } = this.sending.fields;
    this.faults = {};
    if (!name.trim()) this.faults.name = t("register.noName");
    if (id.trim() && (!UUID.test(id.trim()) || NIL.test(id.trim()))) this.faults.id = t("records.bad");
    if (!CURRENCY.test(this.currency)) this.faults.currency = t("contract.badCurrency");
    if (!PRICE.test(price.trim())) this.faults.price = t("contract.badPrice");
    if (from && this.begins() > new Date().toISOString()) this.faults.from = t("register.future");
    const first = Object.keys(this.faults)[0];
    this.sending.set({ reviewing: !first });
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#${first ?? "send"}`)?.focus();
  }

  private begins(): string {
    return `${this.sending.fields.from}T00:00:00.000Z`;
  }

  private confirm(phase: string): TemplateResult {
    const { name, id, price, po, costCentre, from } = this.sending.fields;
    const known = currencyName(this.currency);
    return review({
      facts: [
        [t("tenants.name"), name.trim()],
        [t("register.id"), id.trim() ? html`<code>${id.trim()}</code>` : t("register.newId")],
        [t("tenants.price"), known ? money(price.trim(), this.currency) : `${price.trim()} ${this.currency}`],
        ...(po.trim() ? [[t("tenant.po"), po.trim()] as [string, string]] : []),
        ...(costCentre.trim() ? [[t("tenant.costCentre"), costCentre.trim()] as [string, string]] : []),
        [t("tenant.from"), from ? `${timeInUtc(this.begins())} ${t("utc")}` : t("contract.now")],
      ],
      notes: [this.example(), t("register.consequences")].filter(Boolean),
      phase,
      send: t("register.send"),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async send(): Promise<void> {
    const { name, id, price, po, costCentre, from } = this.sending.fields;
    await this.sending.send("/api/platform/tenants", {
      name: name.trim(),
      currency: this.currency,
      price_per_point: price.trim(),
      ...(id.trim() ? { tenant_id: id.trim() } : {}),
      ...(po.trim() ? { po_number: po.trim() } : {}),
      ...(costCentre.trim() ? { cost_centre: costCentre.trim() } : {}),
      ...(from ? { valid_from: this.begins() } : {}),
    });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.sending.set({ reviewing: false });
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(tenant: Contracted): TemplateResult {
    return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("register.done", { name: tenant.name })}</p>
      <h2>${t("register.next")}</h2>
      <ol class="steps">
        <li><a href="/platform/allocate?tenant=${tenant.tenant_id}">${t("register.next.allocate")}</a></li>
        <li>${t("register.next.manager")} <code>${tenant.tenant_id}</code></li>
        <li>${t("register.next.members")}</li>
      </ol>
      <p class="actions">
        <a class="button primary" href="/platform/tenants/${tenant.tenant_id}">${t("register.open")}</a>
        <button type="button" @click=${() => this.sending.reset()}>${t("register.another")}</button>
      </p>`;
  }
}

define("points-tenant-new", PointsTenantNew);
