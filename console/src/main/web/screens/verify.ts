import { html } from "lit";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Run } from "../verify/verifier";
import "../verify/verifier";
import type { Told } from "../verify/worker";

interface Policy {
  createScriptURL(url: string): string;
}

interface WithPolicies {
  trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
}

let worker: string | undefined;

/** Makes the address of the worker what a browser starts as one, and that of nothing else. */
const POLICY: Policy = {
  createScriptURL: (url) => {
    if (url !== worker) throw new TypeError(url);
    return url;
  },
};
const policy = (globalThis as WithPolicies).trustedTypes?.createPolicy("points", POLICY) ?? POLICY;

/** In a worker, so that the page stays as it is. Cancelling ends the worker. */
const run: Run = async (files, tell, signal) => {
  worker ??= (await import("../verify/worker")).url;
  const beside = new Worker(policy.createScriptURL(worker), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      if (signal.aborted) reject(signal.reason);
      beside.onerror = () => reject(new Error(t("verify.failed")));
      beside.onmessage = ({ data }: MessageEvent<Told>) => {
        if ("progress" in data) tell(data.progress);
        else if ("verdict" in data) resolve(data.verdict);
        else reject(new Error(data.unreadable ? data.failure : `${t("verify.failed")} ${data.failure}`));
      };
      beside.postMessage(files);
    });
  } finally {
    beside.terminate();
  }
};

/** Verifies an export of the audit log in the browser, as the command does it. */
class PointsVerify extends PageElement {
  protected override render() {
    return html`<h1>${t("verify.title")}</h1>
      <div class="notice warning"><p>${t("verify.banner")}</p>
        <p><a href="/verify.html" download="verify.html">${t("verify.download")}</a></p></div>
      <points-verifier .run=${run}></points-verifier>`;
  }
}

define("points-verify", PointsVerify);
