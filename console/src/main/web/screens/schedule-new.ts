import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { review } from "../kit/fields";
import { Query } from "../kit/query";
import { go } from "../kit/router";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import { asked, EMPTY, facts, type Faults, faultsOf, type ScheduleFields, scheduleFields } from "./schedule-form";
import type { Schedule } from "./schedules";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

type Fields = ScheduleFields & { reviewing: boolean };

/** A schedule is made for a tenant: what it will do is said first, and by which contract and whose days. */
class PointsScheduleNew extends TenantForm {
  private readonly settings = new Query<{ time_zone: string }>(this, () => this.tenantId && `/api/platform/tenants/${this.tenantId}/settings`);
  private readonly sending = new Sending<Schedule, Fields>(this, `schedule:${this.tenantId}`, { ...EMPTY, reviewing: false });
  private faults: Faults = {};

  protected override heading(): string {
    return t("schedules.new");
  }

  protected override body(tenant: Contracted): TemplateResult {
    const { phase, fields } = this.sending;
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(tenant)) : nothing}
      ${fields.reviewing ? this.confirm(tenant, phase.name) : this.form()}`;
  }

  private form(): TemplateResult {
    const zone = this.settings.data?.time_zone;
    return html`<p class="muted">${zone ? t("schedule.zone", { zone }) : nothing}</p>
      <form class="form" novalidate @submit=${this.check}>
        ${scheduleFields(this.sending.fields, this.faults, (changes) => this.sending.set(changes))}
        <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
      </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.faults = faultsOf(this.sending.fields);
    const first = Object.keys(this.faults)[0];
    this.sending.set({ reviewing: !first });
    await this.attend(`#${first ?? "send"}`);
  }

  private confirm(tenant: Contracted, phase: string): TemplateResult {
    return review({
      facts: [[t("allocate.tenant"), tenant.name], ...facts(this.sending.fields)],
      notes: [t("schedule.price", { currency: tenant.currency }), t("schedule.once")],
      phase,
      send: t("schedule.send"),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(tenant),
    });
  }

  private async send(tenant: Contracted): Promise<void> {
    await this.sending.send("/api/platform/schedules", { tenant_id: tenant.tenant_id, ...asked(this.sending.fields, tenant.currency) });
    const phase = this.sending.phase;
    if (phase.name === "done") {
      this.sending.reset();
      return go(`/platform/schedules/${phase.body.schedule_id}`);
    }
    if (phase.name === "editing" && phase.problem) this.sending.set({ reviewing: false });
    await this.attend("#refusal");
  }
}

define("points-schedule-new", PointsScheduleNew);
