import { html, nothing, type TemplateResult } from "lit";
import "../kit/picker";
import { call, Problem } from "../api/call";
import { type Department, DEPARTMENTS, inTree, nameInTree } from "../api/departments";
import { membersCalled } from "../api/people";
import { points, pts, typedPoints } from "../i18n/format";
import { type Key, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import type { Choice } from "../kit/picker";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";

interface Rule {
  id: string;
  of: string;
  roles?: string[] | null;
  members?: string[] | null;
  departments?: string[] | null;
  /** Out of what it lets somebody give, of an allowance: `pool`, or `department:` and its id. */
  from?: string | null;
  kinds?: string[] | null;
  per?: string | null;
  points?: number | null;
  awards?: number | null;
  points_above?: number | null;
  minutes?: number | null;
  share_percent?: number | null;
  min_awards?: number | null;
  alert_at?: number[] | null;
  then: string;
  levels?: number | null;
}

interface Policy {
  revision: number;
  earned: object;
  budgets: object;
  rules: Rule[];
  /** Not of an older version of the service. */
  undo_approval_above?: number | null;
  /** The rules that name a department that is closed. */
  closed_department_rules?: string[];
  /** Nobody else could approve anything. */
  warning?: string;
}

interface Check {
  warning?: string;
  rules: { rule: string; awards: number; points: number; alerts: number }[];
  rules_complete: boolean;
  /** Not of an older version of the service. */
  undos?: number;
  undos_by_two?: number;
}

/** What is typed for the next rule, and what the rules shall be. */
interface Fields {
  rules: Rule[] | undefined;
  of: string;
  /** A role, `all`, or `members`. */
  role: string;
  members: Choice[];
  /** Of what is given out of departments: one, or empty for each; of an allowance, out of which, or empty for the pool. */
  department: string;
  kinds: string;
  per: string;
  /** Points; of twins minutes, of a share percent. */
  most: string;
  awards: string;
  alertAt: string;
  then: string;
  levels: string;
  /** Above how many points taking back takes two people; empty: never. */
  undo: string | undefined;
}

const EMPTY: Fields = {
  rules: undefined,
  of: "giver",
  role: "all",
  members: [],
  department: "",
  kinds: "award",
  per: "month",
  most: "",
  awards: "",
  alertAt: "",
  then: "refuse",
  levels: "1",
  undo: undefined,
};
const MOST = 1_000_000_000_000;
const MOST_MINUTES = 1_440;
const MOST_MEMBERS = 200;

const WHOSE: Record<string, Key> = { giver: "rules.giver", allowance: "rules.allowance", award: "rules.award", receiver: "rules.receiver", pair: "rules.pair", department: "rules.department", tenant: "rules.tenant", twin: "rules.twin", mutual: "rules.mutual", share: "rules.share" };
const WINDOWS: Record<string, Key> = { day: "rules.day", week: "rules.week", month: "rules.month", quarter: "rules.quarter", year: "rules.year" };
const ROLES: Record<string, Key> = { all: "rules.everybody", manager: "rules.managers", lead: "rules.leads", employee: "rules.employees" };
const KINDS: Record<string, Key> = { award: "rules.awards", delegation: "rules.delegations", both: "rules.both" };
const THEN: Record<string, Key> = { refuse: "rules.refuse", approve: "rules.approve", alert: "rules.alert" };
const WOULD: Record<string, Key> = { refuse: "rules.would", approve: "rules.wouldApprove", alert: "rules.wouldPass" };
const OF_DEPARTMENT = "department:";
const MOST_LABEL: Record<string, Key> = { twin: "rules.minutes", share: "rules.sharePercent" };

const options = (words: Record<string, Key>) => Object.entries(words).map(([value, key]) => ({ value, text: t(key) }));

const word = (words: Record<string, Key>, value: string): string => (words[value] ? t(words[value]) : value);

/** The departments that a rule names. */
const namedBy = (rule: Rule): string[] => [...(rule.departments ?? []), ...(rule.from?.startsWith(OF_DEPARTMENT) ? [rule.from.slice(OF_DEPARTMENT.length)] : [])];

/** A rule in words. */
function said(rule: Rule, outOf: string): string {
  const most = [
    ...(rule.minutes == null ? [] : [t("rules.within", { minutes: points(rule.minutes) })]),
    ...(rule.share_percent == null ? [] : [t("rules.ofIt", { percent: points(rule.share_percent), window: word(WINDOWS, rule.per ?? "") })]),
    ...(rule.points_above == null ? [] : [t("rules.atOnce", { most: pts(rule.points_above) })]),
    ...(rule.points == null ? [] : [t("rules.most", { most: pts(rule.points), window: word(WINDOWS, rule.per ?? "") })]),
    ...(rule.awards == null ? [] : [t("rules.most", { most: t("rules.times", { times: points(rule.awards) }), window: word(WINDOWS, rule.per ?? "") })]),
  ];
  const alerts = rule.alert_at ? `; ${t("rules.told", { percents: rule.alert_at.map((percent) => `${points(percent)} %`).join(", ") })}` : "";
  return `${word(WHOSE, rule.from ? "allowance" : rule.of)}${outOf && ` (${outOf})`}: ${most.join(", ")}; ${word(THEN, rule.then)}${alerts}`;
}

/** A whole number as it is typed, 0 included; undefined if it is none, or more than that. */
function typed(text: string, most = MOST): number | undefined {
  const number = text.trim() === "0" ? 0 : typedPoints(text);
  return number === undefined || number > most ? undefined : number;
}

/** Percentages that ascend, with commas in between; undefined if they are none. */
function typedPercents(text: string): number[] | undefined {
  const percents = text.split(",").map((each) => typed(each, 100) ?? 0);
  return percents.length <= 5 && percents.every((percent, i) => percent > (percents[i - 1] ?? 0)) ? percents : undefined;
}

/** Whether it holds whoever gives. */
const isOfAll = (of: string): boolean => of === "department" || of === "tenant";

/** For whom it holds. */
function holder(rule: Rule): string {
  if (rule.members) return t("rules.members", { number: points(rule.members.length) });
  return (rule.roles ?? ["all"]).map((role) => word(ROLES, role)).join(", ");
}

/** Who may give how much: what a rule would have refused in the last 90 days is shown before it is made. */
class PointsRules extends PageElement {
  private readonly policy = new Query<Policy>(this, () => "/api/policy");
  private readonly departments = new Query<{ items: Department[] }>(this, () => DEPARTMENTS);
  private readonly sending = new Sending<Policy, Fields>(this, "rules", EMPTY);
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private faults: { most?: string; awards?: string; alertAt?: string; members?: string } = {};
  private undoFault: string | undefined;
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
      ${policy.warning ? html`<p class="notice warning" id="alone">${t("rules.alone")}</p>` : nothing}
      ${policy.closed_department_rules ? html`<p class="notice warning" id="closed">${t("rules.closedDepartments", { rules: policy.closed_department_rules.join(", ") })}</p>` : nothing}
      ${this.checked ? this.review(this.checked, phase.name) : this.form()}`;
  }

  /** As they shall be. */
  private get rules(): Rule[] {
    return this.sending.fields.rules ?? this.policy.data?.rules ?? [];
  }

  private form(): TemplateResult {
    const { of, per, most, awards, kinds, alertAt, levels } = this.sending.fields;
    const role = this.forWhom;
    const counts = of !== "award" && of !== "twin" && of !== "share";
    return html`${this.list()}
      <form class="form" novalidate @submit=${this.add}>
        <h2>${t("rules.new")}</h2>
        ${choice("of", t("rules.of"), options(WHOSE), of, (value) => this.edit({ of: value }))}
        ${this.department()}
        ${isOfAll(of) ? nothing : choice("role", t("rules.for"), this.holders(), role, (value) => this.edit({ role: value }))}
        ${role === "members" && !isOfAll(of) ? this.members() : nothing}
        ${of === "allowance" ? nothing : choice("kinds", t("rules.kinds"), options(KINDS), kinds, (value) => this.edit({ kinds: value }))}
        ${of === "award" || of === "twin" ? nothing : choice("per", t("rules.per"), options(WINDOWS), per, (value) => this.edit({ per: value }))}
        ${field({ id: "most", label: t(MOST_LABEL[of] ?? "rules.points"), value: most, numeric: true, optional: counts && of !== "allowance", fault: this.faults.most, set: (value) => this.edit({ most: value }) })}
        ${of === "award" || of === "twin"
          ? nothing
          : field({
              id: "awards",
              label: t(of === "share" ? "rules.minAwards" : "rules.mostAwards"),
              value: awards,
              numeric: true,
              optional: true,
              fault: this.faults.awards,
              set: (value) => this.edit({ awards: value }),
            })}
        ${choice("then", t("rules.then"), this.thens(), this.then, (value) => this.edit({ then: value }))}
        ${this.then === "approve" ? choice("levels", t("rules.levels"), ["1", "2", "3"].map((value) => ({ value, text: value })), levels, (value) => this.edit({ levels: value })) : nothing}
        ${counts
          ? field({ id: "alert-at", label: t("rules.alertAt"), hint: t("rules.alertAt.hint"), value: alertAt, optional: true, fault: this.faults.alertAt, set: (value) => this.edit({ alertAt: value }) })
          : nothing}
        <p class="actions">
          <button type="submit">${t("rules.add")}</button>
        </p>
      </form>
      ${this.ofUndos()}
      <p class="actions">
        <button type="button" id="look" class="primary" ?disabled=${this.looking || !this.isChanged} @click=${() => void this.preview()}>
          ${this.looking ? t("campaign.checking") : t("policy.look")}
        </button>
      </p>`;
  }

  /** Which department is meant, where there are some. */
  private department(): TemplateResult | typeof nothing {
    const { of, department } = this.sending.fields;
    const open = inTree(this.departments.data?.items ?? []).filter((it) => !it.department.closed);
    if ((of !== "department" && of !== "allowance") || !open.length) return nothing;
    const options = [
      { value: "", text: t(of === "department" ? "rules.eachDepartment" : "departments.pool") },
      ...open.map((it) => ({ value: it.department.department_id, text: nameInTree(it) })),
    ];
    return choice("department", t(of === "department" ? "award.department" : "rules.outOf"), options, department, (chosen) => this.edit({ department: chosen }));
  }

  /** A rule in words, with the names of its departments. */
  private said(rule: Rule): string {
    const all = this.departments.data?.items ?? [];
    return said(rule, namedBy(rule).map((id) => all.find((it) => it.department_id === id)?.name ?? id).join(", "));
  }

  /** When taking back takes two people. */
  private ofUndos(): TemplateResult {
    return html`<h2>${t("rules.undo")}</h2>
      ${field({ id: "undo", label: t("rules.undo.above"), hint: t("rules.undo.hint"), value: this.undo, numeric: true, fault: this.undoFault, set: (undo) => this.edit({ undo }) })}`;
  }

  /** As it is typed, or as it is now. */
  private get undo(): string {
    const now = this.policy.data?.undo_approval_above;
    return this.sending.fields.undo ?? (now == null ? "" : String(now));
  }

  private get isChanged(): boolean {
    return this.sending.fields.rules !== undefined || this.sending.fields.undo !== undefined;
  }

  /** Null: never; undefined: that is no number of points. */
  private get undoAbove(): number | null | undefined {
    const typed = this.undo.trim();
    if (!typed) return null;
    const number = typed === "0" ? 0 : typedPoints(typed);
    return number === undefined || number > MOST ? undefined : number;
  }

  private holders() {
    const { of } = this.sending.fields;
    const { all, ...roles } = ROLES;
    const { manager: _, ...others } = roles;
    const some = options(of === "receiver" ? { all: all! } : of === "allowance" ? others : ROLES);
    return [...some, { value: "members", text: t("rules.someMembers") }];
  }

  /** What can become of more by this kind of rule. */
  private thens() {
    const { of } = this.sending.fields;
    if (of === "allowance") return options({ refuse: THEN.refuse! });
    return options(THEN).filter(({ value }) => (of === "mutual" || of === "share" ? value === "alert" : of !== "award" || value !== "alert"));
  }

  private get then(): string {
    const { then } = this.sending.fields;
    const possible = this.thens();
    return possible.some(({ value }) => value === then) ? then : possible[0]!.value;
  }

  private get forWhom(): string {
    const { of, role } = this.sending.fields;
    const possible = this.holders();
    return possible.some(({ value }) => value === role) ? role : of === "allowance" ? "employee" : possible[0]!.value;
  }

  private members(): TemplateResult {
    const { members } = this.sending.fields;
    return html`<points-picker label=${t("rules.member")} hint=${t("rules.member.hint")} .find=${membersCalled} .error=${this.faults.members}
        @points-chosen=${(event: CustomEvent<Choice | undefined>) => this.choose(event.detail)}></points-picker>
      <ul>
        ${members.map(
          (one) => html`<li><span dir="auto">${one.label}</span>
            <button type="button" class="link" aria-label=${`${t("rules.remove")}: ${one.label}`} @click=${() => this.edit({ members: members.filter(({ id }) => id !== one.id) })}>${t("rules.remove")}</button></li>`,
        )}
      </ul>`;
  }

  private choose(one: Choice | undefined): void {
    const { members } = this.sending.fields;
    if (one && members.length < MOST_MEMBERS && !members.some(({ id }) => id === one.id)) this.edit({ members: [...members, { id: one.id, label: one.label }] });
  }

  private list(): TemplateResult {
    if (!this.rules.length) return empty(t("rules.none"));
    return table(
      t("rules.title"),
      [{ text: t("rules.rule") }, { text: t("rules.for") }, { text: t("rules.remove") }],
      this.rules.map((rule) => [this.said(rule), holder(rule), html`<button type="button" @click=${() => this.without(rule.id)}>${t("rules.remove")}</button>`]),
    );
  }

  private edit(changes: Partial<Fields>): void {
    this.faults = {};
    this.undoFault = undefined;
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
    const { of, per, kinds, levels, department } = this.sending.fields;
    const figures = this.figures();
    if (Object.keys(this.faults).length) return this.attend("[aria-invalid=true], vaadin-combo-box[invalid]");
    const rule: Rule = {
      id: this.newId(of === "award" || of === "twin" ? of : `${of}-${per}`),
      ...(of === "allowance" ? { of: "giver", from: department ? `${OF_DEPARTMENT}${department}` : "pool" } : { of }),
      ...(of === "department" && department ? { departments: [department] } : {}),
      ...this.holds(),
      ...(kinds === "award" || of === "allowance" ? {} : { kinds: kinds === "both" ? ["award", "delegation"] : [kinds] }),
      ...(of === "award" || of === "twin" ? {} : { per }),
      ...figures,
      then: this.then,
      ...(this.then === "approve" ? { levels: Number(levels) } : {}),
    };
    this.edit({ rules: [...this.rules, rule], most: "", awards: "", alertAt: "", members: [], department: "" });
  }

  /** For whom it is to hold. */
  private holds(): Partial<Rule> {
    const { of, members } = this.sending.fields;
    const role = this.forWhom;
    if (isOfAll(of) || role === "all") return {};
    if (role !== "members") return of === "receiver" ? {} : { roles: [role] };
    return { members: members.map(({ id }) => id) };
  }

  /** What is typed, or what is wrong with it. */
  private figures(): Partial<Rule> {
    const { of, members, most, awards, alertAt } = this.sending.fields;
    const role = this.forWhom;
    const faults: typeof this.faults = {};
    if (!isOfAll(of) && role === "members" && !members.length) faults.members = t("error.who");
    const counts = of !== "award" && of !== "twin" && of !== "share";
    const number = typed(most, of === "twin" ? MOST_MINUTES : of === "share" ? 99 : MOST);
    const times = typed(awards);
    const percents = alertAt.trim() ? typedPercents(alertAt) : undefined;
    if (counts ? most.trim() !== "" && number === undefined : number === undefined || (number === 0 && of !== "award")) faults.most = t("error.amount");
    if (counts && !most.trim() && (of === "allowance" || !awards.trim())) faults.most = t("error.amount");
    if (awards.trim() && (times === undefined || (of === "share" && times === 0))) faults.awards = t("error.amount");
    if (alertAt.trim() && !percents) faults.alertAt = t("rules.alertAt.hint");
    this.faults = faults;
    const figures = {
      award: { points_above: number },
      twin: { minutes: number },
      share: { share_percent: number, min_awards: times },
      counted: { points: number, awards: times, alert_at: percents },
    }[of === "award" || of === "twin" || of === "share" ? of : "counted"];
    return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
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
    return { earned, budgets, rules: this.rules, ...(this.undoAbove == null ? {} : { undo_approval_above: this.undoAbove }) };
  }

  private async preview(): Promise<void> {
    this.undoFault = this.undoAbove === undefined ? t("error.amount") : undefined;
    if (this.undoFault) return this.attend("#undo");
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

  private review(check: Check, phase: string): TemplateResult {
    const refusedBy = new Map(check.rules.map((it) => [it.rule, it]));
    const facts: [string, string][] = this.rules.map((rule) => {
      const would = refusedBy.get(rule.id);
      return [
        `${this.said(rule)} (${holder(rule)})`,
        [
          t(WOULD[rule.then] ?? "rules.would", { awards: points(would?.awards ?? 0), amount: pts(would?.points ?? 0) }),
          ...(rule.then === "alert" || rule.alert_at ? [t("rules.wouldTell", { alerts: points(would?.alerts ?? 0) })] : []),
        ].join(" "),
      ];
    });
    return review({
      facts: [...(facts.length ? facts : [[t("rules.title"), t("rules.none")] as [string, string]]), [t("rules.undo"), this.undos(check)]],
      notes: [t("rules.later"), ...(check.rules_complete ? [] : [t("rules.incomplete")]), ...(check.warning ? [t("rules.alone")] : [])],
      phase,
      send: t("rules.save"),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    });
  }

  private undos({ undos, undos_by_two }: Check): string {
    if (this.undoAbove == null) return t("rules.undo.never");
    const from = t("rules.undo.from", { most: pts(this.undoAbove) });
    return undos === undefined ? from : `${from}. ${t("rules.undo.would", { undos: points(undos), two: points(undos_by_two ?? 0) })}`;
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
        this.sending.set({ rules: undefined, undo: undefined });
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
