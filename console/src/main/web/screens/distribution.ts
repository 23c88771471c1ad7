import { html, nothing } from "lit";
import "../kit/pending";
import { pts } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { named, type People } from "../kit/list";
import { Query } from "../kit/query";
import { has, session } from "../api/session";
import { failed, loading } from "../kit/states";
import type { Distribution } from "../kit/timeline";

/** One distribution: what it is, from whom to whom, and how far it has come. */
class PointsDistribution extends PageElement {
  static override properties = { distributionId: {} };
  declare distributionId: string;
  private readonly distribution = new Query<Distribution & { people?: People | null }>(this, () => `/api/allocations/distributions/${this.distributionId}?expand=people`);

  protected override render() {
    return html`<h1>${t("d.title")}</h1>${this.body()}`;
  }

  private body() {
    const it = this.distribution.data;
    if (!it) return this.distribution.failure ? failed(this.distribution.failure, () => void this.distribution.load()) : loading();
    const people = it.people ?? {};
    const message = it.recognition?.message ?? it.description;
    return html`<dl class="facts">
        <dt>${t("d.kind")}</dt><dd>${maybe(`d.kind.${it.kind}`) ?? it.kind}</dd>
        <dt>${t("d.from")}</dt><dd dir="auto">${named(people, it.from_user_id)}</dd>
        <dt>${t("d.to")}</dt><dd dir="auto">${it.to_user_id ? named(people, it.to_user_id) : t("level.pool")}</dd>
        <dt>${t("d.amount")}</dt><dd>${pts(it.amount)}</dd>
        ${message ? html`<dt>${t("d.message")}</dt><dd dir="auto">${message}</dd>` : nothing}
        ${it.missing ? html`<dt>${t("reverse.stayed")}</dt><dd>${pts(it.missing)}</dd>` : nothing}
        ${it.reverses ? html`<dt>${t("reverse.of")}</dt><dd><a href="/d/${it.reverses}">${t("d.kind.award")}</a></dd>` : nothing}
        ${it.reversed_by ? html`<dt>${t("reverse.by")}</dt><dd><a href="/d/${it.reversed_by}">${t("d.kind.reversal")}</a></dd>` : nothing}
        ${it.state === "HELD" && has("manager", "lead") ? html`<dt>${t("approval.status")}</dt><dd><a href="/approvals/${it.distribution_id}">${t("approval.waits")}</a></dd>` : nothing}
        <dt>Id</dt><dd><code>${it.distribution_id}</code></dd>
      </dl>
      <points-pending .distributionId=${this.distributionId} .distribution=${it}></points-pending>
      ${this.canBeReversed(it) ? html`<p class="actions"><a class="button" href="/d/${it.distribution_id}/reverse">${t("reverse.title")}</a></p>` : nothing}`;
  }

  /** Until when it can be is for the service to say. */
  private canBeReversed(it: Distribution): boolean {
    return it.kind === "award" && it.state === "COMPLETED" && !it.reversed_by && (has("manager") || (has("lead") && it.from_user_id === session().user.id));
  }
}

define("points-distribution", PointsDistribution);
