import { html, nothing, type TemplateResult } from "lit";
import { pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "./element";
import { field } from "./fields";
import { Query } from "./query";
import { Sending } from "./sending";
import { failed, refused, unknown } from "./states";

interface Settings {
  revision: number;
  time_zone: string;
  pool_expires: object | null;
  approve_allocations_above: number | null;
}

/** Above how many points an allocation takes a second administrator; nothing typed: none does. */
class PointsThreshold extends PageElement {
  static override properties = { tenantId: {} };
  declare tenantId: string;
  private readonly settings = new Query<Settings>(this, () => this.path);
  private sending: Sending<Settings, { above: string }> | undefined;
  private fault: string | undefined;

  private get path(): string {
    return `/api/platform/tenants/${this.tenantId}/settings`;
  }

  override willUpdate(): void {
    this.sending ??= new Sending<Settings, { above: string }>(this, `threshold:${this.tenantId}`, { above: "" });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, fields } = this.sending!;
    const settings = this.settings.data;
    if (this.settings.failure) return failed(this.settings.failure, () => void this.settings.load());
    if (!settings) return nothing;
    const now = settings.approve_allocations_above;
    return html`<section class="card" aria-labelledby="large">
      <h2 id="large">${t("threshold.title")}</h2>
      ${phase.name === "done" ? html`<p class="notice positive" role="status" tabindex="-1" id="threshold-done">${now === null ? t("threshold.none") : t("threshold.now", { above: pts(now) })}</p>` : nothing}
      ${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <form class="form" novalidate @submit=${this.check}>
        ${field({
          id: "above",
          label: t("threshold.above"),
          hint: now === null ? t("threshold.none") : t("threshold.now", { above: pts(now) }),
          value: fields.above,
          fault: this.fault,
          numeric: true,
          optional: true,
          set: (above) => this.sending!.set({ above }),
        })}
        <p class="actions"><button type="submit" ?disabled=${phase.name === "sending" || !navigator.onLine}>${fields.above.trim() ? t("threshold.send") : t("threshold.remove")}</button></p>
      </form>
    </section>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const above = this.sending!.fields.above.trim();
    this.fault = above && above !== "0" && !typedPoints(above) ? t("error.amount") : undefined;
    if (this.fault) return this.attend("#above");
    await this.send();
  }

  /** The settings as a whole: the others stay. */
  private async send(): Promise<void> {
    const { revision, time_zone, pool_expires } = this.settings.data!;
    const above = this.sending!.fields.above.trim();
    const approve_allocations_above = above === "" ? null : above === "0" ? 0 : typedPoints(above);
    await this.sending!.send(this.path, { time_zone, pool_expires, approve_allocations_above }, { method: "PUT", revision });
    const phase = this.sending!.phase;
    if (phase.name === "done") {
      this.settings.data = phase.body;
      this.sending!.set({ above: "" });
    } else if (phase.name === "editing" && phase.problem) {
      await this.settings.load();
    }
    await this.attend("#refusal, #threshold-done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("points-threshold", PointsThreshold);
