// What verify.html does: the verifier alone, for whoever does not want to trust the console. Its parts are there for scripts, too, as
// pointsVerify.

import { html } from "lit";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { verify } from "./run";
import type { Run } from "./verifier";
import "./verifier";

export * from "./bytes";
export * from "./merkle";
export * from "./note";
export * from "./record";
export * from "./run";
export { sha256 } from "./sha256";

const run: Run = async (files, tell, signal) => {
  const verdict = await verify(files, tell, () => signal.aborted);
  signal.throwIfAborted();
  return verdict;
};

class PointsStandalone extends PageElement {
  protected override render() {
    return html`<p>${t("verify.standalone")}</p><points-verifier .run=${run}></points-verifier>`;
  }
}

document.getElementById("unopened")?.remove();
define("points-standalone", PointsStandalone);
