import { html, nothing, type TemplateResult } from "lit";
import { get } from "../api/call";
import { t } from "../i18n/t";
import type { Thing } from "../api/live";
import { define, PageElement } from "./element";
import { Live } from "./live";
import { empty, failed, loading } from "./states";

export type Page<T> = { next_cursor: string | null } & Record<string, T[] | unknown>;

/** Who is behind the ids of a page. */
export type People = Record<string, { display_name: string | null }>;

export function named(people: People, id: string | null): string {
  return (id && people[id]?.display_name) || t("someone");
}

export interface Column<T> {
  header: string;
  show: (item: T, people: People) => TemplateResult | string;
  number?: boolean;
}

const SIZE = 50;

/** A list that a service pages by cursor: rows stay while more are read, and what is below is asked for by a button. */
export class PointsList<T> extends PageElement {
  static override properties = {
    path: {},
    label: {},
    columns: { attribute: false },
    empty: {},
    member: {},
    size: { type: Number },
    live: { attribute: false },
    pauseMs: { attribute: false },
  };

  /** What is read, without a cursor; another path is another list. */
  declare path: string;
  declare label: string;
  declare columns: Column<T>[];
  declare empty: string;
  /** The member of a page that holds its rows, if it is not called items. */
  declare member: string | undefined;
  /** Rows of a page, if the service has fewer than usual. */
  declare size: number | undefined;
  /** With what its rows change. */
  declare live: Thing[] | undefined;
  /** How long it is not read again after that, if its rows take long to find. */
  declare pauseMs: number | undefined;

  private items: T[] | undefined;
  private people: People = {};
  private next: string | null = null;
  private failure: unknown;
  private busy = false;
  private shown: string | undefined;

  override willUpdate(): void {
    if (this.path !== this.shown) {
      this.shown = this.path;
      this.items = undefined;
      this.next = null;
      void this.more();
    }
  }

  readonly hints = new Live(this, () => this.live ?? [], () => this.refresh(), () => this.pauseMs ?? 0);

  /** Reads the first page anew while its rows stay. Whoever has gone on to further ones is reading, and nothing moves. */
  private async refresh(): Promise<void> {
    if (!this.items || this.busy || this.items.length > (this.size ?? SIZE)) return;
    await this.more(true);
  }

  /** Reads the list anew, from the beginning. */
  reload(): void {
    this.shown = undefined;
    this.requestUpdate();
  }

  private async more(anew = false): Promise<void> {
    const path = this.path;
    this.busy = true;
    this.failure = undefined;
    try {
      const size = this.size ?? SIZE;
      const cursor = this.next && !anew ? `&cursor=${encodeURIComponent(this.next)}` : "";
      const page = await get<Page<T>>(`${path}${path.includes("?") ? "&" : "?"}limit=${size}${cursor}`);
      if (path !== this.path) return;
      this.items = [...((!anew && this.items) || []), ...(page[this.member ?? "items"] as T[])];
      this.people = { ...this.people, ...(page["people"] as People | null | undefined) };
      this.next = page.next_cursor;
      this.dispatchEvent(new CustomEvent<T[]>("points-rows", { detail: this.items }));
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
    this.requestUpdate();
  }

  protected override render() {
    if (this.failure && !this.items) return failed(this.failure, () => this.reload());
    if (!this.items) return loading();
    if (!this.items.length && !this.next) return empty(this.empty);
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${this.label}>
        <table>
          <thead>
            <tr>${this.columns.map((column) => html`<th scope="col" class=${column.number ? "number" : ""}>${column.header}</th>`)}</tr>
          </thead>
          <tbody>
            ${this.items.map((item) => html`<tr>${this.columns.map((column) => html`<td class=${column.number ? "number" : ""}>${column.show(item, this.people)}</td>`)}</tr>`)}
          </tbody>
        </table>
      </div>
      ${this.failure ? failed(this.failure, () => void this.more()) : nothing}
      ${this.next && !this.failure ? html`<p><button type="button" ?disabled=${this.busy} @click=${() => void this.more()}>${t("loadMore")}</button></p>` : nothing}`;
  }
}

define("points-list", PointsList);
