import { html, nothing, type TemplateResult } from "lit";
import "../kit/list";
import { call } from "../api/call";
import { exactly, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { review } from "../kit/fields";
import type { Column, PointsList } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { table } from "../kit/table";
import { tenantName } from "../kit/tenant";
import { asked, facts, type Faults, faultsOf, fieldsOf, lasting, type ScheduleFields, scheduleFields, when } from "./schedule-form";
import { doing, type Schedule } from "./schedules";

interface Run {
  period: string;
  attempt: number;
  outcome: string;
  reason: string | null;
  amount: number | null;
  due_at: string;
  created_at: string;
}

interface Preview {
  items: { period: string; due_at: string }[];
}

type Step = "pause" | "resume" | "end";

interface Fields {
  /** What is typed to change it; nothing while nothing is changed. */
  change: ScheduleFields | undefined;
  reviewing: boolean;
}

/** One schedule: what it does, when it does so next, and what became of each period. */
class PointsSchedule extends PageElement {
  static override properties = { scheduleId: {} };
  declare scheduleId: string;

  private readonly schedule = new Query<Schedule>(this, () => `/api/platform/schedules/${this.scheduleId}`);
  private readonly preview = new Query<Preview>(
    this,
    () => `/api/platform/schedules/${this.scheduleId}/preview?periods=6`,
    async (path, signal) => (await call<Preview>("POST", path, { signal })).body,
  );
  private changing!: Sending<Schedule, Fields>;
  private stepping!: Sending<Schedule, { step: Step | "" }>;
  private retrying!: Sending<Run, { period: string }>;
  private faults: Faults = {};
  private told: string | undefined;

  override connectedCallback(): void {
    this.changing = new Sending<Schedule, Fields>(this, `schedule:${this.scheduleId}`, { change: undefined, reviewing: false });
    this.stepping = new Sending<Schedule, { step: Step | "" }>(this, `schedule-step:${this.scheduleId}`, { step: "" });
    this.retrying = new Sending<Run, { period: string }>(this, `schedule-retry:${this.scheduleId}`, { period: "" });
    super.connectedCallback();
  }

  private readonly columns: Column<Run>[] = [
    { header: t("schedule.period"), show: (it) => it.period },
    { header: t("schedule.due"), show: (it) => html`<time datetime=${it.due_at} title=${exactly(it.due_at)}>${time(it.due_at)}</time>` },
    { header: t("schedule.outcome"), show: (it) => this.outcome(it) },
    { header: t("allocate.points"), number: true, show: (it) => (it.amount === null ? "–" : pts(it.amount)) },
    { header: t("schedule.again"), show: (it) => this.again(it) },
  ];

  private outcome(run: Run): TemplateResult {
    const word = maybe(`schedule.outcome.${run.outcome}`) ?? run.outcome;
    const why = run.reason ? (maybe(`schedule.reason.${run.reason}`) ?? run.reason) : "";
    return html`<span class=${run.outcome === "refused" ? "negative" : ""}>${word}</span>${why ? html` <span class="muted">${why}</span>` : nothing}`;
  }

  private again(run: Run): TemplateResult | string {
    if (run.outcome !== "refused" && run.outcome !== "missed") return "";
    const busy = this.retrying.phase.name === "sending";
    return html`<button type="button" ?disabled=${busy} @click=${() => void this.retry(run.period)}>${t("schedule.retry", { period: run.period })}</button>`;
  }

  protected override render(): TemplateResult {
    const it = this.schedule.data;
    return html`<h1 dir="auto">${it ? it.name : t("schedule.title")}</h1>
      ${it ? this.body(it) : this.schedule.failure ? failed(this.schedule.failure, () => void this.schedule.load()) : loading()}`;
  }

  private body(it: Schedule): TemplateResult {
    const change = this.changing.fields.change;
    return html`${this.told ? html`<p class="notice positive" role="status" tabindex="-1" id="done">${this.told}</p>` : nothing}
      ${[this.changing, this.stepping, this.retrying].map((one) => (one.phase.name === "editing" ? refused(one.phase.problem, false) : nothing))}
      ${this.changing.phase.name === "unknown" ? unknown(this.changing.phase.asking, () => void this.save(it)) : nothing}
      ${this.stepping.phase.name === "unknown" ? unknown(this.stepping.phase.asking, () => void this.step()) : nothing}
      ${this.retrying.phase.name === "unknown" ? unknown(this.retrying.phase.asking, () => void this.retry(this.retrying.fields.period)) : nothing}
      ${change ? this.edit(it, change) : this.stepping.fields.step ? this.confirm(it, this.stepping.fields.step) : this.show(it)}
      <h2>${t("schedule.preview")}</h2>
      ${this.next(it)}
      <h2>${t("schedule.runs")}</h2>
      <points-list .path=${`/api/platform/schedules/${it.schedule_id}/runs`} .columns=${this.columns} label=${t("schedule.runs")} empty=${t("schedule.noRuns")}></points-list>`;
  }

  private show(it: Schedule): TemplateResult {
    return html`<dl class="facts">
        <dt>${t("allocate.tenant")}</dt><dd><a href="/platform/tenants/${it.tenant_id}">${tenantName(it.tenant_id)}</a></dd>
        <dt>${t("tenants.status")}</dt><dd>${maybe(`schedule.state.${it.state}`) ?? it.state}</dd>
        <dt>${t("schedule.does")}</dt><dd>${doing(it)}</dd>
        <dt>${t("schedule.when")}</dt><dd>${when(it)}</dd>
        <dt>${t("allocate.note")}</dt><dd dir="auto">${it.reference_note}</dd>
        <dt>${t("schedule.catchUp")}</dt><dd>${t(`schedule.catchUp.${it.catch_up}`)}</dd>
        <dt>${t("allocate.lasts")}</dt><dd>${lasting(it)}</dd>
        <dt>Id</dt><dd><code>${it.schedule_id}</code></dd>
      </dl>
      ${it.state === "ended"
        ? nothing
        : html`<p class="actions">
            <button type="button" id="change" @click=${() => this.begin(it)}>${t("schedule.change")}</button>
            ${it.state === "active" ? this.stepButton("pause") : this.stepButton("resume")}
            ${this.stepButton("end")}
          </p>`}`;
  }

  private stepButton(step: Step): TemplateResult {
    return html`<button type="button" id=${step} @click=${() => this.ask(step)}>${t(`schedule.${step}`)}</button>`;
  }

  private next(it: Schedule): TemplateResult {
    const rows = this.preview.data?.items;
    if (it.state !== "active") return empty(t(`schedule.preview.${it.state}`));
    if (!rows) return this.preview.failure ? failed(this.preview.failure, () => void this.preview.load()) : loading();
    if (!rows.length) return empty(t("schedule.preview.none"));
    return table(t("schedule.preview"), [{ text: t("schedule.period") }, { text: t("schedule.due") }], rows.map((one) => [one.period, html`<time datetime=${one.due_at} title=${exactly(one.due_at)}>${time(one.due_at)}</time>`]));
  }

  private begin(it: Schedule): void {
    this.told = undefined;
    this.changing.set({ change: fieldsOf(it), reviewing: false });
    void this.attend("#name");
  }

  private edit(it: Schedule, change: ScheduleFields): TemplateResult {
    if (this.changing.fields.reviewing) {
      return review({
        facts: facts(change),
        notes: [t("schedule.change.text")],
        phase: this.changing.phase.name,
        send: t("schedule.save"),
        onBack: () => this.changing.set({ reviewing: false }),
        onSend: () => void this.save(it),
      });
    }
    return html`<form class="form" novalidate @submit=${this.check}>
      ${scheduleFields(change, this.faults, (changes) => this.changing.set({ change: { ...change, ...changes } }))}
      <p class="actions">
        <button type="button" @click=${() => this.changing.reset()}>${t("back")}</button>
        <button type="submit" class="primary">${t("allocate.review")}</button>
      </p>
    </form>`;
  }

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    this.faults = faultsOf(this.changing.fields.change!);
    const first = Object.keys(this.faults)[0];
    this.changing.set({ reviewing: !first });
    await this.attend(`#${first ?? "send"}`);
  }

  private async save(it: Schedule): Promise<void> {
    await this.changing.send(`/api/platform/schedules/${this.scheduleId}`, asked(this.changing.fields.change!, it.currency), { method: "PUT", revision: it.revision });
    const phase = this.changing.phase;
    if (phase.name === "done") {
      this.changing.reset();
      return this.over(t("schedule.changed"));
    }
    if (phase.name === "editing" && phase.problem) {
      this.changing.set({ reviewing: false });
      if (phase.problem.status === 412) await this.schedule.load();
    }
    await this.attend("#refusal");
  }

  private ask(step: Step): void {
    this.told = undefined;
    this.stepping.set({ step });
    void this.attend("#send");
  }

  private confirm(it: Schedule, step: Step): TemplateResult {
    return review({
      facts: [[t("schedule.name"), it.name], [t("schedule.does"), doing(it)]],
      notes: [t(`schedule.${step}.text`)],
      phase: this.stepping.phase.name,
      send: t(`schedule.${step}.send`),
      onBack: () => this.stepping.reset(),
      onSend: () => void this.step(),
    });
  }

  private async step(): Promise<void> {
    const step = this.stepping.fields.step as Step;
    await this.stepping.send(`/api/platform/schedules/${this.scheduleId}/${step}`, undefined);
    const phase = this.stepping.phase;
    if (phase.name === "done") {
      this.stepping.reset();
      return this.over(t(`schedule.${step}.done`));
    }
    if (phase.name === "editing" && phase.problem) this.stepping.set({ step: "" });
    await this.attend("#refusal");
  }

  private async retry(period: string): Promise<void> {
    this.told = undefined;
    this.retrying.set({ period });
    await this.retrying.send(`/api/platform/schedules/${this.scheduleId}/runs/${period}/retry`, undefined);
    const phase = this.retrying.phase;
    if (phase.name === "done") {
      this.retrying.reset();
      return this.over(maybe(`schedule.retried.${phase.body.outcome}`, { period }) ?? t("schedule.retried.done", { period }));
    }
    await this.attend("#refusal");
  }

  private async over(told: string): Promise<void> {
    this.told = told;
    await Promise.all([this.schedule.load(), this.preview.load()]);
    this.querySelector<PointsList<Run>>("points-list")?.reload();
    await this.attend("#done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("points-schedule", PointsSchedule);
