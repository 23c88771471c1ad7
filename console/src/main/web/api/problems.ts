import { maybe, t } from "../i18n/t";
import { Problem, SignedOut, Unknown } from "./call";

/** A sentence for whoever sees it. */
export function sentence(failure: unknown): string {
  if (failure instanceof Problem) {
    return maybe(`reason.${failure.body.reason}`) ?? maybe(`problem.${failure.slug}`) ?? failure.message;
  }
  if (failure instanceof Unknown) return failure.reached ? t("serviceAway") : t("offline");
  return failure instanceof SignedOut ? t("signedOut") : t("failed");
}
