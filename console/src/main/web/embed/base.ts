import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { language, type Texts, TEXTS } from "./texts";

/** Gives an access token of the person who looks at the page. It is asked again before one ends, and when one is refused. */
export type TokenProvider = () => Promise<string> | string;

/** What a service refused, or that it did not answer: `type` is that of its problem, or "unavailable". */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
  ) {
    super(type);
  }
}

const EVERY_MS = 30_000;
const BEFORE_END_MS = 60_000;

/**
 * What the elements for other people's pages have in common. They ask the services themselves, with a token that the page gives them by a
 * property: never in an attribute, never in an address. Events: points-ready, points-updated {version}, points-error {type}.
 */
export abstract class PointsEmbed<T extends object> extends LitElement {
  static override properties = {
    api: {},
    locale: {},
    theme: { reflect: true },
    compact: { type: Boolean, reflect: true },
    tokenProvider: { attribute: false },
    labels: { attribute: false },
  };

  static override styles = css`
    :host { display: block !important; }
    :host([hidden]) { display: none !important; }
    section {
      color-scheme: light dark;
      box-sizing: border-box; padding: 16px; border: 1px solid light-dark(#d9dce3, #343744); border-radius: var(--points-radius, 10px);
      background: var(--points-bg, light-dark(#ffffff, #1c1e26)); color: var(--points-text, light-dark(#1b1c22, #eceef4));
      font: 16px/1.5 var(--points-font, system-ui, sans-serif); text-align: start; min-height: 7rem; overflow-wrap: anywhere;
    }
    :host([theme="light"]) section { color-scheme: light; }
    :host([theme="dark"]) section { color-scheme: dark; }
    h2 { font-size: 16px; margin: 0 0 8px; }
    p, dl, dd, ul { margin: 0; padding: 0; }
    dl { display: flex; flex-wrap: wrap; gap: 8px 32px; }
    dt, .muted { color: light-dark(#565a68, #a9adbc); font-size: 14px; }
    .balance { font-size: 32px; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .balance small { font-size: 14px; }
    .warning { color: light-dark(#855000, #f0c36b); }
    ul { list-style: none; margin-top: 8px; }
    li { display: flex; justify-content: space-between; gap: 16px; font-variant-numeric: tabular-nums; }
    meter { width: 100%; }
    button {
      font: inherit; min-height: 36px; padding: 4px 16px; border-radius: 6px; cursor: pointer; background: none;
      color: var(--points-accent, light-dark(#3a4bd0, #9aa8ff)); border: 1px solid currentColor;
    }
    button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
  `;

  /** Where the services are, such as https://api.points.example.com. */
  declare api: string | undefined;
  /** As in HTML's lang; the page's or the browser's if there is none. */
  declare locale: string | undefined;
  declare theme: "auto" | "light" | "dark" | undefined;
  declare compact: boolean;
  declare tokenProvider: TokenProvider | undefined;
  /** Texts of the page's own, by the names of texts.ts. */
  declare labels: Partial<Texts> | undefined;

  protected data: T | undefined;
  private failure: Refusal | undefined;
  private readAt = 0;
  private token: { text: string; endsAt: number } | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private asking = false;
  /** Counts what was asked, so that an answer to a question of before is not taken for the last one's. */
  private turn = 0;

  protected abstract name(): string;
  /** What a change of it shows that there is something new. */
  protected abstract versionOf(data: T): string;
  protected abstract read(get: <A>(path: string) => Promise<A>): Promise<T>;
  protected abstract body(data: T): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (!document.hidden) void this.refresh();
    }, EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("api") || changed.has("tokenProvider")) {
      this.token = this.data = this.failure = undefined;
      this.asking = false;
      void this.refresh();
    }
  }

  /** Reads anew; the page may call it when it knows that something has happened. */
  async refresh(): Promise<void> {
    if (this.asking || !this.api || !this.tokenProvider) return;
    this.asking = true;
    const turn = ++this.turn;
    const before = this.data && this.versionOf(this.data);
    try {
      const data = await this.read((path) => this.get(path));
      if (turn !== this.turn) return;
      this.data = data;
      this.failure = undefined;
      this.readAt = Date.now();
      const version = this.versionOf(this.data);
      if (before === undefined) this.say("points-ready", {});
      else if (before !== version) this.say("points-updated", { version });
    } catch (failure) {
      if (turn !== this.turn) return;
      this.failure = failure instanceof Refusal ? failure : new Refusal(0, "unavailable");
      // Nobody's figures stay for whoever looks next.
      if (this.failure.status === 401 || this.failure.status === 403) this.data = undefined;
      this.say("points-error", { type: this.failure.type });
    }
    this.asking = false;
    this.requestUpdate();
  }

  private say(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private async get<A>(path: string): Promise<A> {
    let answer = await this.ask(path);
    if (answer.status === 401) {
      this.token = undefined;
      answer = await this.ask(path);
    }
    if (answer.ok) return (await answer.json()) as A;
    const problem = (await answer.json().catch(() => ({}))) as { type?: string };
    throw new Refusal(answer.status, problem.type?.replace("urn:points:problem:", "") ?? "unavailable");
  }

  private async ask(path: string): Promise<Response> {
    if (!this.token || this.token.endsAt - Date.now() < BEFORE_END_MS) {
      const provider = this.tokenProvider!;
      const text = await provider();
      if (!text || provider !== this.tokenProvider) throw new Refusal(401, "unauthorized");
      this.token = { text, endsAt: endOf(text) };
    }
    return fetch(new URL(path, this.api), {
      headers: { Authorization: `Bearer ${this.token.text}`, Accept: "application/json" },
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  }

  protected text(key: keyof Texts): string {
    return this.labels?.[key] ?? TEXTS[language(this.tag)][key];
  }

  private get tag(): string {
    return this.locale || this.closest("[lang]")?.getAttribute("lang") || navigator.language || "en";
  }

  protected number(amount: number): string {
    return new Intl.NumberFormat(valid(this.tag), { maximumFractionDigits: 0 }).format(amount);
  }

  protected time(at: string | number, style: "short" | "medium"): string {
    return new Intl.DateTimeFormat(valid(this.tag), style === "short" ? { timeStyle: "short" } : { dateStyle: "medium" }).format(new Date(at));
  }

  protected override render(): TemplateResult {
    return html`<section role="region" aria-label=${this.name()} part="card" lang=${language(this.tag)}>
      <h2 part="title">${this.name()}</h2>
      ${this.data ? this.body(this.data) : nothing} ${this.notice()}
      <slot name="footer"></slot>
    </section>`;
  }

  private notice(): TemplateResult | typeof nothing {
    if (this.failure?.status === 401 || !this.tokenProvider) return html`<p>${this.text("signIn")}</p><slot name="empty"></slot>`;
    if (this.failure && this.data) return html`<p class="warning" role="status">${this.text("stale")} ${this.time(this.readAt, "short")}</p>`;
    if (this.failure?.status === 403) return html`<p>${this.text("forbidden")}</p>`;
    if (this.failure) {
      return html`<p role="status">${this.text("failed")}</p><p><button type="button" part="action" @click=${() => void this.refresh()}>${this.text("retry")}</button></p>`;
    }
    return this.data ? nothing : html`<p class="muted" role="status">${this.text("loading")}</p>`;
  }
}

/** When a token ends, as it says itself; of one that does not say so, never: it is asked for anew when it is refused. */
function endOf(token: string): number {
  try {
    const { exp } = JSON.parse(atob(token.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/"))) as { exp?: number };
    return exp ? exp * 1000 : Infinity;
  } catch {
    return Infinity;
  }
}

function valid(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}
