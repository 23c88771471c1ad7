import { html, nothing } from "lit";
import "../kit/list";
import { get } from "../api/call";
import { sentence } from "../api/problems";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Column } from "../kit/list";
import { query } from "../kit/router";
import { fieldError } from "../kit/states";

interface AuditRecord {
  event_id: string;
  type: string;
  subject: string;
  tenant_id: string;
  actor_id: string | null;
  actor_role: string | null;
  recorded_at: string;
  data_digest: string;
  data: unknown;
}

interface Proof {
  leaf_index: number;
  leaf_hash: string;
  tree_size: number;
  root_hash: string;
  path: string[];
  note: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What has been recorded, narrowed by tenant and type; and the proof that a record is in its tenant's signed tree. */
class PointsRecords extends PageElement {
  private tenant = new URLSearchParams(location.search).get("tenant") ?? "";
  private type = new URLSearchParams(location.search).get("type") ?? "";
  private fault: string | undefined;
  private record: AuditRecord | undefined;
  private proof: Proof | undefined;
  private failure: unknown;

  private readonly columns: Column<AuditRecord>[] = [
    { header: `${t("records.when")} (${t("utc")})`, show: (it) => html`<time datetime=${it.recorded_at}>${timeInUtc(it.recorded_at)}</time>` },
    { header: t("records.type"), show: (it) => it.type },
    { header: t("records.actor"), show: (it) => it.actor_role ?? "–" },
    { header: t("records.tenant"), show: (it) => html`<code>${it.tenant_id}</code>` },
    { header: t("records.proof"), show: (it) => html`<button type="button" class="link" aria-label=${`${t("records.proof")}: ${it.type}, ${timeInUtc(it.recorded_at)}`} @click=${() => void this.prove(it)}>${t("records.proof")}</button>` },
  ];

  private get path(): string {
    const search = new URLSearchParams();
    if (UUID.test(this.tenant)) search.set("tenant_id", this.tenant);
    if (this.type) search.set("type", this.type);
    return `/api/audit/records?${search}`;
  }

  protected override render() {
    return html`<h1>${t("records.title")}</h1>
      <form class="filter" novalidate @submit=${this.filter}>
        <div class="field">
          <label for="tenant">${t("records.filter.tenant")}</label>
          <input id="tenant" size="36" autocomplete="off" .value=${this.tenant} aria-describedby="tenant-error" aria-invalid=${this.fault ? "true" : "false"}>
          ${fieldError("tenant-error", this.fault)}
        </div>
        <div class="field"><label for="type">${t("records.filter.type")}</label><input id="type" autocomplete="off" .value=${this.type}></div>
        <button type="submit">${t("records.filter")}</button>
      </form>
      ${this.record ? this.shown(this.record) : nothing}
      <points-list .path=${this.path} .columns=${this.columns} label=${t("records.title")} empty=${t("records.empty")}></points-list>`;
  }

  private filter(event: Event): void {
    event.preventDefault();
    const value = (id: string) => this.querySelector<HTMLInputElement>(`#${id}`)!.value.trim();
    const tenant = value("tenant");
    this.fault = tenant && !UUID.test(tenant) ? t("records.bad") : undefined;
    if (!this.fault) {
      this.tenant = tenant;
      this.type = value("type");
      query({ tenant: this.tenant, type: this.type });
    }
    this.requestUpdate();
  }

  private async prove(record: AuditRecord): Promise<void> {
    this.record = record;
    this.proof = undefined;
    this.failure = undefined;
    try {
      this.proof = await get<Proof>(`/api/audit/proofs/inclusion?event_id=${record.event_id}`);
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#proof")?.focus();
  }

  private shown(record: AuditRecord) {
    const proof = this.proof;
    return html`<section class="card" aria-labelledby="proof">
      <h2 id="proof" tabindex="-1">${t("records.proof.title")}: ${record.type}</h2>
      ${this.failure ? html`<p class="notice warning" role="alert">${sentence(this.failure)} ${t("records.proof.unsealed")}</p>` : nothing}
      ${proof
        ? html`<p>${t("records.proof.text", { leaf: points(proof.leaf_index), size: points(proof.tree_size) })}</p>
            <pre tabindex="0" aria-label=${t("records.proof.title")}>${proof.note}</pre>
            <ol class="hashes"><li><code>${proof.leaf_hash}</code></li>${proof.path.map((hash) => html`<li><code>${hash}</code></li>`)}<li><code>${proof.root_hash}</code></li></ol>`
        : nothing}
      <details><summary>${t("records.json")}</summary><pre tabindex="0" aria-label=${t("records.json")}>${JSON.stringify(record.data, null, 2)}</pre></details>
    </section>`;
  }
}

define("points-records", PointsRecords);
