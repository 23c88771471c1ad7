import "@vaadin/combo-box/src/vaadin-combo-box.js";
import { html } from "lit";
import { define, PageElement } from "./element";

/** Something that can be chosen. */
export interface Choice {
  id: string;
  label: string;
}

const SHORTEST = 2;
const PAUSE_MS = 200;

/** Finds something by what is typed. It always asks the service: what is not among the first is found all the same. */
export class PointsPicker<T extends Choice> extends PageElement {
  static override properties = { label: {}, hint: {}, error: {}, optional: { type: Boolean }, chosen: { attribute: false }, find: { attribute: false } };

  declare label: string;
  declare hint: string;
  declare error: string | undefined;
  /** As in a filter, where nothing is a choice too. */
  declare optional: boolean;
  declare chosen: T | undefined;
  /** Asks the service. */
  declare find: (text: string, signal: AbortSignal) => Promise<T[]>;

  private abort: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly provide = (request: { filter: string; page: number }, done: (items: T[], size: number) => void): void => {
    this.abort?.abort();
    clearTimeout(this.timer);
    const text = request.filter.trim();
    if (text.length < SHORTEST || request.page > 0) {
      done([], 0);
      return;
    }
    const abort = (this.abort = new AbortController());
    this.timer = setTimeout(() => {
      this.find(text, abort.signal).then(
        (items) => done(items, items.length),
        () => {
          if (!abort.signal.aborted) done([], 0);
        },
      );
    }, PAUSE_MS);
  };

  protected override render() {
    return html`<vaadin-combo-box
      label=${this.label}
      helper-text=${this.hint}
      item-id-path="id"
      item-value-path="id"
      item-label-path="label"
      ?required=${!this.optional}
      ?invalid=${Boolean(this.error)}
      error-message=${this.error ?? ""}
      .selectedItem=${this.chosen}
      .dataProvider=${this.provide}
      page-size="50"
      @selected-item-changed=${this.choose}
    ></vaadin-combo-box>`;
  }

  private choose(event: CustomEvent<{ value: T | null }>): void {
    const choice = event.detail.value ?? undefined;
    if (choice?.id === this.chosen?.id) return;
    this.chosen = choice;
    this.dispatchEvent(new CustomEvent("points-chosen", { detail: choice }));
  }
}

define("points-picker", PointsPicker);
