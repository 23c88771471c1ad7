import { html } from "lit";
import "../kit/list";
import "../kit/picker";
import { get } from "../api/call";
import { type Member, membersCalled, nameOf } from "../api/people";
import { maybe, t } from "../i18n/t";
import { askedDays, type Days, dayFields, span } from "../kit/days";
import { define, PageElement } from "../kit/element";
import { choice } from "../kit/fields";
import type { Choice } from "../kit/picker";
import { query } from "../kit/router";
import { DISTRIBUTIONS } from "./distributions";

const KINDS = ["award", "delegation", "return", "batch", "transfer"] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All that the tenant's people have given, by kind, person and day. */
class PointsHistory extends PageElement {
  private readonly asked = new URLSearchParams(location.search);
  private kind: string = KINDS.find((kind) => kind === this.asked.get("kind")) ?? "";
  private member: Choice | undefined;
  private days = askedDays();

  override connectedCallback(): void {
    super.connectedCallback();
    const id = this.asked.get("member") ?? "";
    if (UUID.test(id) && !this.member) void this.name(id);
  }

  /** Whoever the address names; without a name by their id. */
  private async name(id: string): Promise<void> {
    this.member = { id, label: id };
    const member = await get<Member>(`/api/members/${id}`).catch(() => undefined);
    if (member && this.member?.id === id) this.member = { id, label: nameOf(member) };
    this.requestUpdate();
  }

  private get path(): string {
    const search = new URLSearchParams({
      expand: "people",
      ...(this.kind ? { kind: this.kind } : {}),
      ...(this.member ? { member: this.member.id } : {}),
      ...span(this.days),
    });
    return `/api/allocations/history/tenant?${search}`;
  }

  protected override render() {
    const kinds = [{ value: "", text: t("members.all") }, ...KINDS.map((value) => ({ value, text: maybe(`d.kind.${value}`) ?? value }))];
    const narrowed = Boolean(this.kind || this.member || this.days.from || this.days.to);
    return html`<h1>${t("history.title")}</h1>
      <div class="filter">
        <points-picker optional label=${t("history.member")} hint=${t("history.member.hint")} .find=${membersCalled} .chosen=${this.member}
          @points-chosen=${(event: CustomEvent<Choice | undefined>) => this.narrow({ member: event.detail })}></points-picker>
        ${choice("kind", t("d.kind"), kinds, this.kind, (kind) => this.narrow({ kind }))}
        ${dayFields(this.days, (changes: Partial<Days>) => this.narrow({ days: { ...this.days, ...changes } }))}
      </div>
      <points-list .path=${this.path} .columns=${DISTRIBUTIONS} .live=${["distributions", "feed"]} label=${t("history.title")} empty=${narrowed ? t("history.noMatch") : t("history.empty")}></points-list>`;
  }

  private narrow(changes: { kind?: string; member?: Choice | undefined; days?: Days }): void {
    Object.assign(this, changes);
    query({ kind: this.kind, member: this.member?.id, ...this.days });
    this.requestUpdate();
  }
}

define("points-history", PointsHistory);
