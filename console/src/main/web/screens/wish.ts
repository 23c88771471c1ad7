import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call";
import { has, session } from "../api/session";
import { kindOf, stateOf, type Wish } from "../api/wishes";
import { pts, typedPoints } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { field } from "../kit/fields";
import { named, type People } from "../kit/list";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { failed, loading, refused, unknown } from "../kit/states";
import { when } from "./proposals";

type Step = "grant" | "decline" | "withdraw";

interface Fields {
  amount: string;
  description: string;
  reason: string;
}

/** What somebody asks managers to give, and its end. */
class PointsWish extends PageElement {
  static override properties = { wishId: {} };
  declare wishId: string;
  private readonly wish = new Query<Wish>(this, () => `/api/wishes/${this.wishId}`);
  private people: People = {};
  private asked: string | undefined;
  private readonly sent: Partial<Record<Step, Sending<Wish, Fields>>> = {};
  private faults: { amount?: string; description?: string } = {};
  private done: string | undefined;

  override willUpdate(): void {
    for (const step of ["grant", "decline", "withdraw"] as const) this.sent[step] ??= new Sending<Wish, Fields>(this, `${step}-wish:${this.wishId}`, { amount: "", description: "", reason: "" });
    if (this.wish.data && this.asked !== this.wishId) {
      this.asked = this.wishId;
      void this.names(this.wish.data);
    }
  }

  private async names(it: Wish): Promise<void> {
    try {
      const ids = [it.asked_by, it.to_user_id, ...(it.decided_by ? [it.decided_by] : [])];
      const found = await call<{ items: { user_id: string; display_name: string | null }[] }>("POST", "/api/directory/resolve", { body: { user_ids: ids } });
      this.people = Object.fromEntries(found.body.items.map((person) => [person.user_id, person]));
      this.requestUpdate();
    } catch {
      // The page says "somebody" then.
      this.people = {};
    }
  }

  protected override render(): TemplateResult {
    const it = this.wish.data;
    const heading = html`<h1>${t("wish.title")}</h1>`;
    if (!it) return html`${heading}${this.wish.failure ? failed(this.wish.failure, () => void this.wish.load()) : loading()}`;
    return html`${heading}
      ${this.done ? html`<div class="notice positive" role="status" tabindex="-1" id="done"><p>${this.done}</p></div>` : nothing}
      <dl class="facts">
        <dt>${t("d.kind")}</dt><dd>${kindOf(it)}</dd>
        <dt>${t("wish.by")}</dt><dd dir="auto">${named(this.people, it.asked_by)}</dd>
        <dt>${t("d.to")}</dt><dd dir="auto">${named(this.people, it.to_user_id)}</dd>
        <dt>${t("d.amount")}</dt><dd>${pts(it.amount)}</dd>
        ${it.note ? html`<dt>${t("wish.note")}</dt><dd dir="auto">${it.note}</dd>` : nothing}
        <dt>${t("approval.asked")}</dt><dd>${when(it.created_at)}</dd>
        <dt>${t("approval.status")}</dt><dd>${stateOf(it)}${it.decided_at && it.state !== "open" ? html`, ${when(it.decided_at)}` : nothing}</dd>
        ${it.refusal ? html`<dt>${t("wish.refusal")}</dt><dd>${maybe(`reason.${it.refusal}`) ?? it.refusal}</dd>` : nothing}
        ${it.expires_at ? html`<dt>${t("wish.until")}</dt><dd>${when(it.expires_at)}</dd>` : nothing}
        ${it.decision_reason ? html`<dt>${t("approval.note")}</dt><dd dir="auto">${it.decision_reason}</dd>` : nothing}
      </dl>
      ${it.distribution_id && has("manager") ? html`<p><a href="/d/${it.distribution_id}">${t("wish.given")}</a></p>` : nothing}
      ${it.state === "open" ? this.decision(it) : nothing}
      <p><a href="/wishes">${t("wishes.title")}</a></p>`;
  }

  private decision(it: Wish): TemplateResult {
    const all = Object.entries(this.sent) as [Step, Sending<Wish, Fields>][];
    const busy = all.some(([, { phase }]) => phase.name === "sending" || phase.name === "unknown") || !navigator.onLine;
    const answers = all.map(([step, { phase }]) =>
      phase.name === "unknown" ? unknown(phase.asking, () => void this.send(step)) : phase.name === "editing" ? refused(phase.problem, false) : nothing,
    );
    if (it.asked_by === session().user.id)
      return html`${answers}<p class="actions"><button type="button" id="withdraw" ?disabled=${busy} @click=${() => void this.send("withdraw")}>${t("approval.withdraw")}</button></p>`;
    if (!has("manager")) return html`${answers}`;
    const grant = this.sent.grant!;
    const decline = this.sent.decline!;
    return html`${answers}
      <section class="card" aria-labelledby="decision">
        <h2 id="decision">${t("approval.decide")}</h2>
        <p>${t("wish.consequences")}</p>
        ${field({ id: "amount", label: t("d.amount"), hint: t("wish.amount.hint", { amount: pts(it.amount) }), value: grant.fields.amount, numeric: true, optional: true, fault: this.faults.amount, set: (amount) => grant.set({ amount }) })}
        ${field({ id: "description", label: t("wish.description"), hint: t("wish.description.hint"), value: grant.fields.description, fault: this.faults.description, longest: 2000, set: (description) => grant.set({ description }) })}
        <p class="actions"><button type="button" id="grant" class="primary" ?disabled=${busy} @click=${() => void this.grant(it)}>${t("wish.grant", { amount: pts(typedPoints(grant.fields.amount) ?? it.amount) })}</button></p>
        ${field({ id: "reason", label: t("wish.why"), hint: t("approval.why.hint"), value: decline.fields.reason, optional: true, longest: 2000, set: (reason) => decline.set({ reason }) })}
        <p class="actions"><button type="button" id="decline" ?disabled=${busy} @click=${() => void this.send("decline")}>${t("wish.decline")}</button></p>
      </section>`;
  }

  private async grant(it: Wish): Promise<void> {
    const { amount, description } = this.sent.grant!.fields;
    this.faults = {
      ...(amount.trim() && !typedPoints(amount) ? { amount: t("error.amount") } : {}),
      ...(description.trim() ? {} : { description: t("error.message") }),
    };
    if (it && !Object.keys(this.faults).length) return this.send("grant");
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.faults.amount ? "#amount" : "#description")?.focus();
  }

  private body(step: Step): object | undefined {
    const { amount, description, reason } = this.sent[step]!.fields;
    if (step === "withdraw") return undefined;
    if (step === "decline") return reason.trim() ? { reason: reason.trim() } : {};
    return { ...(typedPoints(amount) ? { amount: typedPoints(amount) } : {}), description: description.trim() };
  }

  private async send(step: Step): Promise<void> {
    const sending = this.sent[step]!;
    await sending.send(`/api/wishes/${this.wishId}/${step}`, this.body(step));
    if (sending.phase.name === "done") {
      this.wish.data = sending.phase.body;
      this.done = t(`wish.done.${step}`);
    } else if (sending.phase.name === "editing" && sending.phase.problem) {
      void this.wish.load();
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#refusal, #done")?.focus();
  }
}

define("points-wish", PointsWish);
