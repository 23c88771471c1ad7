import type { ReactiveController, ReactiveControllerHost } from "lit";
import { html, nothing, type TemplateResult } from "lit";
import { state, type Thing } from "../api/live";
import { clock, exactly } from "../i18n/format";
import { t } from "../i18n/t";

/** Has a page look again when one of these things has changed. While it looks, what changes is remembered for one more look. */
export class Live implements ReactiveController {
  private busy = false;
  private again = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly things: () => readonly Thing[],
    private readonly look: () => unknown,
    /** How long after a look there is no other one. */
    private readonly pauseMs: () => number = () => 0,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("points-changed", this.hear);
  }

  hostDisconnected(): void {
    window.removeEventListener("points-changed", this.hear);
  }

  private readonly hear = (event: Event): void => {
    const changed = (event as CustomEvent<string[]>).detail;
    if (!this.things().some((thing) => changed.includes(thing))) return;
    this.again = true;
    if (!this.busy) void this.run();
  };

  private async run(): Promise<void> {
    this.busy = true;
    while (this.again) {
      this.again = false;
      await this.look();
      if (this.pauseMs()) await new Promise((resume) => setTimeout(resume, this.pauseMs()));
    }
    this.busy = false;
  }
}

/** Nothing while pages are told at once; else of when is what they show. */
export function behind(): TemplateResult | typeof nothing {
  const now = state();
  if (!now || now.live) return nothing;
  const at = new Date(now.asOf).toISOString();
  return html`<span class="behind" title=${exactly(at)}>${t("live.behind", { time: clock(at) })}</span>`;
}
