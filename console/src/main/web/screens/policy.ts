import { html, nothing, type TemplateResult } from "lit";
import { call, Problem } from "../api/call";
import { day, dayOfYear, length, monthOfYear, points, pts, typedPoints } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, field, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";

/** When points lapse, as the service has it. */
interface Expires {
  after?: string | null;
  round?: "day" | "month_end" | null;
  every?: string | null;
  min_days?: number | null;
}

interface Earned {
  expires: Expires | null;
  to: string;
  notice_days: number[];
}

interface Policy {
  revision: number;
  earned: Earned;
}

interface Check {
  policy: Earned;
  award_of_today: string | null;
  awards: number;
  points: number;
  days: { expires_on: string; awards: number; points: number }[];
  complete: boolean;
}

type Rule = "never" | "after" | "every";
type Unit = "D" | "M" | "Y";

interface Fields {
  rule?: Rule;
  number?: string;
  unit?: Unit;
  month?: string;
  day?: string;
}

const UNITS: Record<Unit, "day" | "month" | "year"> = { D: "day", M: "month", Y: "year" };
const MOST: Record<Unit, number> = { D: 3650, M: 120, Y: 10 };

/** How points lapse by that, in a sentence. */
function sentence(expires: Expires | null): string {
  if (expires?.after) {
    const after = t("policy.after", { time: length(Number(expires.after.slice(1, -1)), UNITS[expires.after.slice(-1) as Unit]) });
    return expires.round === "month_end" ? t("policy.after.monthEnd", { after }) : after;
  }
  if (expires?.every) return t("policy.every", { day: dayOfYear(expires.every), time: length(expires.min_days ?? 30, "day") });
  return t("policy.never");
}

/** By which rule earned points lapse: what a change would have done in the last 90 days is shown before it is made. */
class PointsPolicy extends PageElement {
  private readonly policy = new Query<Policy>(this, () => "/api/policy");
  private readonly sending = new Sending<Policy, Fields>(this, "policy", {});
  private looking = false;
  private checked: Check | undefined;
  private failure: unknown;
  private fault: string | undefined;
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
      <p class="muted">${t("policy.text")}</p>
      ${this.checked ? this.review(policy, this.checked, phase.name) : this.form(policy)}`;
  }

  /** What the form says; what was not touched is as it is now. */
  private fields(policy: Policy): Required<Fields> {
    const { expires } = policy.earned;
    const now: Required<Fields> = {
      rule: expires?.after ? "after" : expires?.every ? "every" : "never",
      number: expires?.after ? expires.after.slice(1, -1) : "1",
      unit: (expires?.after?.slice(-1) as Unit | undefined) ?? "Y",
      month: expires?.every?.slice(0, 2) ?? "12",
      day: expires?.every ? String(Number(expires.every.slice(3))) : "31",
    };
    return { ...now, ...this.sending.fields };
  }

  private form(policy: Policy): TemplateResult {
    const { rule, number, unit, month, day: of } = this.fields(policy);
    const rules = (["never", "after", "every"] as const).map((value) => ({ value, text: t(`policy.rule.${value}`) }));
    const units = (["D", "M", "Y"] as const).map((value) => ({ value, text: t(`policy.unit.${value}`) }));
    const months = Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1).padStart(2, "0"), text: monthOfYear(i + 1) }));
    return html`<form class="form" novalidate @submit=${this.check}>
      ${choice("rule", t("policy.rule"), rules, rule, (chosen) => this.edit({ rule: chosen as Rule }))}
      ${rule === "after"
        ? html`${field({ id: "number", label: t("policy.number"), value: number, fault: this.fault, numeric: true, set: (text) => this.edit({ number: text }) })}
            ${choice("unit", t("policy.unit"), units, unit, (chosen) => this.edit({ unit: chosen as Unit }))}`
        : nothing}
      ${rule === "every"
        ? html`${field({ id: "day", label: t("policy.dayOfMonth"), value: of, fault: this.fault, numeric: true, set: (text) => this.edit({ day: text }) })}
            ${choice("month", t("policy.month"), months, month, (chosen) => this.edit({ month: chosen }))}`
        : nothing}
      <p><button type="submit" class="primary" ?disabled=${this.looking}>${this.looking ? t("campaign.checking") : t("policy.look")}</button></p>
    </form>`;
  }

  private edit(changes: Fields): void {
    this.fault = undefined;
    this.failure = undefined;
    this.changedMeanwhile = false;
    if (this.sending.phase.name === "done") this.sending.reset();
    this.sending.set(changes);
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const { rule, number, unit, month, day: of } = this.fields(this.policy.data!);
    const count = typedPoints(number);
    this.fault = undefined;
    if (rule === "after" && !(count && count <= MOST[unit])) this.fault = t("policy.number.fault", { most: points(MOST[unit]) });
    // A leap year: 29 February is a day of the year, too.
    const last = new Date(Date.UTC(2028, Number(month), 0)).getUTCDate();
    if (rule === "every" && !(Number(of) >= 1 && Number(of) <= last)) this.fault = t("policy.day.fault", { last: points(last) });
    if (this.fault) return this.attend(rule === "after" ? "#number" : "#day");
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
    const { rule, number, unit, month, day: of } = this.fields(this.policy.data!);
    const expires = rule === "after" ? { after: `P${typedPoints(number)}${unit}` } : rule === "every" ? { every: `${month}-${String(Number(of)).padStart(2, "0")}` } : null;
    return { earned: { expires } };
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
    if (check.policy.expires) facts.push([t("policy.told"), check.policy.notice_days.map((days) => t("policy.before", { time: length(days, "day") })).join(", ")]);
    return html`${review({
      facts,
      notes: [t("policy.later"), ...(check.complete ? [] : [t("policy.incomplete")])],
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
      : empty(t("policy.nothing"))}`;
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
