import { html, nothing } from "lit";
import { get } from "../api/call";
import { exactly, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { named, type People } from "../kit/list";
import { empty, failed, loading } from "../kit/states";

export interface FeedItem {
  feed_id: string;
  kind: string;
  actor_id: string | null;
  receiver_id: string | null;
  amount: number;
  message: string | null;
  value: string | null;
  distribution_id: string | null;
  occurred_at: string;
}

interface FeedPage {
  items: FeedItem[];
  next_cursor: string | null;
  people?: People | null;
}

/** What has happened, in the words of whoever reads it. */
export class PointsFeed extends PageElement {
  static override properties = { most: { type: Number } };

  /** So many items, and no button for more. */
  declare most: number | undefined;

  private items: FeedItem[] | undefined;
  private people: People = {};
  private next: string | null = null;
  private failure: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.more();
  }

  private async more(): Promise<void> {
    this.failure = undefined;
    try {
      const cursor = this.next ? `&cursor=${encodeURIComponent(this.next)}` : "";
      const page = await get<FeedPage>(`/api/feed?expand=people&limit=${this.most ?? 20}${cursor}`);
      this.items = [...(this.items ?? []), ...page.items];
      this.people = { ...this.people, ...page.people };
      this.next = page.next_cursor;
    } catch (failure) {
      this.failure = failure;
    }
    this.requestUpdate();
  }

  protected override render() {
    if (this.failure && !this.items) return failed(this.failure, () => void this.more());
    if (!this.items) return loading();
    if (!this.items.length) return empty(t("feed.empty"));
    return html`<ul class="feed">
        ${this.items.map((item) => this.card(item))}
      </ul>
      ${this.failure ? failed(this.failure, () => void this.more()) : nothing}
      ${this.next && !this.most ? html`<p><button type="button" @click=${() => void this.more()}>${t("loadMore")}</button></p>` : nothing}`;
  }

  private card(item: FeedItem) {
    const text = maybe(`feed.${item.kind}`, {
      amount: pts(item.amount),
      actor: this.name(item.actor_id),
      receiver: this.name(item.receiver_id),
    });
    return html`<li class="card">
      <p><strong>${text ?? item.kind}</strong></p>
      ${item.message ? html`<blockquote dir="auto">${item.message}</blockquote>` : nothing}
      <p class="muted">
        ${item.value ? html`<span class="tag">${item.value}</span>` : nothing}
        <time datetime=${item.occurred_at} title=${exactly(item.occurred_at)}>${time(item.occurred_at)}</time>
        ${item.distribution_id ? html`<a href="/d/${item.distribution_id}">${t("me.details")}</a>` : nothing}
      </p>
    </li>`;
  }

  private name(id: string | null): string {
    return named(this.people, id);
  }
}

class PointsFeedPage extends PageElement {
  protected override render() {
    return html`<h1>${t("nav.feed")}</h1><points-feed></points-feed>`;
  }
}

define("points-feed", PointsFeed);
define("points-feed-page", PointsFeedPage);
