import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { field, review } from "../kit/fields";
import { Sending } from "../kit/sending";
import { refused, unknown } from "../kit/states";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

interface Fields {
  reason: string;
  /** The tenant's, typed. */
  name: string;
  reviewing: boolean;
}

type Step = "suspend" | "reactivate";

const STEPS: Record<Step, { title: string; from: string; to: string; consequences: string[]; send: string; done: string }> = {
  suspend: {
    title: t("suspend.title"),
    from: t("status.active"),
    to: t("status.suspended"),
    consequences: [t("suspend.stops"), t("suspend.underWay"), t("suspend.stays")],
    send: t("suspend.send"),
    done: t("suspend.done"),
  },
  reactivate: {
    title: t("reactivate.title"),
    from: t("status.suspended"),
    to: t("status.active"),
    consequences: [t("reactivate.starts"), t("reactivate.past")],
    send: t("reactivate.send"),
    done: t("reactivate.done"),
  },
};

/** Suspends a tenant, or ends its suspension: what stops and what goes on is said first. */
class PointsTenantStatus extends TenantForm {
  private readonly sendings: Record<Step, Sending<Contracted, Fields>> = {
    suspend: this.form("suspend"),
    reactivate: this.form("reactivate"),
  };
  private faults: Partial<Record<"reason" | "name", string>> = {};
  private done: string | undefined;

  private form(step: Step): Sending<Contracted, Fields> {
    return new Sending<Contracted, Fields>(this, `${step}:${this.tenantId}`, { reason: "", name: "", reviewing: false });
  }

  private stepFor(tenant: Contracted | undefined): Step {
    return tenant?.status === "suspended" ? "reactivate" : "suspend";
  }

  protected override heading(tenant: Contracted | undefined): string {
    return this.done ? t("tenants.status") : STEPS[this.stepFor(tenant)].title;
  }

  protected override body(tenant: Contracted): TemplateResult {
    if (this.done) return html`<p class="notice positive" role="status" tabindex="-1" id="done">${this.done}</p>`;
    const step = this.stepFor(tenant);
    const sending = this.sendings[step];
    const { phase, fields } = sending;
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(tenant)) : nothing}
      <ul>${STEPS[step].consequences.map((one) => html`<li>${one}</li>`)}</ul>
      ${fields.reviewing ? this.confirm(tenant, step) : this.ask(sending)}`;
  }

  private ask(sending: Sending<Contracted, Fields>): TemplateResult {
    return html`<form class="form" novalidate @submit=${(event: Event) => this.check(event, sending)}>
      ${field({ id: "reason", label: t("clawback.reason"), hint: t("suspend.reason.hint"), value: sending.fields.reason, fault: this.faults.reason, longest: 2000, set: (reason) => sending.set({ reason }) })}
      <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
    </form>`;
  }

  private async check(event: Event, sending: Sending<Contracted, Fields>): Promise<void> {
    event.preventDefault();
    this.faults = sending.fields.reason.trim() ? {} : { reason: t("suspend.noReason") };
    sending.set({ reviewing: !this.faults.reason, name: "" });
    await this.attend(this.faults.reason ? "#reason" : "#name, #send");
  }

  private confirm(tenant: Contracted, step: Step): TemplateResult {
    const sending = this.sendings[step];
    return html`${step === "suspend"
        ? field({ id: "name", label: t("clawback.name", { name: tenant.name }), value: sending.fields.name, fault: this.faults.name, set: (name) => sending.set({ name }) })
        : nothing}
      ${review({
        facts: [
          [t("allocate.tenant"), tenant.name],
          [t("tenants.status"), `${STEPS[step].from} → ${STEPS[step].to}`],
          [t("clawback.reason"), sending.fields.reason],
        ],
        phase: sending.phase.name,
        send: STEPS[step].send,
        onBack: () => sending.set({ reviewing: false }),
        onSend: () => void this.send(tenant),
      })}`;
  }

  private async send(tenant: Contracted): Promise<void> {
    const step = this.stepFor(tenant);
    const sending = this.sendings[step];
    this.faults = step === "suspend" && sending.fields.name.trim() !== tenant.name.trim() ? { name: t("clawback.otherName") } : {};
    if (this.faults.name) return this.attend("#name");
    await sending.send(`/api/platform/tenants/${this.tenantId}/${step}`, { reason: sending.fields.reason.trim() });
    if (sending.phase.name === "done") {
      this.tenant.data = sending.phase.body;
      this.done = STEPS[step].done;
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      sending.set({ reviewing: false });
      void this.tenant.load();
    }
    await this.attend("#refusal, #done");
  }
}

define("points-tenant-status", PointsTenantStatus);
