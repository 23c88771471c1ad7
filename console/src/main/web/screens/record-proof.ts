import { html, type TemplateResult } from "lit";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { failed, loading } from "../kit/states";
import { base64 } from "../verify/bytes";
import { type Checked, checkRecord, type Proof } from "../verify/record";

/** What each comparison says: if both are the same, and if not. */
const TEXTS = {
  data: ["proof.data.good", "proof.data.bad"],
  leaf: ["proof.leaf.good", "proof.leaf.bad"],
  root: ["proof.root.good", "proof.root.bad"],
  checkpoint: ["proof.checkpoint.good", "proof.checkpoint.bad"],
  signature: ["proof.signature.good", "proof.signature.bad"],
} as const;

/** The proof that a record is in its tenant's signed tree, recomputed here step by step. */
class PointsRecordProof extends PageElement {
  static override properties = { record: { attribute: false }, proof: { attribute: false }, keys: { attribute: false } };
  /** As the route answered it. */
  declare record: string;
  declare proof: Proof;
  /** The published ones. */
  declare keys: string[];
  private checked: Checked | undefined;
  private failure: unknown;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.size) void this.check();
  }

  private async check(): Promise<void> {
    const { record, proof, keys } = this;
    try {
      const checked = await checkRecord(record, proof, keys);
      if (record !== this.record || proof !== this.proof || keys !== this.keys) return;
      this.checked = checked;
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    if (this.failure) return failed(this.failure, () => void this.check());
    if (!this.checked) return loading();
    const { compared, steps } = this.checked;
    const good = compared.every((one) => one.good);
    return html`<p class="notice ${good ? "positive" : "negative"}" role="status">${good ? t("proof.good") : t("proof.bad")}</p>
      <ul class="checks">
        ${compared.map(
          (one) => html`<li class=${one.good ? "positive" : "negative"}>
            <strong>${one.good ? "✓" : "✗"} ${t(TEXTS[one.name][one.good ? 0 : 1])}</strong>
            <dl class="facts"><dt>${t("proof.computed")}</dt><dd><code>${one.computed || "–"}</code></dd><dt>${t("proof.stated")}</dt><dd><code>${one.stated || "–"}</code></dd></dl>
          </li>`,
        )}
      </ul>
      <h3>${t("proof.path")}</h3>
      <p class="muted">${t("proof.path.text", { n: points(steps.length) })}</p>
      <ol class="hashes">
        <li>${t("proof.leaf")} <code>${compared[1]!.computed}</code></li>
        ${steps.map(
          (step, at) => html`<li>${step.left ? t("proof.left") : t("proof.right")} <code>${base64(step.beside)}</code>
            <br>${at === steps.length - 1 ? t("proof.root") : t("proof.above")} <code>${base64(step.hash)}</code></li>`,
        )}
      </ol>
      <p class="muted">${t("proof.keys")} <a href="/audit/verify">${t("verify.title")}</a></p>`;
  }
}

define("points-record-proof", PointsRecordProof);
