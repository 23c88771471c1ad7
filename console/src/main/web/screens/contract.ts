import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { cost, money, points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import type { PointsList } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, fieldError, loading, refused, unknown } from "../kit/states";
import { type Contracted, CONTRACTS } from "./tenant";

/** What is to be otherwise than in the contract of today. */
interface Fields {
  price?: string;
  currency?: string;
  po?: string;
  costCentre?: string;
  /** A day, as 2027-01-01; from now on if it is empty. */
  from: string;
  reviewing: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PRICE = /^[0-9]{1,9}(\.[0-9]{1,8})?$/;
const EXAMPLE = 1000;

type Terms = Pick<Contracted, "currency" | "price_per_point" | "po_number" | "cost_centre">;

/** Another price, or other terms, from now on or from a day on; what was allocated keeps its price. */
class PointsContract extends PageElement {
  private readonly tenantId = new URLSearchParams(location.search).get("tenant") ?? "";
  private readonly tenant = new Query<Contracted>(this, () => (UUID.test(this.tenantId) ? `/api/platform/tenants/${this.tenantId}` : undefined));
  private readonly sending = new Sending<{ contract_revision: number }, Fields>(this, `contract:${this.tenantId}`, { from: "", reviewing: false });
  private faults: Partial<Record<"price" | "currency" | "from", string>> = {};
  private nothingChanged = false;

  protected override render() {
    return html`<h1>${t("contract.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    if (!UUID.test(this.tenantId)) return html`${empty(t("clawback.nobody"))}<p><a href="/platform/tenants">${t("tenants.title")}</a></p>`;
    const tenant = this.tenant.data;
    const phase = this.sending.phase;
    if (!tenant) return this.tenant.failure ? failed(this.tenant.failure, () => void this.tenant.load()) : loading();
    return html`<p><a dir="auto" href="/platform/tenants/${tenant.tenant_id}">${tenant.name}</a></p>
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${phase.name === "done"
        ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("contract.done", { n: phase.body.contract_revision })}</p>`
        : this.sending.fields.reviewing
          ? this.review(tenant, phase.name)
          : this.form(tenant)}
      <h2>${t("tenant.contracts")}</h2>
      <points-list .path=${`/api/platform/tenants/${tenant.tenant_id}/contracts`} .columns=${CONTRACTS} label=${t("tenant.contracts")} empty=${t("tenant.noContracts")}></points-list>`;
  }

  private terms(tenant: Contracted): Terms {
    const { price, currency, po, costCentre } = this.sending.fields;
    return {
      price_per_point: (price ?? tenant.price_per_point).trim(),
      currency: (currency ?? tenant.currency).trim().toUpperCase(),
      po_number: (po ?? tenant.po_number ?? "").trim() || null,
      cost_centre: (costCentre ?? tenant.cost_centre ?? "").trim() || null,
    };
  }

  private form(tenant: Contracted): TemplateResult {
    const { price, currency, po, costCentre, from } = this.sending.fields;
    return html`<form class="form" novalidate @submit=${this.check}>
      ${field({ id: "price", label: t("tenants.price"), hint: this.example(tenant), value: price ?? tenant.price_per_point, fault: this.faults.price, longest: 18, set: (text) => this.edit({ price: text }) })}
      ${field({ id: "currency", label: t("contract.currency"), value: currency ?? tenant.currency, fault: this.faults.currency, longest: 3, set: (text) => this.edit({ currency: text }) })}
      ${field({ id: "po", label: t("tenant.po"), value: po ?? tenant.po_number ?? "", longest: 100, optional: true, set: (text) => this.edit({ po: text }) })}
      ${field({ id: "cost-centre", label: t("tenant.costCentre"), value: costCentre ?? tenant.cost_centre ?? "", longest: 100, optional: true, set: (text) => this.edit({ costCentre: text }) })}
      <div class="field">
        <label for="from">${t("contract.from")}</label>
        <input id="from" type="date" aria-describedby="from-hint from-error" aria-invalid=${this.faults.from ? "true" : "false"} .value=${from} @change=${(event: Event) => this.edit({ from: (event.target as HTMLInputElement).value })}>
        <p class="muted" id="from-hint">${t("contract.from.hint")}</p>
        ${fieldError("from-error", this.faults.from)}
      </div>
      ${this.nothingChanged ? html`<p class="field-error" role="alert">${t("contract.nothingChanged")}</p>` : nothing}
      <p><button type="submit" class="primary" id="check">${t("allocate.review")}</button></p>
    </form>`;
  }

  private edit(changes: Partial<Fields>): void {
    this.nothingChanged = false;
    this.sending.set(changes);
  }

  private example(tenant: Contracted): string {
    const { price_per_point, currency } = this.terms(tenant);
    if (!PRICE.test(price_per_point) || currency !== tenant.currency) return "";
    return t("contract.example", { points: points(EXAMPLE), cost: money(cost(price_per_point, EXAMPLE, tenant.currency_exponent), currency) });
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const tenant = this.tenant.data!;
    const terms = this.terms(tenant);
    this.faults = {};
    if (!PRICE.test(terms.price_per_point)) this.faults.price = t("contract.badPrice");
    if (!/^[A-Z]{3}$/.test(terms.currency)) this.faults.currency = t("contract.badCurrency");
    if (this.sending.fields.from && this.begins() <= new Date().toISOString()) this.faults.from = t("contract.past");
    const first = Object.keys(this.faults)[0];
    this.nothingChanged = !first && (Object.keys(terms) as (keyof Terms)[]).every((term) => terms[term] === tenant[term]);
    this.sending.set({ reviewing: !first && !this.nothingChanged });
    await this.updateComplete;
    this.querySelector<HTMLElement>(first ? `#${first}` : this.nothingChanged ? "#check" : "#send")?.focus();
  }

  private begins(): string {
    return `${this.sending.fields.from}T00:00:00.000Z`;
  }

  private review(tenant: Contracted, phase: string): TemplateResult {
    const terms = this.terms(tenant);
    const facts: [string, string][] = [[t("tenants.price"), `${money(tenant.price_per_point, tenant.currency)} → ${this.priced(terms)}`]];
    if (terms.po_number !== tenant.po_number) facts.push([t("tenant.po"), `${tenant.po_number ?? "–"} → ${terms.po_number ?? "–"}`]);
    if (terms.cost_centre !== tenant.cost_centre) facts.push([t("tenant.costCentre"), `${tenant.cost_centre ?? "–"} → ${terms.cost_centre ?? "–"}`]);
    facts.push([t("tenant.from"), this.sending.fields.from ? `${timeInUtc(this.begins())} ${t("utc")}` : t("contract.now")]);
    return review({
      facts,
      notes: [this.example(tenant), t("contract.keeps")].filter(Boolean),
      phase,
      send: t("contract.send"),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  /** A currency that no browser knows is for the service to refuse. */
  private priced(terms: Terms): string {
    try {
      return money(terms.price_per_point, terms.currency);
    } catch {
      return `${terms.price_per_point} ${terms.currency}`;
    }
  }

  private async send(): Promise<void> {
    const terms = this.terms(this.tenant.data!);
    await this.sending.send(`/api/platform/tenants/${this.tenantId}/contract`, { ...terms, ...(this.sending.fields.from ? { valid_from: this.begins() } : {}) }, { method: "PUT" });
    const phase = this.sending.phase;
    if (phase.name === "editing" && phase.problem) this.sending.set({ reviewing: false });
    if (phase.name === "done") {
      void this.tenant.load();
      this.querySelector<PointsList<unknown>>("points-list")?.reload();
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-contract", PointsContract);
