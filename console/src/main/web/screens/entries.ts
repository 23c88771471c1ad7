import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import "../kit/picker";
import type { Entry } from "../api/billing";
import { tenantNames, tenantsCalled } from "../api/tenants";
import { figure, money, month as monthName, timeInUtc } from "../i18n/format";
import { type Key, t } from "../i18n/t";
import { askedDays, typedDay } from "../kit/days";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Column } from "../kit/list";
import type { Choice } from "../kit/picker";
import { query } from "../kit/router";
import { tenantName } from "../kit/tenant";
import { category } from "./statement";

interface Named {
  tenant_id: string;
  name: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an entry can be found by beside tenant and day: in the address, and as the service calls it. */
const FILTERS = { category: "category", corrections: "corrections", invoice: "invoice_id", order: "po_number", credits: "credited_entry_id", entry: "entry_id" };

type Filter = keyof typeof FILTERS;

const ALLOWED: Record<Filter, RegExp> = {
  category: /^(purchase|credit|adjustment)$/,
  corrections: /^true$/,
  invoice: /^.{1,2000}$/,
  order: /^.{1,100}$/,
  credits: UUID,
  entry: UUID,
};

const CATEGORIES: [string, Key][] = [
  ["purchase", "entries.Purchase"],
  ["credit", "entries.Credit"],
  ["adjustment", "entries.Adjustment"],
];

/** What was billed and credited, line by line, by tenant and day. */
class PointsEntries extends PageElement {
  private tenant: Choice | undefined;
  private readonly columns: Column<Entry>[] = [
    { header: `${t("me.when")} (${t("utc")})`, show: (it) => html`<time datetime=${it.occurred_at}>${timeInUtc(it.occurred_at)}</time>` },
    { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
    { header: t("late.month"), show: (it) => html`<a href="/finance/${it.tenant_id}/${it.billing_period}">${monthName(it.billing_period)}</a>` },
    { header: t("entries.category"), show: category },
    { header: t("allocate.points"), number: true, show: (it) => figure(it.points) },
    { header: t("tenants.price"), number: true, show: (it) => money(it.unit_price, it.currency) },
    { header: t("entries.amount"), number: true, show: (it) => money(it.amount, it.currency) },
    { header: t("entries.invoice"), show: (it) => html`<span dir="auto">${it.invoice_id ?? "–"}</span>` },
    { header: t("entries.order"), show: (it) => html`<span dir="auto">${it.po_number ?? "–"}</span>` },
    { header: t("entries.linked"), show: (it) => this.linked(it) },
    { header: t("activity.note"), show: (it) => html`<span dir="auto">${it.reference ?? it.reason ?? "–"}</span>` },
  ];
  private readonly asking = Object.fromEntries((Object.keys(FILTERS) as Filter[]).map((name) => [name, this.asked(name, ALLOWED[name])])) as Record<Filter, string>;
  private readonly days = askedDays();

  override connectedCallback(): void {
    super.connectedCallback();
    const id = this.asked("tenant", UUID);
    if (!id) return;
    this.tenant = { id, label: id };
    tenantNames().then(
      (names) => {
        if (this.tenant?.id === id) this.tenant = { id, label: names.get(id) ?? id };
        this.requestUpdate();
      },
      () => undefined,
    );
  }

  private asked(name: string, as: RegExp): string {
    const asked = new URLSearchParams(location.search).get(name) ?? "";
    return as.test(asked) ? asked : "";
  }

  /** The last day is among them. */
  private get path(): string {
    const search = new URLSearchParams();
    if (this.tenant) search.set("tenant_id", this.tenant.id);
    if (this.days.from) search.set("from", `${this.days.from}T00:00:00Z`);
    if (this.days.to) search.set("to", new Date(Date.parse(`${this.days.to}T00:00:00Z`) + 24 * 3_600_000).toISOString());
    for (const [name, parameter] of Object.entries(FILTERS)) {
      const value = this.asking[name as Filter];
      if (value) search.set(parameter, value);
    }
    return search.size ? `/api/billing/entries?${search}` : "/api/billing/entries";
  }

  protected override render(): TemplateResult {
    const day = (name: "from" | "to", label: string) => html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} type="date" .value=${this.days[name]} @change=${(event: Event) => this.move(name, (event.target as HTMLInputElement).value)}>
    </div>`;
    const narrowed = Boolean(this.tenant || this.days.from || this.days.to || Object.values(this.asking).some(Boolean));
    const text = (name: "invoice" | "order", label: string, longest: number) => html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} maxlength=${longest} autocomplete="off" .value=${this.asking[name]} @change=${(event: Event) => this.ask(name, (event.target as HTMLInputElement).value.trim())}>
    </div>`;
    const categories = [{ value: "", text: t("entries.anyCategory") }, ...CATEGORIES.map(([value, key]) => ({ value, text: t(key) }))];
    const one = this.asking.entry || this.asking.credits;
    return html`<h1>${t("entries.title")}</h1>
      <div class="filter">
        <points-picker optional label=${t("allocate.tenant")} hint=${t("allocate.tenant.hint")} .find=${tenantsCalled<Named>} .chosen=${this.tenant} @points-chosen=${this.choose}></points-picker>
        ${day("from", `${t("entries.from")} (${t("utc")})`)} ${day("to", `${t("entries.to")} (${t("utc")})`)}
        ${choice("category", t("entries.category"), categories, this.asking.category, (value) => this.ask("category", value))}
        ${text("invoice", t("entries.invoice"), 2000)} ${text("order", t("entries.order"), 100)}
        <label class="check"><input id="corrections" type="checkbox" .checked=${Boolean(this.asking.corrections)}
          @change=${(event: Event) => this.ask("corrections", (event.target as HTMLInputElement).checked ? "true" : "")}> ${t("entries.corrections")}</label>
      </div>
      ${one ? html`<p>${this.asking.entry ? t("entries.ofEntry") : t("entries.ofPurchase")} <a href="/finance/entries" @click=${(event: Event) => this.only(event)}>${t("entries.all")}</a></p>` : nothing}
      <points-list .path=${this.path} .columns=${this.columns} label=${t("entries.title")} empty=${narrowed ? t("entries.noMatch") : t("entries.empty")}></points-list>`;
  }

  /** From a purchase to what credits it, and from there to the purchase. */
  private linked(it: Entry): TemplateResult | string {
    const link = (name: Filter, id: string, text: string) => html`<a href="/finance/entries?${name}=${id}" aria-label=${`${text}: ${it.invoice_id ?? id}`} @click=${(event: Event) => this.only(event, name, id)}>${text}</a>`;
    if (it.credited_entry_id) return link("entry", it.credited_entry_id, t("entries.purchase"));
    return it.charge_category === "Purchase" ? link("credits", it.entry_id, t("entries.credits")) : "–";
  }

  /** Shows what is like that, whatever else was asked for before; all entries if nothing is named. */
  private only(event: Event, name?: Filter, value = ""): void {
    event.preventDefault();
    this.tenant = undefined;
    this.days.from = this.days.to = "";
    for (const one of Object.keys(FILTERS) as Filter[]) this.asking[one] = one === name ? value : "";
    query({ ...this.asking, ...this.days, tenant: undefined });
    this.requestUpdate();
  }

  private ask(name: Filter, value: string): void {
    this.asking[name] = value;
    query({ [name]: value });
    this.requestUpdate();
  }

  private choose(event: CustomEvent<Choice | undefined>): void {
    this.tenant = event.detail;
    query({ tenant: this.tenant?.id });
    this.requestUpdate();
  }

  private move(name: "from" | "to", value: string): void {
    this.days[name] = typedDay(value);
    query({ ...this.days });
    this.requestUpdate();
  }
}

define("points-entries", PointsEntries);
