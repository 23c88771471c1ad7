import { html, nothing, type TemplateResult } from "lit";
import { pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";

const ROUTE = "/api/allocations/pool/low-at";
const MOST = 1_000_000_000_000;

interface Threshold {
  points: number | null;
  usual: number;
  low_at: number;
}

interface Fields {
  most: string | undefined;
}

/** Below how many points the company's pool is low, and a manager's say in it. */
class PointsLowAt extends PageElement {
  private readonly threshold = new Query<Threshold>(this, () => ROUTE);
  private readonly sending = new Sending<Threshold, Fields>(this, "low-at", { most: undefined });
  private fault: string | undefined;

  protected override render(): TemplateResult {
    const it = this.threshold.data;
    const phase = this.sending.phase;
    if (!it) return this.threshold.failure ? failed(this.threshold.failure, () => void this.threshold.load()) : loading();
    return html`<section class="card" aria-labelledby="low-at-title">
      <h2 id="low-at-title">${t("lowAt.title")}</h2>
      ${phase.name === "done" ? html`<p class="notice positive" role="status" tabindex="-1" id="low-at-done">${t("lowAt.done")}</p>` : nothing}
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <p>${it.low_at ? t("lowAt.now", { points: pts(it.low_at) }) : t("lowAt.never")} ${it.usual ? t("lowAt.usual", { points: pts(it.usual) }) : nothing}</p>
      <form class="form" novalidate @submit=${this.save}>
        ${field({ id: "low-at", label: t("lowAt.own"), hint: t("lowAt.hint"), value: this.typed, numeric: true, fault: this.fault, set: (most) => this.edit(most) })}
        <p class="actions"><button type="submit" ?disabled=${phase.name === "sending" || this.sending.fields.most === undefined}>${t("lowAt.save")}</button></p>
      </form>
    </section>`;
  }

  /** As it is typed, or as it is now. */
  private get typed(): string {
    const now = this.threshold.data?.points;
    return this.sending.fields.most ?? (now == null ? "" : String(now));
  }

  private edit(most: string): void {
    this.fault = undefined;
    if (this.sending.phase.name === "done") this.sending.reset();
    this.sending.set({ most });
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const number = this.typed.trim() ? typedPoints(this.typed) : null;
    this.fault = number === undefined || (number !== null && number > MOST) ? t("error.amount") : undefined;
    if (this.fault) return this.attend("#low-at");
    await this.send();
  }

  private async send(): Promise<void> {
    const number = this.typed.trim() ? typedPoints(this.typed) : undefined;
    await this.sending.send(ROUTE, number === undefined ? {} : { points: number }, { method: "PUT" });
    if (this.sending.phase.name === "done") this.threshold.data = this.sending.phase.body;
    await this.attend("#low-at-done, #refusal");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("points-low-at", PointsLowAt);
