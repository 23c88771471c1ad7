import { html } from "lit";
import { exactly, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { type Column, named } from "../kit/list";
import { type Distribution, stateText, tone } from "../kit/timeline";

/** Distributions of a tenant, as its manager sees them. */
export const DISTRIBUTIONS: Column<Distribution>[] = [
  { header: t("me.when"), show: (it) => html`<time datetime=${it.created_at} title=${exactly(it.created_at)}>${time(it.created_at)}</time>` },
  { header: t("d.kind"), show: (it) => maybe(`d.kind.${it.kind}`) ?? it.kind },
  { header: t("d.from"), show: (it, people) => html`<span dir="auto">${named(people, it.from_user_id)}</span>` },
  { header: t("d.to"), show: (it, people) => html`<span dir="auto">${it.to_user_id ? named(people, it.to_user_id) : "–"}</span>` },
  { header: t("d.amount"), number: true, show: (it) => points(it.amount) },
  { header: t("history.state"), show: (it) => html`<span class=${tone(it.state)}>${stateText(it.state)}</span>` },
  { header: t("me.details"), show: (it) => html`<a href="/d/${it.distribution_id}">${t("me.details")}</a>` },
];
