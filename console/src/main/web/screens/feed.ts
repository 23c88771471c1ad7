import { html, nothing } from "lit";
import { get } from "../api/call";
import { has, session } from "../api/session";
import { exactly, pts, time } from "../i18n/format";
import { maybe, t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import { named, type People } from "../kit/list";
import { Live } from "../kit/live";
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
  private newer = false;
  readonly live = new Live(this, () => ["feed", "wallet", "distributions"], () => this.lookAgain());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.more();
  }

  /** A short list shows what is new; in a long one somebody may be reading, and a button says so. */
  private async lookAgain(): Promise<void> {
    if (this.most || !this.items?.length) return this.more(true);
    try {
      const newest = await get<FeedPage>("/api/feed?limit=1");
      this.newer = newest.items[0]?.feed_id !== this.items[0]?.feed_id;
      this.requestUpdate();
    } catch {
      // The next change asks again.
    }
  }

  private async more(anew = false): Promise<void> {
    this.failure = undefined;
    try {
      const cursor = this.next && !anew ? `&cursor=${encodeURIComponent(this.next)}` : "";
      const page = await get<FeedPage>(`/api/feed?expand=people&limit=${this.most ?? 20}${cursor}`);
      this.items = [...((!anew && this.items) || []), ...page.items];
      this.newer &&= !anew;
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
    return html`${this.newer ? html`<p><button type="button" @click=${() => void this.more(true)}>${t("feed.new")}</button></p>` : nothing}
      <ul class="feed">
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
        ${item.distribution_id && this.mayOpen(item) ? html`<a href="/d/${item.distribution_id}">${t("me.details")}</a>` : nothing}
      </p>
    </li>`;
  }

  /** A distribution is told to managers, and to those whom it concerns. */
  private mayOpen(item: FeedItem): boolean {
    const own = session().user.id;
    return has("manager") || item.actor_id === own || item.receiver_id === own;
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
