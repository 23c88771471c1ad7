import { html, nothing, type TemplateResult } from "lit";
import { call, Problem } from "../api/call";
import type { Expiring, Stats } from "../api/stats";
import { day, length, points, pts } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import { expiringPoints } from "./expiring";
import { type Expires, expiresOf, faultOf, fieldsOf, type RuleFields, ruleFields, sentence } from "./expiry-rule";

interface Earned {
  expires: Expires | null;
  to: string;
  notice_days: number[];
}

/** Where points go that have lapsed. */
interface Destination {
  to: string;
}

/** What leads have to give on. */
interface Budgets {
  expires: Expires | null;
  to: string;
}

interface Policy {
  revision: number;
  earned: Earned;
  /** Not of an older version of the service. */
  budgets?: Budgets;
  undo_approval_above?: number | null;
}

/** What is typed of one of them. */
type Typed = Partial<RuleFields & Destination>;

interface Typing {
  earned?: Typed;
  budgets?: Typed;
}

type Account = keyof Typing;

interface Check {
  policy: Earned;
  award_of_today: string | null;
  awards: number;
  points: number;
  days: { expires_on: string; awards: number; points: number }[];
  complete: boolean;
  /** Not of an older version of the service. */
  budgets?: {
    policy: Budgets;
    delegation_of_today: string | null;
    delegations: number;
    points: number;
    days: { expires_on: string; delegations: number; points: number }[];
    complete: boolean;
  };
}

const destination = (to: string): string => t(to === "pool" ? "policy.to.pool" : "policy.to.nowhere");

const DESTINATIONS = ["nowhere", "pool"].map((value) => ({ value, text: destination(value) }));

/** The ids of the fields of budgets begin with it. */
const BUDGETS = "budgets-";

/** By which rules earned points and budgets lapse: what a change would have done in the last 90 days is shown before it is made. */
class PointsPolicy extends PageElement {
  private readonly policy = new Query<Policy>(this, () => "/api/policy");
  private readonly stats = new Query<Stats>(this, () => "/api/allocations/stats");
  private readonly wallets = new Query<{ days: Expiring[]; budgets: Expiring[] }>(this, () => "/api/wallets/expiring");
  private readonly sending = new Sending<Policy, Typing>(this, "policy", {});
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: { of: Account; text: string } | undefined;
  private changedMeanwhile = false;

  protected override render() {
    return html`<h1>${t("policy.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const policy = this.policy.data;
    const phase = this.sending.phase;
    if (!policy) return this.policy.failure ? failed(this.policy.failure, () => void this.policy.load()) : loading();
    const problem = phase.name === "editing" && phase.problem?.status !== 412 ? phase.problem : undefined;
    return html`${phase.name === "done" ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("policy.done")}</p>` : nothing}
      ${this.changedMeanwhile ? html`<p class="notice warning" role="alert" tabindex="-1" id="refusal">${t("policy.changedMeanwhile")}</p>` : nothing}
      ${refused(problem, false)}
      ${this.failure instanceof Problem ? refused(this.failure, false) : this.failure ? failed(this.failure, () => void this.look()) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <p>${t("policy.now")} <strong>${sentence(policy.earned.expires)}</strong></p>
      ${policy.budgets ? html`<p>${t("policy.budgets.now")} <strong>${sentence(policy.budgets.expires)}</strong></p>` : nothing}
      <p class="muted">${t("policy.text")}</p>
      ${this.checked ? this.review(policy, this.checked, phase.name) : html`${this.form(policy)}${this.whatLapses()}`}`;
  }

  /** Of the pool, whose days the platform's administrators say, and of what people have. */
  private whatLapses(): TemplateResult {
    return html`${this.stats.data ? expiringPoints(this.stats.data.expiring) : this.stats.failure ? failed(this.stats.failure, () => void this.stats.load()) : nothing}${this.ofWallets()}`;
  }

  private ofWallets(): TemplateResult | typeof nothing {
    if (!this.wallets.data) return this.wallets.failure ? failed(this.wallets.failure, () => void this.wallets.load()) : nothing;
    const { days, budgets } = this.wallets.data;
    return html`${expiringPoints(days, t("expiring.earned.title"), t("expiring.earned.text"))}${expiringPoints(budgets, t("expiring.budgets.title"), t("expiring.budgets.text"))}`;
  }

  /** What the form says; what was not touched is as it is now. */
  private fields(policy: Policy, of: Account): RuleFields & Destination {
    const now = policy[of] ?? { expires: null, to: "pool" };
    return { ...fieldsOf(now.expires), to: now.to, ...this.sending.fields[of] };
  }

  private form(policy: Policy): TemplateResult {
    return html`<form class="form" novalidate @submit=${this.check}>
      ${this.rule(policy, "earned", t("policy.rule"), t("policy.to"), "")}
      ${policy.budgets ? this.rule(policy, "budgets", t("policy.budgets"), t("policy.budgets.to"), BUDGETS) : nothing}
      <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("policy.look")}</button></p>
    </form>`;
  }

  private rule(policy: Policy, of: Account, label: string, to: string, ids: string): TemplateResult {
    const fields = this.fields(policy, of);
    const fault = this.fault?.of === of ? this.fault.text : undefined;
    return html`${ruleFields(label, fields, fault, (changes) => this.edit(of, changes), ids)}
      ${fields.rule !== "never" ? choice(`${ids}to`, to, DESTINATIONS, fields.to, (chosen) => this.edit(of, { to: chosen })) : nothing}`;
  }

  private edit(of: Account, changes: Typed): void {
    this.fault = undefined;
    this.failure = undefined;
    this.changedMeanwhile = false;
    if (this.sending.phase.name === "done") this.sending.reset();
    this.sending.set({ [of]: { ...this.sending.fields[of], ...changes } });
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    for (const of of ["earned", "budgets"] as const) {
      const wrong = faultOf(this.fields(this.policy.data!, of));
      this.fault = wrong && { of, text: wrong.fault };
      if (wrong) return this.attend(`#${of === "budgets" ? BUDGETS : ""}${wrong.at}`);
    }
    await this.look();
  }

  private async look(): Promise<void> {
    this.failure = undefined;
    this.looking = true;
    this.requestUpdate();
    try {
      this.checked = (await call<Check>("POST", "/api/policy/check", { body: this.asked() })).body;
    } catch (failure) {
      this.failure = failure;
    }
    this.looking = false;
    await this.attend("#send, #refusal");
  }

  private asked(): object {
    const policy = this.policy.data!;
    const rule = (of: Account) => {
      const fields = this.fields(policy, of);
      return { expires: expiresOf(fields), to: fields.to };
    };
    return { earned: rule("earned"), ...(policy.budgets ? { budgets: rule("budgets") } : {}), ...(policy.undo_approval_above == null ? {} : { undo_approval_above: policy.undo_approval_above }) };
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  private review(policy: Policy, check: Check, phase: string): TemplateResult {
    const facts: [string, string][] = [
      [t("policy.points"), `${sentence(policy.earned.expires)} → ${sentence(check.policy.expires)}`],
      [t("policy.today"), check.award_of_today ? day(check.award_of_today) : t("policy.forever")],
      [t("policy.would"), t("policy.lapsed", { amount: pts(check.points), awards: points(check.awards) })],
    ];
    if (check.policy.expires) facts.push([t("policy.to"), destination(check.policy.to)], [t("policy.told"), check.policy.notice_days.map((days) => t("policy.before", { time: length(days, "day") })).join(", ")]);
    const budgets = policy.budgets && check.budgets;
    if (policy.budgets && budgets) {
      facts.push(
        [t("policy.budgets.points"), `${sentence(policy.budgets.expires)} → ${sentence(budgets.policy.expires)}`],
        [t("policy.budgets.today"), budgets.delegation_of_today ? day(budgets.delegation_of_today) : t("policy.forever")],
        [t("policy.budgets.would"), t("policy.budgets.lapsed", { amount: pts(budgets.points), delegations: points(budgets.delegations) })],
      );
      if (budgets.policy.expires) facts.push([t("policy.budgets.to"), destination(budgets.policy.to)]);
    }
    return html`${review({
      facts,
      notes: [t("policy.later"), ...(check.complete && budgets?.complete !== false ? [] : [t("policy.incomplete")])],
      phase,
      send: t("policy.save"),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    })}
    <h2>${t("policy.days")}</h2>
    ${check.days.length
      ? table(
          t("policy.days"),
          [{ text: t("policy.lastDay") }, { text: t("policy.awards"), number: true }, { text: t("d.amount"), number: true }],
          check.days.map((it) => [day(it.expires_on), points(it.awards), points(it.points)]),
        )
      : empty(t("policy.nothing"))}
    ${budgets?.days.length
      ? html`<h2>${t("policy.budgets.days")}</h2>
          ${table(
            t("policy.budgets.days"),
            [{ text: t("policy.lastDay") }, { text: t("policy.budgets.delegations"), number: true }, { text: t("d.amount"), number: true }],
            budgets.days.map((it) => [day(it.expires_on), points(it.delegations), points(it.points)]),
          )}`
      : nothing}`;
  }

  private back(): void {
    this.checked = undefined;
    this.requestUpdate();
  }

  private async send(): Promise<void> {
    this.changedMeanwhile = false;
    await this.sending.send("/api/policy", this.asked(), { method: "PUT", revision: this.policy.data!.revision });
    const phase = this.sending.phase;
    if (phase.name === "done") {
      this.policy.data = phase.body;
      this.checked = undefined;
    } else if (phase.name === "editing" && phase.problem) {
      this.checked = undefined;
      this.changedMeanwhile = phase.problem.status === 412;
      if (this.changedMeanwhile) await this.policy.load();
    }
    await this.attend("#refusal, #done");
  }
}

define("points-policy", PointsPolicy);
