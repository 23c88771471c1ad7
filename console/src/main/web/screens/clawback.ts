import { html, nothing, type TemplateResult } from "lit";
import { call, get } from "../api/call";
import { sentence } from "../api/problems";
import { money, month, points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import { type Proposal, when } from "./proposals";
import type { Tenant } from "./tenants";

interface Fields {
  amount: string;
  reason: string;
  /** The tenant's name, if much is taken. */
  name: string;
}

interface Clawback {
  allocation_id: string;
  amount: number;
  balance_after: number;
}

/** What it would do to the pool now. */
interface Check {
  balance_before: number;
  balance_after: number;
  /** Whether somebody else has to agree. */
  two_people: boolean;
  alerts: { kind: string }[];
}

/** What it would do to the bill. */
interface Preview {
  period: string;
  credits: { credited_entry_id: string; invoice_id: string | null; po_number: string | null; points: number; unit_price: string; currency: string; amount: string; charge_class: string | null }[];
  more_credits: number;
  totals: { currency: string; total: string }[];
  uncovered_points: number;
  uncovered_points_text: string;
}

interface Consequences {
  check: Check;
  /** Undefined if billing could not say it. */
  preview: Preview | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LARGE = "large_clawback";

/** A platform's administrator takes points back out of a pool: what it does to the pool and to the bill, before it is done. */
class PointsClawback extends PageElement {
  private readonly tenantId = new URLSearchParams(location.search).get("tenant") ?? "";
  private readonly tenant = new Query<Tenant>(this, () => (UUID.test(this.tenantId) ? `/api/platform/tenants/${this.tenantId}` : undefined));
  private readonly sending = new Sending<Clawback | Proposal, Fields>(this, `clawback:${this.tenantId}`, { amount: "", reason: "", name: "" });
  private faults: Partial<Record<"amount" | "reason" | "name", string>> = {};
  private failure: unknown;
  private looking = false;
  private consequences: Consequences | undefined;

  private get amount(): number | undefined {
    return typedPoints(this.sending.fields.amount);
  }

  protected override render() {
    return html`<h1>${t("clawback.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    if (!UUID.test(this.tenantId)) return html`${empty(t("clawback.nobody"))}<p><a href="/platform/tenants">${t("tenants.title")}</a></p>`;
    const tenant = this.tenant.data;
    const phase = this.sending.phase;
    if (!tenant) return this.tenant.failure ? failed(this.tenant.failure, () => void this.tenant.load()) : loading();
    if (phase.name === "done") return "proposal_id" in phase.body ? this.proposed(phase.body, tenant) : this.receipt(phase.body, tenant);
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.failure ? html`<p class="notice negative" role="alert" tabindex="-1" id="refusal">${sentence(this.failure)}</p>` : nothing}
      ${this.consequences ? this.confirm(tenant, this.consequences, phase.name) : this.form(tenant)}`;
  }

  private form(tenant: Tenant): TemplateResult {
    const { amount, reason } = this.sending.fields;
    const hint = this.amount && this.amount <= tenant.balance ? `${points(tenant.balance)} → ${pts(tenant.balance - this.amount)}` : pts(tenant.balance);
    return html`<p><strong dir="auto">${tenant.name}</strong></p>
      <p class="muted">${t("clawback.intro")}</p>
      ${tenant.balance === 0
        ? empty(t("clawback.nothing"))
        : html`<form class="form" novalidate @submit=${this.look}>
            ${field({ id: "amount", label: t("allocate.points"), hint: `${t("allocate.pool")}: ${hint}`, value: amount, fault: this.faults.amount, numeric: true, set: (text) => this.sending.set({ amount: text }) })}
            <p><button type="button" @click=${() => this.sending.set({ amount: String(tenant.balance) })}>${t("return.all", { balance: pts(tenant.balance) })}</button></p>
            ${field({ id: "reason", label: t("clawback.reason"), hint: t("clawback.reason.hint"), value: reason, fault: this.faults.reason, longest: 2000, set: (text) => this.sending.set({ reason: text }) })}
            <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("loading") : t("allocate.review")}</button></p>
          </form>`}`;
  }

  private asked(): { tenant_id: string; amount: number | undefined; reason: string } {
    return { tenant_id: this.tenantId, amount: this.amount, reason: this.sending.fields.reason.trim() };
  }

  private async look(event: Event): Promise<void> {
    event.preventDefault();
    const tenant = this.tenant.data!;
    this.faults = {};
    this.failure = undefined;
    // Nothing is asked that would certainly be refused.
    if (!this.amount) this.faults.amount = t("error.amount");
    else if (this.amount > tenant.balance) this.faults.amount = t("clawback.tooMany", { balance: pts(tenant.balance) });
    if (!this.sending.fields.reason.trim()) this.faults.reason = t("clawback.noReason");
    const first = Object.keys(this.faults)[0];
    if (!first) await this.ask();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(first ? `#${first}` : "#refusal, #review")?.focus();
  }

  private async ask(): Promise<void> {
    this.looking = true;
    this.requestUpdate();
    try {
      const [answer, preview] = await Promise.all([
        call<Check>("POST", "/api/platform/allocations/clawback/check", { body: this.asked() }),
        get<Preview>(`/api/billing/preview/clawback?tenant_id=${this.tenantId}&points=${this.amount}`).catch(() => undefined),
      ]);
      this.consequences = { check: answer.body, preview };
      this.sending.set({ name: "" });
    } catch (failure) {
      this.failure = failure;
      void this.tenant.load();
    }
    this.looking = false;
  }

  private confirm(tenant: Tenant, { check, preview }: Consequences, phase: string): TemplateResult {
    const amount = this.amount ?? 0;
    const large = check.alerts.some((alert) => alert.kind === LARGE);
    const percent = Math.round((100 * amount) / check.balance_before);
    return html`${preview ? this.credits(preview) : html`<p class="notice warning" role="status">${t("clawback.noPreview")}</p>`}
      ${large
        ? html`<div class="notice warning"><p>${t("clawback.large", { percent })}</p>
            ${field({ id: "name", label: t("clawback.name", { name: tenant.name }), value: this.sending.fields.name, fault: this.faults.name, set: (text) => this.sending.set({ name: text }) })}</div>`
        : nothing}
      ${check.two_people ? html`<div class="notice warning"><p>${t("clawback.two")}</p></div>` : nothing}
      ${review({
        facts: [
          [t("allocate.tenant"), tenant.name],
          [t("allocate.pool"), `${points(check.balance_before)} → ${pts(check.balance_after)}`],
          ...(preview ? [[t("clawback.credited"), this.totals(preview)] as [string, string]] : []),
          [t("clawback.reason"), this.sending.fields.reason],
        ],
        notes: [t("clawback.untouched"), ...check.alerts.filter((alert) => alert.kind !== LARGE).map((alert) => `${t("clawback.alert")} ${alert.kind === "pool_low" ? t("clawback.alert.pool_low") : alert.kind}`)],
        phase,
        send: t(check.two_people ? "clawback.propose" : "clawback.send", { amount: pts(amount) }),
        onBack: () => this.back(),
        onSend: () => void this.send(),
      })}`;
  }

  private totals(preview: Preview): string {
    return preview.totals.map((total) => money(total.total, total.currency)).join(", ") || t("clawback.noCredit");
  }

  private credits(preview: Preview): TemplateResult {
    const headers = [
      { text: t("clawback.invoice") },
      { text: t("tenant.po") },
      { text: t("allocate.points"), number: true },
      { text: t("tenants.price"), number: true },
      { text: t("clawback.credit"), number: true },
      { text: t("clawback.class") },
    ];
    const rows = preview.credits.map((credit) => [
      html`<span dir="auto" title=${credit.credited_entry_id}>${credit.invoice_id ?? "–"}</span>`,
      html`<span dir="auto">${credit.po_number ?? "–"}</span>`,
      points(credit.points),
      money(credit.unit_price, credit.currency),
      money(credit.amount, credit.currency),
      credit.charge_class ? t("clawback.correction") : "–",
    ]);
    return html`<h2>${t("clawback.credits", { month: month(preview.period) })}</h2>
      ${rows.length ? table(t("clawback.credits", { month: month(preview.period) }), headers, rows) : empty(t("clawback.noCredit"))}
      ${preview.more_credits ? html`<p class="muted">${t("clawback.more", { n: points(preview.more_credits) })}</p>` : nothing}
      ${preview.uncovered_points ? html`<p class="notice warning">${t("clawback.uncovered", { points: pts(preview.uncovered_points_text) })}</p>` : nothing}`;
  }

  private back(): void {
    this.consequences = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    const tenant = this.tenant.data!;
    const large = this.consequences?.check.alerts.some((alert) => alert.kind === LARGE);
    this.faults = large && this.sending.fields.name.trim() !== tenant.name.trim() ? { name: t("clawback.otherName") } : {};
    if (this.faults.name) {
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>("#name")?.focus();
      return;
    }
    await this.sending.send("/api/platform/allocations/clawback", this.asked());
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.back();
      void this.tenant.load();
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private proposed(proposal: Proposal, tenant: Tenant): TemplateResult {
    return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("clawback.proposed", { amount: pts(proposal.amount ?? 0), name: tenant.name })}</p></div>
      <dl class="facts"><dt>${t("proposal.until")}</dt><dd>${when(proposal.expires_at)}</dd></dl>
      <p class="actions"><a class="button primary" href="/platform/proposals/${proposal.proposal_id}">${t("proposal.title")}</a></p>`;
  }

  private receipt(clawback: Clawback, tenant: Tenant): TemplateResult {
    return html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("clawback.done", { amount: pts(clawback.amount), name: tenant.name })}</p></div>
      <dl class="facts">
        <dt>${t("kind.clawback")}</dt><dd><code>${clawback.allocation_id}</code></dd>
        <dt>${t("allocate.pool")}</dt><dd>${pts(clawback.balance_after)}</dd>
      </dl>
      <p class="actions"><a class="button primary" href="/platform/tenants/${tenant.tenant_id}" dir="auto">${tenant.name}</a></p>`;
  }
}

define("points-clawback", PointsClawback);
