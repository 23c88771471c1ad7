import { maybe, t } from "../i18n/t";
import { Problem, Unknown } from "./call";

/** A sentence for whoever sees it. */
export function sentence(failure: unknown): string {
  if (failure instanceof Problem) {
    return maybe(`reason.${failure.body.reason}`) ?? maybe(`problem.${failure.slug}`) ?? failure.message;
  }
  return failure instanceof Unknown ? t("offline") : t("failed");
}
