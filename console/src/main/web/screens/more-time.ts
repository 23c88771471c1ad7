import { html, nothing, type TemplateResult } from "lit";
import type { Expiring, Stats } from "../api/stats";
import { type Member, nameOf } from "../api/people";
import { day, figure } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { choice, date, review } from "../kit/fields";
import { Query } from "../kit/query";
import { Sending } from "../kit/sending";
import { empty, failed, loading, refused, unknown } from "../kit/states";
import { expiringPoints } from "./expiring";
import type { Contracted } from "./tenant";
import { TenantForm } from "./tenant-form";

/** All points of a day, in one of somebody's wallets or in a pool. */
interface Dated {
  account?: "budget" | "earned";
  of: Expiring;
}

/** What can be used longer. */
interface Extended {
  extended: Expiring[];
}

interface Fields {
  which: string;
  until: string;
  reviewing: boolean;
}

const key = (it: Dated): string => `${it.account ?? "pool"} ${it.of.expires_on}`;

const named = (it: Dated): string => {
  const text = t("time.points", { amount: figure(it.of.points_text), day: day(it.of.expires_on) });
  return it.account ? `${t(it.account === "budget" ? "me.give" : "me.earned")}: ${text}` : text;
};

/** Lets all points of a day be used until a later one: which, until when, and once more before it is done. */
class PointsMoreTime extends PageElement {
  static override properties = { path: {}, body: { attribute: false }, dated: { attribute: false } };
  /** The route, and what it is sent beside the days. */
  declare path: string;
  declare body: object;
  declare dated: Dated[];
  private sending!: Sending<Extended, Fields>;
  private fault: string | undefined;

  override connectedCallback(): void {
    this.sending = new Sending<Extended, Fields>(this, `time:${this.path}:${JSON.stringify(this.body)}`, { which: "", until: "", reviewing: false });
    super.connectedCallback();
  }

  private get chosen(): Dated | undefined {
    return this.dated.find((it) => key(it) === this.sending.fields.which) ?? this.dated[0];
  }

  protected override render(): TemplateResult {
    const { phase, fields } = this.sending;
    if (phase.name === "done") {
      return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("time.done")}</p>${expiringPoints(phase.body.extended, t("time.now"), t("me.expiring.text"))}`;
    }
    const it = this.chosen;
    if (!it) return empty(t("time.nothing"));
    return html`${phase.name === "editing" ? refused(phase.problem, false) : nothing}
      ${phase.name === "unknown" ? unknown(phase.asking, () => void this.send(it)) : nothing}
      <p class="muted">${t("time.text")}</p>
      ${fields.reviewing
        ? review({
            facts: [
              [t("time.which"), named(it)],
              [t("time.until"), `${day(it.of.expires_on)} → ${day(fields.until)}`],
            ],
            notes: it.account === "budget" ? [t("time.budget")] : [],
            phase: phase.name,
            send: t("time.title"),
            onBack: () => this.sending.set({ reviewing: false }),
            onSend: () => void this.send(it),
          })
        : html`<form class="form" novalidate @submit=${(event: Event) => void this.check(event, it)}>
            ${choice("which", t("time.which"), this.dated.map((one) => ({ value: key(one), text: named(one) })), key(it), (which) => this.sending.set({ which }))}
            ${date("until", t("time.until"), fields.until, this.fault, (until) => this.sending.set({ until }))}
            <p><button type="submit" class="primary">${t("allocate.review")}</button></p>
          </form>`}`;
  }

  private async check(event: Event, it: Dated): Promise<void> {
    event.preventDefault();
    this.fault = this.sending.fields.until > it.of.expires_on ? undefined : t("time.later");
    if (!this.fault) this.sending.set({ which: key(it), reviewing: true });
    await this.attend(this.fault ? "#until" : "#send");
  }

  private async send(it: Dated): Promise<void> {
    await this.sending.send(this.path, { ...this.body, ...(it.account ? { account: it.account } : {}), from_date: it.of.expires_on, to_date: this.sending.fields.until });
    if (this.sending.phase.name === "editing" && this.sending.phase.problem) this.sending.set({ reviewing: false });
    await this.attend("#refusal, #done");
  }

  private async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

interface Wallets {
  /** Not of an older version of the service. */
  expiring?: Expiring[];
  budget_expiring?: Expiring[];
}

/** More time for a member. */
class PointsMemberTime extends PageElement {
  static override properties = { userId: {} };
  declare userId: string;
  private readonly member = new Query<Member>(this, () => `/api/members/${this.userId}`);
  private readonly wallets = new Query<Wallets>(this, () => `/api/wallets/${this.userId}?limit=1`);

  protected override render(): TemplateResult {
    return html`<h1>${t("time.title")}</h1>${this.page()}`;
  }

  private page(): TemplateResult {
    const failure = this.member.failure ?? this.wallets.failure;
    if (failure) return failed(failure, () => void Promise.all([this.member.load(), this.wallets.load()]));
    const [member, wallets] = [this.member.data, this.wallets.data];
    if (!member || !wallets) return loading();
    const dated: Dated[] = [
      ...(wallets.expiring ?? []).map((of) => ({ account: "earned" as const, of })),
      ...(wallets.budget_expiring ?? []).map((of) => ({ account: "budget" as const, of })),
    ];
    return html`<p><a dir="auto" href="/team/members/${member.user_id}">${nameOf(member)}</a></p>
      <points-more-time path="/api/dates/extend" .body=${{ user_id: member.user_id }} .dated=${dated}></points-more-time>`;
  }
}

/** More time for what is in a tenant's pool. */
class PointsPoolTime extends TenantForm {
  private readonly stats = new Query<Stats>(this, () => (this.tenant.data ? `/api/platform/allocations/stats/${this.tenantId}` : undefined));
  private asked = false;

  override willUpdate(): void {
    if (this.tenant.data && !this.asked) {
      this.asked = true;
      void this.stats.load();
    }
  }

  protected override heading(): string {
    return t("time.title");
  }

  protected override body(tenant: Contracted): TemplateResult {
    const stats = this.stats.data;
    if (!stats) return this.stats.failure ? failed(this.stats.failure, () => void this.stats.load()) : loading();
    return html`<points-more-time path=${`/api/platform/tenants/${tenant.tenant_id}/dates/extend`} .body=${{}} .dated=${stats.expiring.map((of) => ({ of }))}></points-more-time>`;
  }
}

define("points-more-time", PointsMoreTime);
define("points-member-time", PointsMemberTime);
define("points-pool-time", PointsPoolTime);
