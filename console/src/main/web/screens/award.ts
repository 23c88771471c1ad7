import { html, nothing, type TemplateResult } from "lit";
import "../kit/pending";
import "../kit/picker";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { type Giving, GIVING } from "../api/giving";
import { allowanceOf, type Limit, LIMITS } from "../api/limits";
import { type Person, receivers } from "../api/people";
import { has } from "../api/session";
import { day, points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import { level } from "../kit/level";
import { Live } from "../kit/live";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { fieldError, refused, unknown } from "../kit/states";
import type { Distribution } from "../kit/timeline";

interface Fields {
  to: Person | undefined;
  message: string;
  amount: string;
  department: string;
  everybody: boolean;
  /** It is meant, though the same was given shortly before. */
  again: boolean;
  reviewing: boolean;
}

const EMPTY: Fields = { to: undefined, message: "", amount: "", department: "", everybody: true, again: false, reviewing: false };
const LONGEST = 2000;
const LADDER = [50, 100, 250, 500];

type Faults = Partial<Record<"who" | "message" | "amount", string>>;

/** Somebody recognises somebody: who, what for, how much, what it does to the pool or the budget, and then what has become of it. */
class PointsAward extends PageElement {
  private readonly giving = new Query<Giving>(this, () => GIVING);
  private readonly limits = new Query<{ items: Limit[] }>(this, () => {
    const { department } = this.sending.fields;
    return department ? `${LIMITS}?department_id=${department}` : LIMITS;
  });
  private readonly departments = new Query<{ items: Department[] }>(this, () => (has("manager") ? DEPARTMENTS : undefined));
  readonly live = new Live(this, () => ["pool", "wallet"], () => Promise.all([this.giving.load(), this.limits.load(), this.departments.load()]));
  private readonly sending = new Sending<Distribution, Fields>(this, "award", EMPTY);
  private faults: Faults = {};

  protected override render() {
    return html`<h1>${t("award.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const phase = this.sending.phase;
    if (phase.name === "done") return this.done(phase.body, phase.status);
    const nothingLeft = this.nothingLeft();
    if (nothingLeft && phase.name === "editing" && !phase.problem) return nothingLeft;
    return html`${phase.name === "editing" ? refused(phase.problem, true) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      ${this.sending.fields.reviewing ? this.review(phase.name) : this.form()}`;
  }

  /** Why nothing can be given, before anything is typed. */
  private nothingLeft(): TemplateResult | undefined {
    const giving = this.giving.data;
    if (giving?.source === "request" && this.limits.data && !this.allowance) return html`<p class="notice warning" role="status">${t("award.noAllowance")}</p>`;
    if (giving?.level !== "none") return undefined;
    const why = giving.available ? t("team.suspended") : giving.source === "budget" ? t("giving.noBudget") : t("team.empty");
    return html`<p class="notice warning" role="status">${why}</p>`;
  }

  private get allowance(): Limit | undefined {
    return allowanceOf(this.limits.data?.items ?? []);
  }

  private get fromBudget(): boolean {
    return this.giving.data?.source === "budget";
  }

  private get holder(): string {
    return this.chosenDepartment?.name ?? (this.fromBudget ? t("level.budget") : t("award.after"));
  }

  /** What is there to give from: the department's own, or, of a pool with departments, what is in none. */
  private get available(): number | undefined {
    if (this.chosenDepartment) return this.chosenDepartment.balance;
    const all = this.giving.data?.available ?? undefined;
    const inDepartments = (this.departments.data?.items ?? []).reduce((sum, it) => sum + it.balance, 0);
    return all === undefined ? undefined : Math.max(0, all - inDepartments);
  }

  private get amount(): number | undefined {
    return typedPoints(this.sending.fields.amount);
  }

  private form(): TemplateResult {
    const { message, amount, everybody, to, again } = this.sending.fields;
    const { phase } = this.sending;
    const isTwin = again || (phase.name === "editing" && phase.problem?.slug === "duplicate-award");
    return html`<form class="form" novalidate @submit=${this.check}>
      ${this.giving.data ? level(this.giving.data) : nothing}
      ${Object.keys(this.faults).length > 1 ? html`<div class="notice negative" role="alert" tabindex="-1" id="faults"><p>${t("error.summary")}</p></div>` : nothing}
      <points-picker
        label=${t("award.who")}
        hint=${t("award.who.hint")}
        .find=${receivers}
        .chosen=${to}
        .error=${this.faults.who}
        @points-chosen=${(event: CustomEvent<Person | undefined>) => this.sending.set({ to: event.detail })}
      ></points-picker>
      <div class="field">
        <label for="message">${t("award.message")}</label>
        <textarea id="message" rows="3" maxlength=${LONGEST} required aria-describedby="message-hint message-error" aria-invalid=${this.faults.message ? "true" : "false"} .value=${message}
          @input=${(event: Event) => this.sending.set({ message: (event.target as HTMLTextAreaElement).value })}></textarea>
        <p class="muted" id="message-hint">${t("award.message.hint")}</p>
        ${fieldError("message-error", this.faults.message)}
      </div>
      ${this.department()}
      <div class="field">
        <label for="amount">${t("award.amount")}</label>
        <input id="amount" inputmode="numeric" autocomplete="off" required aria-describedby="after amount-error" aria-invalid=${this.faults.amount ? "true" : "false"} .value=${amount}
          @input=${(event: Event) => this.sending.set({ amount: (event.target as HTMLInputElement).value })}>
        <p class="ladder">${LADDER.map((step) => html`<button type="button" @click=${() => this.sending.set({ amount: String(step) })}>${points(step)}</button>`)}</p>
        <p class="muted" id="after">${this.afterwards()}</p>
        ${this.limit()}
        ${fieldError("amount-error", this.faults.amount)}
      </div>
      <label class="check"><input type="checkbox" .checked=${everybody}
        @change=${(event: Event) => this.sending.set({ everybody: (event.target as HTMLInputElement).checked })}> ${t("award.public")}</label>
      ${isTwin
        ? html`<label class="check"><input type="checkbox" id="again" .checked=${again}
            @change=${(event: Event) => this.sending.set({ again: (event.target as HTMLInputElement).checked })}> ${t("award.again")}</label>`
        : nothing}
      <p><button type="submit" class="primary">${t("award.review")}</button></p>
    </form>`;
  }

  /** Out of whose points, where there are departments. */
  private department(): TemplateResult | typeof nothing {
    const open = inTree(this.departments.data?.items ?? []).filter((it) => !it.department.closed);
    if (!open.length) return nothing;
    const options = [
      { value: "", text: t("departments.pool") },
      ...open.map((it) => ({ value: it.department.department_id, text: `${nameInTree(it)} (${points(it.department.balance)})` })),
    ];
    return choice("department", t("award.department"), options, this.sending.fields.department, (chosen) => {
      this.sending.set({ department: chosen });
      void this.limits.load();
    });
  }

  private get chosenDepartment(): Department | undefined {
    return this.departments.data?.items.find((it) => it.department_id === this.sending.fields.department);
  }

  /** What the company's rules leave, by the one that leaves least. */
  private limit(): TemplateResult | typeof nothing {
    const { allowance } = this;
    const limits = (this.limits.data?.items ?? []).filter((it) => it.counts === "points" && it.then !== "alert" && !it.from);
    if (allowance && !this.fromBudget) limits.push(allowance);
    const least = limits.sort((one, other) => one.left - other.left)[0];
    return html`${this.fromBudget && allowance?.left ? html`<p class="muted" id="allowance">${t("award.allowance", { left: pts(allowance.left) })}</p>` : nothing}
      ${least ? this.least(least) : nothing}`;
  }

  private least(least: Limit): TemplateResult {
    const until = day(least.resets_on);
    return html`<p class="muted" id="limit">${least.left > 0 ? t("award.limit", { left: pts(least.left), day: until }) : t("award.limitReached", { day: until })}</p>`;
  }

  /** What the pool or the budget holds before and after. */
  private afterwards(): TemplateResult | typeof nothing {
    const balance = this.available;
    if (balance === undefined) return nothing;
    const amount = this.amount;
    if (!amount) return html`${this.holder}: ${pts(balance)}`;
    if (amount > balance) {
      const values = { balance: pts(balance), amount: pts(amount) };
      return html`${this.chosenDepartment ? t("problem.insufficient-department-balance") : this.fromBudget ? t("giving.tooMany", values) : t("award.tooMany", values)}
        ${balance > 0 ? html`<button type="button" @click=${() => this.sending.set({ amount: String(balance) })}>${t("award.useAll", { balance: pts(balance) })}</button>` : nothing}`;
    }
    return html`${this.holder}: ${points(balance)} → ${pts(balance - amount)}`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { to, message } = this.sending.fields;
    const faults: Faults = {};
    if (!to) faults.who = t("error.who");
    if (!message.trim()) faults.message = t("error.message");
    if (!this.amount) faults.amount = t("error.amount");
    this.faults = faults;
    const faulty = Object.keys(faults).length > 0;
    this.sending.set({ reviewing: !faulty });
    await this.updateComplete;
    if (!faulty) this.querySelector<HTMLElement>("#send")?.focus();
    else if (Object.keys(faults).length > 1) this.querySelector<HTMLElement>("#faults")?.focus();
    else this.querySelector<HTMLElement>(faults.who ? "vaadin-combo-box" : faults.message ? "#message" : "#amount")?.focus();
  }

  private name(): string {
    return this.sending.fields.to?.label ?? t("someone");
  }

  private review(phase: string): TemplateResult {
    const { message, everybody } = this.sending.fields;
    const amount = this.amount ?? 0;
    const balance = this.available;
    const busy = phase !== "editing";
    return html`<section class="card" aria-labelledby="review">
      <h2 id="review">${t("award.confirm")}</h2>
      <dl class="facts">
        <dt>${t("award.who")}</dt><dd dir="auto">${this.name()}</dd>
        <dt>${t("award.amount")}</dt><dd>${pts(amount)}</dd>
        ${this.chosenDepartment ? html`<dt>${t("award.department")}</dt><dd dir="auto">${this.chosenDepartment.name}</dd>` : nothing}
        <dt>${t("award.message")}</dt><dd dir="auto">${message}</dd>
        ${balance === undefined ? nothing : html`<dt>${this.holder}</dt><dd>${points(balance)} → ${pts(balance - amount)}</dd>`}
        ${everybody ? html`<dt></dt><dd>${t("award.public")}</dd>` : nothing}
      </dl>
      <p class="muted">${t("award.noTakingBack")}</p>
      <p class="actions">
        <button type="button" ?disabled=${busy} @click=${() => this.sending.set({ reviewing: false })}>${t("back")}</button>
        <button type="button" id="send" class="primary" ?disabled=${busy} @click=${() => void this.send()}>
          ${phase === "sending" ? t("pending.sending") : t("award.send", { amount: pts(amount), name: this.name() })}
        </button>
      </p>
    </section>`;
  }

  private async send(): Promise<void> {
    const { to, message, everybody, again, department } = this.sending.fields;
    await this.sending.send("/api/recognitions", {
      to_user_id: to?.user_id,
      amount: this.amount,
      message: message.trim(),
      visibility: everybody ? "public" : "private",
      ...(again ? { again } : {}),
      ...(department ? { department_id: department } : {}),
    });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) {
      this.sending.set({ reviewing: false });
      void Promise.all([this.giving.load(), this.departments.load()]);
    }
    await this.updateComplete;
    // Not a button, which a second press of Enter would press.
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }

  private done(distribution: Distribution, status: number): TemplateResult {
    return html`${status === 201
        ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${t("award.arrived", { amount: pts(distribution.amount), name: this.name() })}</p></div>`
        : html`<points-pending tabindex="-1" id="done" .distributionId=${distribution.distribution_id}></points-pending>`}
      <p class="actions">
        <a class="button" href="/d/${distribution.distribution_id}">${t("pending.details")}</a>
        <button type="button" class="primary" @click=${this.another}>${t("award.another")}</button>
      </p>`;
  }

  private another(): void {
    this.sending.reset();
    void this.giving.load();
  }
}

define("points-award", PointsAward);
