import { html, type TemplateResult } from "lit";
import "../kit/list";
import "../kit/picker";
import type { Entry } from "../api/billing";
import { tenantNames, tenantsCalled } from "../api/tenants";
import { figure, money, month as monthName, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import type { Choice } from "../kit/picker";
import { query } from "../kit/router";
import { tenantName } from "../kit/tenant";
import { category } from "./statement";

interface Named {
  tenant_id: string;
  name: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const COLUMNS: Column<Entry>[] = [
  { header: `${t("me.when")} (${t("utc")})`, show: (it) => html`<time datetime=${it.occurred_at}>${timeInUtc(it.occurred_at)}</time>` },
  { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
  { header: t("late.month"), show: (it) => html`<a href="/finance/${it.tenant_id}/${it.billing_period}">${monthName(it.billing_period)}</a>` },
  { header: t("entries.category"), show: category },
  { header: t("allocate.points"), number: true, show: (it) => figure(it.points) },
  { header: t("tenants.price"), number: true, show: (it) => money(it.unit_price, it.currency) },
  { header: t("entries.amount"), number: true, show: (it) => money(it.amount, it.currency) },
  { header: t("entries.invoice"), show: (it) => html`<span dir="auto">${it.invoice_id ?? "–"}</span>` },
  { header: t("activity.note"), show: (it) => html`<span dir="auto">${it.reference ?? it.reason ?? "–"}</span>` },
];

/** What was billed and credited, line by line, by tenant and day. */
class PointsEntries extends PageElement {
  private tenant: Choice | undefined;
  private readonly days = { from: this.asked("from", DAY), to: this.asked("to", DAY) };

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
    return as.test(asked) && !(as === DAY && Number.isNaN(Date.parse(asked))) ? asked : "";
  }

  /** The last day is among them. */
  private get path(): string {
    const search = new URLSearchParams();
    if (this.tenant) search.set("tenant_id", this.tenant.id);
    if (this.days.from) search.set("from", `${this.days.from}T00:00:00Z`);
    if (this.days.to) search.set("to", new Date(Date.parse(`${this.days.to}T00:00:00Z`) + 24 * 3_600_000).toISOString());
    return search.size ? `/api/billing/entries?${search}` : "/api/billing/entries";
  }

  protected override render(): TemplateResult {
    const day = (name: "from" | "to", label: string) => html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} type="date" .value=${this.days[name]} @change=${(event: Event) => this.move(name, (event.target as HTMLInputElement).value)}>
    </div>`;
    const narrowed = Boolean(this.tenant || this.days.from || this.days.to);
    return html`<h1>${t("entries.title")}</h1>
      <div class="filter">
        <points-picker optional label=${t("allocate.tenant")} hint=${t("allocate.tenant.hint")} .find=${tenantsCalled<Named>} .chosen=${this.tenant} @points-chosen=${this.choose}></points-picker>
        ${day("from", `${t("entries.from")} (${t("utc")})`)} ${day("to", `${t("entries.to")} (${t("utc")})`)}
      </div>
      <points-list .path=${this.path} .columns=${COLUMNS} label=${t("entries.title")} empty=${narrowed ? t("entries.noMatch") : t("entries.empty")}></points-list>`;
  }

  private choose(event: CustomEvent<Choice | undefined>): void {
    this.tenant = event.detail;
    query({ tenant: this.tenant?.id });
    this.requestUpdate();
  }

  private move(name: "from" | "to", value: string): void {
    this.days[name] = DAY.test(value) ? value : "";
    query(this.days);
    this.requestUpdate();
  }
}

define("points-entries", PointsEntries);
