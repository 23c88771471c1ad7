import { html, nothing } from "lit";
import { get } from "../api/call";
import { state } from "../api/live";
import { t } from "../i18n/t";
import { define, PageElement } from "./element";
import { Live } from "./live";
import { type Distribution, isOver, stateText, timeline, tone } from "./timeline";

const EVERY_MS = 1000;

/** While the service tells at once what changes. */
const LIVE_EVERY_MS = 5000;

/** One distribution until it is over, and what became of it then. */
export class PointsPending extends PageElement {
  static override properties = { distribution: { attribute: false }, distributionId: {} };

  declare distributionId: string;
  declare distribution: Distribution | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly live = new Live(this, () => (this.isOver() ? [] : ["distributions", "wallet"]), () => this.look());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    if (!document.hidden) {
      try {
        this.distribution = await get<Distribution>(`/api/allocations/distributions/${this.distributionId}`);
        this.dispatchEvent(new CustomEvent("points-looked", { detail: this.distribution }));
      } catch {
        // A service that is away for a moment; it is asked again.
      }
    }
    if (this.isConnected && !this.isOver()) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), state()?.live ? LIVE_EVERY_MS : EVERY_MS);
    }
  }

  private isOver(): boolean {
    return this.distribution !== undefined && isOver(this.distribution.state);
  }

  protected override render() {
    const now = this.distribution;
    if (!now) return html`<div class="notice neutral" role="status"><p>${t("pending.accepted")}</p></div>`;
    return html`<div class="notice ${tone(now.state)}" role="status">
        <p><strong>${stateText(now.state)}</strong></p>
        ${isOver(now.state) ? nothing : html`<p>${t("pending.running")}</p>`}
      </div>
      ${timeline(now)}`;
  }
}

define("points-pending", PointsPending);
