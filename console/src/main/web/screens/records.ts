import { html } from "lit";
import "../kit/list";
import { timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { go, query } from "../kit/router";
import { fieldError } from "../kit/states";
import { tenantName } from "../kit/tenant";

export interface AuditRecord {
  event_id: string;
  type: string;
  subject: string;
  tenant_id: string;
  actor_id: string | null;
  actor_role: string | null;
  trace_id: string | null;
  occurred_at: string;
  recorded_at: string;
  topic: string;
  data_digest: string;
  data: unknown;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a record can be found by: in the address, and as the service calls it. */
const FILTERS = { tenant: "tenant_id", type: "type", subject: "subject", actor: "actor_id", trace: "trace_id" };

type Filter = keyof typeof FILTERS;

/** What has been recorded, narrowed by tenant, type, object, person or request; and any record by its id. */
class PointsRecords extends PageElement {
  private readonly asked = Object.fromEntries(
    Object.keys(FILTERS).map((name) => [name, new URLSearchParams(location.search).get(name) ?? ""]),
  ) as Record<Filter, string>;
  private fault: string | undefined;

  private readonly columns: Column<AuditRecord>[] = [
    { header: `${t("records.when")} (${t("utc")})`, show: (it) => html`<time datetime=${it.recorded_at}>${timeInUtc(it.recorded_at)}</time>` },
    { header: t("records.type"), show: (it) => it.type },
    { header: t("records.actor"), show: (it) => it.actor_role ?? "–" },
    { header: t("records.tenant"), show: (it) => tenantName(it.tenant_id) },
    { header: t("records.proof"), show: (it) => html`<a href="/audit/records/${it.event_id}" aria-label=${`${t("records.proof")}: ${it.type}, ${timeInUtc(it.recorded_at)}`}>${t("records.proof")}</a>` },
  ];

  private get path(): string {
    const search = new URLSearchParams();
    for (const [name, parameter] of Object.entries(FILTERS)) {
      const value = this.asked[name as Filter];
      if (value && (name !== "tenant" || UUID.test(value))) search.set(parameter, value);
    }
    return search.size ? `/api/audit/records?${search}` : "/api/audit/records";
  }

  protected override render() {
    const field = (name: Filter, label: string, size: number) => html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} size=${size} maxlength="255" autocomplete="off" .value=${this.asked[name]} aria-describedby="${name}-error" aria-invalid=${name === "tenant" && this.fault ? "true" : "false"}>
      ${fieldError(`${name}-error`, name === "tenant" ? this.fault : undefined)}
    </div>`;
    return html`<h1>${t("records.title")}</h1>
      <form class="filter" novalidate @submit=${this.filter}>
        ${field("tenant", t("records.filter.tenant"), 36)} ${field("type", t("records.filter.type"), 20)} ${field("subject", t("record.subject"), 36)}
        ${field("actor", t("records.filter.actor"), 36)} ${field("trace", t("record.trace"), 32)}
        <button type="submit">${t("records.filter")}</button>
      </form>
      <form class="filter" novalidate @submit=${this.open}>
        <div class="field"><label for="event">${t("records.byId")}</label><input id="event" size="36" maxlength="36" autocomplete="off"></div>
        <button type="submit">${t("records.open")}</button>
      </form>
      <points-list .path=${this.path} .columns=${this.columns} label=${t("records.title")} empty=${Object.values(this.asked).some(Boolean) ? t("records.noMatch") : t("records.empty")}></points-list>`;
  }

  private value(id: string): string {
    return this.querySelector<HTMLInputElement>(`#${id}`)!.value.trim();
  }

  private filter(event: Event): void {
    event.preventDefault();
    const tenant = this.value("tenant");
    this.fault = tenant && !UUID.test(tenant) ? t("records.bad") : undefined;
    if (!this.fault) {
      for (const name of Object.keys(FILTERS) as Filter[]) this.asked[name] = this.value(name);
      query(this.asked);
    }
    this.requestUpdate();
  }

  private open(event: Event): void {
    event.preventDefault();
    const id = this.value("event");
    if (UUID.test(id)) go(`/audit/records/${id}`);
    else this.querySelector<HTMLElement>("#event")!.focus();
  }
}

define("points-records", PointsRecords);
