import { html, nothing, type TemplateResult } from "lit";
import { call, Problem } from "../api/call";
import { points, pts, typedPoints } from "../i18n/format";
import { type Key, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";

interface Rule {
  id: string;
  of: string;
  roles?: string[] | null;
  members?: string[] | null;
  kinds?: string[] | null;
  per?: string | null;
  points?: number | null;
  awards?: number | null;
  points_above?: number | null;
  then: string;
}

interface Policy {
  revision: number;
  earned: object;
  budgets: object;
  rules: Rule[];
}

interface Check {
  rules: { rule: string; awards: number; points: number }[];
  rules_complete: boolean;
}

/** What is typed for the next rule, and what the rules shall be. */
interface Fields {
  rules: Rule[] | undefined;
  of: string;
  role: string;
  per: string;
  most: string;
}

const EMPTY: Fields = { rules: undefined, of: "giver", role: "all", per: "month", most: "" };
const MOST = 1_000_000_000_000;

const WHOSE: Record<string, Key> = { giver: "rules.giver", award: "rules.award", receiver: "rules.receiver", pair: "rules.pair", tenant: "rules.tenant" };
const WINDOWS: Record<string, Key> = { day: "rules.day", week: "rules.week", month: "rules.month", quarter: "rules.quarter", year: "rules.year" };
const ROLES: Record<string, Key> = { all: "rules.everybody", manager: "rules.managers", lead: "rules.leads" };

const options = (words: Record<string, Key>) => Object.entries(words).map(([value, key]) => ({ value, text: t(key) }));

const word = (words: Record<string, Key>, value: string): string => (words[value] ? t(words[value]) : value);

/** A rule in words. */
function said(rule: Rule): string {
  const most = [
    ...(rule.points_above == null ? [] : [t("rules.atOnce", { most: pts(rule.points_above) })]),
    ...(rule.points == null ? [] : [t("rules.most", { most: pts(rule.points), window: word(WINDOWS, rule.per ?? "") })]),
    ...(rule.awards == null ? [] : [t("rules.most", { most: t("rules.times", { times: points(rule.awards) }), window: word(WINDOWS, rule.per ?? "") })]),
  ];
  return `${word(WHOSE, rule.of)}: ${most.join(", ")}`;
}

/** For whom it holds. */
function holder(rule: Rule): string {
  if (rule.members) return t("rules.members", { number: points(rule.members.length) });
  return (rule.roles ?? ["all"]).map((role) => word(ROLES, role)).join(", ");
}

/** Who may give how much: what a rule would have refused in the last 90 days is shown before it is made. */
class PointsRules extends PageElement {
  private readonly policy = new Query<Policy>(this, () => "/api/policy");
  private readonly sending = new Sending<Policy, Fields>(this, "rules", EMPTY);
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: string | undefined;
  private changedMeanwhile = false;

  protected override render() {
    return html`<h1>${t("rules.title")}</h1>${this.body()}`;
  }

  private body(): TemplateResult {
    const policy = this.policy.data;
    const phase = this.sending.phase;
    if (!policy) return this.policy.failure ? failed(this.policy.failure, () => void this.policy.load()) : loading();
    const problem = phase.name === "editing" && phase.problem?.status !== 412 ? phase.problem : undefined;
    return html`${phase.name === "done" ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("rules.done")}</p>` : nothing}
      ${this.changedMeanwhile ? html`<p class="notice warning" role="alert" tabindex="-1" id="refusal">${t("policy.changedMeanwhile")}</p>` : nothing}
      ${refused(problem, false)}
      ${this.failure instanceof Problem ? refused(this.failure, false) : this.failure ? failed(this.failure, () => void this.look()) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send()) : nothing}
      <p class="muted">${t("rules.text")}</p>
      ${this.checked ? this.review(this.checked, phase.name) : this.form()}`;
  }

  /** As they shall be. */
  private get rules(): Rule[] {
    return this.sending.fields.rules ?? this.policy.data?.rules ?? [];
  }

  private form(): TemplateResult {
    const { of, role, per, most } = this.sending.fields;
    return html`${this.list()}
      <form class="form" novalidate @submit=${this.add}>
        <h2>${t("rules.new")}</h2>
        ${choice("of", t("rules.of"), options(WHOSE), of, (value) => this.edit({ of: value }))}
        ${of === "receiver" || of === "tenant" ? nothing : choice("role", t("rules.for"), options(ROLES), role, (value) => this.edit({ role: value }))}
        ${of === "award" ? nothing : choice("per", t("rules.per"), options(WINDOWS), per, (value) => this.edit({ per: value }))}
        ${field({ id: "most", label: t("rules.points"), value: most, numeric: true, fault: this.fault, set: (value) => this.edit({ most: value }) })}
        <p class="actions">
          <button type="submit">${t("rules.add")}</button>
          <button type="button" id="look" class="primary" ?disabled=${this.looking || !this.sending.fields.rules} @click=${() => void this.look()}>
            ${this.looking ? t("campaign.checking") : t("policy.look")}
          </button>
        </p>
      </form>`;
  }

  private list(): TemplateResult {
    if (!this.rules.length) return empty(t("rules.none"));
    return table(
      t("rules.title"),
      [{ text: t("rules.rule") }, { text: t("rules.for") }, { text: t("rules.remove") }],
      this.rules.map((rule) => [said(rule), holder(rule), html`<button type="button" @click=${() => this.without(rule.id)}>${t("rules.remove")}</button>`]),
    );
  }

  private edit(changes: Partial<Fields>): void {
    this.fault = undefined;
    this.failure = undefined;
    this.changedMeanwhile = false;
    if (this.sending.phase.name === "done") this.sending.reset();
    this.sending.set(changes);
  }

  private without(id: string): void {
    this.edit({ rules: this.rules.filter((rule) => rule.id !== id) });
  }

  private async add(event: Event): Promise<void> {
    event.preventDefault();
    const { of, role, per, most } = this.sending.fields;
    const number = most.trim() === "0" ? 0 : typedPoints(most);
    if (number === undefined || number > MOST) {
      this.fault = t("error.amount");
      return this.attend("#most");
    }
    const rule: Rule = {
      id: this.newId(of === "award" ? "award" : `${of}-${per}`),
      of,
      ...(role === "all" || of === "receiver" || of === "tenant" ? {} : { roles: [role] }),
      ...(of === "award" ? { points_above: number } : { per, points: number }),
      then: "refuse",
    };
    this.edit({ rules: [...this.rules, rule], most: "" });
  }

  /** One that no other rule has. */
  private newId(wanted: string): string {
    const taken = new Set(this.rules.map((rule) => rule.id));
    let id = wanted;
    for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
    return id;
  }

  private asked(): object {
    const { earned, budgets } = this.policy.data!;
    return { earned, budgets, rules: this.rules };
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

  private review(check: Check, phase: string): TemplateResult {
    const refusedBy = new Map(check.rules.map((it) => [it.rule, it]));
    const facts: [string, string][] = this.rules.map((rule) => {
      const would = refusedBy.get(rule.id);
      return [
        `${said(rule)} (${holder(rule)})`,
        t("rules.would", { awards: points(would?.awards ?? 0), amount: pts(would?.points ?? 0) }),
      ];
    });
    return review({
      facts: facts.length ? facts : [[t("rules.title"), t("rules.none")]],
      notes: [t("rules.later"), ...(check.rules_complete ? [] : [t("rules.incomplete")])],
      phase,
      send: t("rules.save"),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    });
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
      if (this.changedMeanwhile) {
        this.sending.set({ rules: undefined });
        await this.policy.load();
      }
    }
    await this.attend("#refusal, #done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("points-rules", PointsRules);
