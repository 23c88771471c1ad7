import { html, nothing, type TemplateResult } from "lit";
import { getText } from "../api/call";
import { points, timeInUtc } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { Query } from "../kit/query";
import { failed, loading } from "../kit/states";
import { tenantName } from "../kit/tenant";
import type { Proof } from "../verify/record";
import "./record-proof";
import type { AuditRecord } from "./records";

/** A record, and its text as it was answered: that is what was hashed. */
interface Answered {
  record: AuditRecord;
  text: string;
}

async function answered(path: string, signal: AbortSignal): Promise<Answered> {
  const text = await getText(path, signal);
  return { record: JSON.parse(text) as AuditRecord, text };
}

/** One audit record, with the proof that it is in its tenant's signed tree. */
class PointsRecord extends PageElement {
  static override properties = { event: {} };
  declare event: string;
  private readonly record = new Query<Answered>(this, () => `/api/audit/records/${this.event}`, answered);
  private readonly proof = new Query<Proof>(this, () => `/api/audit/proofs/inclusion?event_id=${this.event}`);
  private readonly keys = new Query<{ items: { verifier_key: string }[] }>(this, () => "/api/audit/keys");

  protected override render(): TemplateResult {
    const it = this.record.data?.record;
    return html`<h1>${it?.type ?? t("record.title")}</h1>
      ${it ? this.shown(it) : this.record.failure ? failed(this.record.failure, () => void this.record.load()) : loading()}
      ${it ? this.proven() : nothing}`;
  }

  private shown(it: AuditRecord): TemplateResult {
    const more = (name: string, value: string | null) =>
      value ? html`<a href="/audit/records?${new URLSearchParams({ [name]: value }).toString()}"><code>${value}</code></a>` : "–";
    return html`<dl class="facts">
        <dt>${t("record.event")}</dt><dd><code>${it.event_id}</code></dd>
        <dt>${t("records.tenant")}</dt><dd>${tenantName(it.tenant_id)}</dd>
        <dt>${t("record.subject")}</dt><dd>${more("subject", it.subject)}</dd>
        <dt>${t("records.actor")}</dt><dd>${it.actor_role ?? "–"} ${more("actor", it.actor_id)}</dd>
        <dt>${t("record.trace")}</dt><dd>${more("trace", it.trace_id)}</dd>
        <dt>${t("record.occurred")} (${t("utc")})</dt><dd>${timeInUtc(it.occurred_at)}</dd>
        <dt>${t("records.when")} (${t("utc")})</dt><dd>${timeInUtc(it.recorded_at)}</dd>
        <dt>${t("record.topic")}</dt><dd>${it.topic}</dd>
        <dt>SHA-256</dt><dd><code>${it.data_digest}</code></dd>
      </dl>
      <h2>${t("records.json")}</h2>
      <pre tabindex="0" aria-label=${t("records.json")}>${JSON.stringify(it.data, null, 2)}</pre>`;
  }

  private proven(): TemplateResult {
    const proof = this.proof.data;
    const failure = this.proof.failure ?? this.keys.failure;
    if (failure) return html`<h2>${t("records.proof.title")}</h2>${failed(failure, () => this.again())}<p class="muted">${t("records.proof.unsealed")}</p>`;
    const keys = this.keys.data?.items;
    return html`<h2>${t("records.proof.title")}</h2>
      ${proof && keys
        ? html`<p>${t("records.proof.text", { leaf: points(proof.leaf_index), size: points(proof.tree_size) })}</p>
            <pre tabindex="0" aria-label=${t("records.proof.title")}>${proof.note}</pre>
            <points-record-proof .record=${this.record.data!.text} .proof=${proof} .keys=${keys.map((key) => key.verifier_key)}></points-record-proof>`
        : loading()}`;
  }

  private again(): void {
    void this.proof.load();
    void this.keys.load();
  }
}

define("points-record", PointsRecord);
