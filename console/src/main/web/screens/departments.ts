import { html, nothing, type TemplateResult } from "lit";
import "../kit/pending";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, type Option, review } from "../kit/fields";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import type { Distribution } from "../kit/timeline";

interface Fields {
  from: string;
  to: string;
  amount: string;
  reviewing: boolean;
}

/** The departments with what they have to give, and a form that moves points between them. */
class PointsDepartments extends PageElement {
  private readonly departments = new Query<{ items: Department[] }>(this, () => DEPARTMENTS);
  readonly live = new Live(this, () => ["pool"], () => this.departments.load());
  private readonly sending = new Sending<Distribution, Fields>(this, "departments", { from: "", to: "", amount: "", reviewing: false });
  private faults: { to?: string; amount?: string } = {};

  protected override render() {
    return html`<h1>${t("departments.title")}</h1>
      <p class="muted">${t("departments.how")}</p>
      ${this.body()}`;
  }

  private body(): TemplateResult {
    const all = this.departments.data?.items;
    if (!all) return this.departments.failure ? failed(this.departments.failure, () => void this.departments.load()) : loading();
    const add = html`<p class="actions"><a class="button" href="/team/departments/new">${t("departments.add")}</a>
      <a class="button" href="/team/departments/import">${t("departments.import")}</a></p>`;
    if (!all.length) return html`${empty(t("departments.none"))}${add}`;
    return html`${this.tree(all)}${add}
      <h2>${t("departments.move")}</h2>
      ${this.move(all)}`;
  }

  private tree(all: Department[]): TemplateResult {
    const headers = [
      { text: t("departments.name") },
      { text: t("departments.envelope"), number: true },
      { text: t("departments.whole"), number: true },
      { text: t("departments.given"), number: true },
    ];
    const rows = inTree(all)
      // What came back to a closed one can still be taken out.
      .filter(({ department, whole }) => !department.closed || whole > 0)
      .map((it) => [
        html`<a href="/team/departments/${it.department.department_id}" dir="auto">${nameInTree(it)}</a>${it.department.closed ? ` (${t("departments.closed")})` : nothing}`,
        points(it.department.balance),
        points(it.whole),
        points(it.department.given_in_month),
      ]);
    return table(t("departments.title"), headers, rows);
  }

  private move(all: Department[]): TemplateResult {
    const phase = this.sending.phase;
    if (phase.name === "done") return this.done(phase.body, phase.status);
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.sending.fields.reviewing ? this.review(all, phase.name) : this.form(all)}`;
  }

  private form(all: Department[]): TemplateResult {
    const { from, to, amount } = this.sending.fields;
    const none: Option = { value: "", text: t("departments.pool") };
    const options = (some: (it: Department) => boolean): Option[] => [
      none,
      ...inTree(all)
        .filter(({ department }) => some(department))
        .map((it) => ({ value: it.department.department_id, text: `${nameInTree(it)} (${points(it.department.balance)})` })),
    ];
    return html`<form class="form" novalidate @submit=${this.check}>
      ${choice("from", t("departments.from"), options((it) => it.balance > 0), from, (chosen) => this.sending.set({ from: chosen }))}
      ${choice("to", t("departments.to"), options((it) => !it.closed), to, (chosen) => this.sending.set({ to: chosen }))}
      ${this.faults.to ? html`<p class="field-error" role="alert" id="to-error">${this.faults.to}</p>` : nothing}
      ${field({ id: "amount", label: t("award.amount"), value: amount, fault: this.faults.amount, numeric: true, set: (text) => this.sending.set({ amount: text }) })}
      <p><button type="submit" class="primary">${t("award.review")}</button></p>
    </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { from, to, amount } = this.sending.fields;
    this.faults = {
      ...(from === to ? { to: t("departments.same") } : {}),
      ...(typedPoints(amount) ? {} : { amount: t("error.amount") }),
    };
    const faulty = Object.keys(this.faults).length > 0;
    this.sending.set({ reviewing: !faulty });
    await this.updateComplete;
    this.querySelector<HTMLElement>(!faulty ? "#send" : this.faults.to ? "#to" : "#amount")?.focus();
  }

  private name(all: Department[], id: string): string {
    return all.find((it) => it.department_id === id)?.name ?? t("departments.pool");
  }

  private review(all: Department[], phase: string): TemplateResult {
    const { from, to, amount } = this.sending.fields;
    const sum = pts(typedPoints(amount) ?? 0);
    return review({
      facts: [
        [t("departments.from"), this.name(all, from)],
        [t("departments.to"), this.name(all, to)],
        [t("award.amount"), sum],
      ],
      phase,
      send: t("departments.send", { amount: sum }),
      onBack: () => this.sending.set({ reviewing: false }),
      onSend: () => void this.send(),
    });
  }

  private async send(): Promise<void> {
    const { from, to, amount } = this.sending.fields;
    await this.sending.send("/api/allocations/transfer", {
      ...(from ? { from_department_id: from } : {}),
      ...(to ? { to_department_id: to } : {}),
      amount: typedPoints(amount),
    });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.sending.set({ reviewing: false });
    void this.departments.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(transfer: Distribution, status: number): TemplateResult {
    return html`${status === 201
        ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("departments.moved", { amount: pts(transfer.amount) })}</p></div>`
        : html`<points-pending tabindex="-1" id="done" .distributionId=${transfer.distribution_id}></points-pending>`}
      <p class="actions"><button type="button" class="primary" @click=${() => this.sending.reset()}>${t("departments.another")}</button></p>`;
  }
}

define("points-departments", PointsDepartments);
