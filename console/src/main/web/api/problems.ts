import { day, points, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { Problem, SignedOut, Unknown } from "./call";

/** A sentence for whoever sees it. */
export function sentence(failure: unknown): string {
  if (failure instanceof Problem) {
    const rule = byRule(failure);
    if (rule) return `${maybe(`problem.${failure.slug}`)} ${rule}`;
    return maybe(`reason.${failure.body.reason}`) ?? maybe(`problem.${failure.slug}`) ?? failure.message;
  }
  if (failure instanceof Unknown) return failure.reached ? t("serviceAway") : t("offline");
  return failure instanceof SignedOut ? t("signedOut") : t("failed");
}

/** By which rule it is refused, what that leaves and until when, as far as it is told; nothing if it is none. */
function byRule({ slug, body }: Problem): string | undefined {
  const { rule, limit, left, resets_on, resets_at } = body;
  if (!rule) return undefined;
  if (slug === "duplicate-award" && resets_at) return t("refused.twin", { rule, time: time(resets_at) });
  if (slug !== "limit-exceeded" || limit === undefined) return t("refused.rule", { rule });
  const most = t(body.counts === "awards" ? "refused.awards" : "refused.points", { many: points(limit) });
  if (!resets_on) return t("refused.atOnce", { rule, most });
  const until = { rule, most, day: day(resets_on) };
  return left === undefined ? t("refused.most", until) : t("refused.left", { ...until, left: points(left) });
}
