import { day, points } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { Problem, SignedOut, Unknown } from "./call";

/** A sentence for whoever sees it. */
export function sentence(failure: unknown): string {
  if (failure instanceof Problem) {
    if (failure.slug === "limit-exceeded") return `${t("problem.limit-exceeded")} ${limit(failure)}`;
    return maybe(`reason.${failure.body.reason}`) ?? maybe(`problem.${failure.slug}`) ?? failure.message;
  }
  if (failure instanceof Unknown) return failure.reached ? t("serviceAway") : t("offline");
  return failure instanceof SignedOut ? t("signedOut") : t("failed");
}

/** By which rule, and what it leaves, as far as that is told. */
function limit({ body: { rule = "", limit, left, resets_on } }: Problem): string {
  if (limit === undefined || left === undefined || !resets_on) return t("refused.rule", { rule });
  return t("refused.left", { rule, left: points(left), limit: points(limit), day: day(resets_on) });
}
