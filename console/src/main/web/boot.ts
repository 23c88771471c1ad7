import { html, nothing, type TemplateResult } from "lit";
import { get } from "./api/call";
import { start as watchEvents } from "./api/live";
import { has, load, type Session, session, signIn } from "./api/session";
import { points, timeInUtc } from "./i18n/format";
import { choose, chosen, LANGUAGES } from "./i18n/locale";
import { speak, t } from "./i18n/t";
import { define, PageElement } from "./kit/element";
import { listen } from "./kit/keys";
import { behind, Live } from "./kit/live";
import { find, go, type Screen, screens } from "./kit/router";
import { failed } from "./kit/states";
import { watchVersion } from "./kit/version";
import { type Waiting, waiting } from "./kit/waiting";

/** What a page needs itself comes first. */
const COUNT_AFTER_MS = 3_000;

/** However often something changes. */
const COUNT_EVERY_MS = 2_000;

/** The frame around every page: who one is, where one can go, and the page itself. */
class PointsConsole extends PageElement {
  private state: "loading" | "out" | "in" | "failed" = "loading";
  private expired = false;
  /** Another version of the console is there than the one that runs here. */
  private another = false;
  private checkVersion: () => Promise<void> = async () => {};
  private dialog: "jump" | "settings" | undefined;
  private here: { screen: Screen; parts: Record<string, string> } | undefined;
  private failure: unknown;
  private printedAt = new Date().toISOString();
  /** The heading that was given the focus when its page was opened. */
  private heading: HTMLElement | undefined;
  /** Whether somebody went to the page from another one: its reader begins at its heading, however late that comes. */
  private led = false;
  /** The own tenant's name, once it is known. */
  private company: string | undefined;
  /** What waits for the reader's approval, once it is known. */
  private waiting: Waiting | undefined;
  readonly live = new Live(this, () => ["approvals"], () => this.countWaiting(), () => COUNT_EVERY_MS);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", () => void this.enter());
    window.addEventListener("points-went", () => void this.enter());
    window.addEventListener("beforeprint", () => {
      this.printedAt = new Date().toISOString();
      this.performUpdate();
    });
    window.addEventListener("points-signed-out", () => {
      this.expired = true;
      this.requestUpdate();
    });
    for (const event of ["points-live", "online", "offline"]) window.addEventListener(event, () => this.requestUpdate());
    this.addEventListener("click", (event) => this.follow(event));
    void this.start();
  }

  private async start(): Promise<void> {
    try {
      await speak();
      this.state = (await load()) ? "in" : "out";
    } catch (failure) {
      this.state = "failed";
      this.failure = failure;
    }
    if (this.state === "in") {
      watchEvents();
      listen(
        () => void this.open("settings"),
        () => void this.open("jump"),
      );
      this.checkVersion = watchVersion(() => {
        this.another = true;
        this.requestUpdate();
      });
      void this.nameCompany();
      await this.enter();
      setTimeout(() => void this.countWaiting(), COUNT_AFTER_MS);
    }
    this.requestUpdate();
  }

  /** For managers, who alone approve; if it cannot be read, what was known stays. */
  private async countWaiting(): Promise<void> {
    if (this.state !== "in" || !has("manager") || !session().tenant_id) return;
    this.waiting = await waiting().catch(() => this.waiting);
    this.requestUpdate();
  }

  /** For those who belong to one; if it cannot be read, the page does without. */
  private async nameCompany(): Promise<void> {
    if (!has("manager", "lead", "employee") || !session().tenant_id) return;
    this.company = (await get<{ name?: string }>("/api/tenant").catch(() => undefined))?.name;
    this.requestUpdate();
  }

  /** What is seldom needed comes when it is. */
  private async open(dialog: "jump" | "settings"): Promise<void> {
    if (this.dialog) return;
    try {
      await (dialog === "jump" ? import("./kit/jump") : import("./kit/settings"));
      this.dialog = dialog;
      this.requestUpdate();
    } catch {
      void this.checkVersion();
    }
  }

  private closed(): void {
    this.dialog = undefined;
    this.requestUpdate();
  }

  /** Links of ours change the page without loading anew; with a key held down they are the browser's. */
  private follow(event: MouseEvent): void {
    const link = event.composedPath().find((at): at is HTMLAnchorElement => at instanceof HTMLAnchorElement);
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download") || link.pathname.startsWith("/bff/")) return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    go(link.pathname + link.search);
  }

  private async enter(): Promise<void> {
    const home = screens().find((screen) => screen.nav);
    if (location.pathname === "/" && home) history.replaceState(null, "", home.path);
    const first = this.here === undefined;
    const found = find(location.pathname);
    try {
      await found?.screen.load();
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
      void this.checkVersion();
    }
    this.here = found;
    this.requestUpdate();
    await this.updateComplete;
    await (this.querySelector("main > *") as PageElement | null)?.updateComplete;
    this.name();
    if (!first) {
      this.led = true;
      this.focusHeading();
      window.scrollTo(0, 0);
    }
  }

  private focusHeading(): void {
    this.heading = this.querySelector<HTMLElement>("main h1") ?? undefined;
    if (!this.heading) return;
    this.heading.tabIndex = -1;
    this.heading.focus();
  }

  /** The window is called as its page; one that learns only later what it is about has its heading then, or another one, and the focus goes along. */
  private name(): void {
    const title = [this.querySelector("main h1")?.textContent?.trim(), t("app")].filter(Boolean).join(" · ");
    if (document.title !== title) document.title = title;
    if (this.led && !this.heading?.isConnected && document.activeElement === document.body) this.focusHeading();
  }

  protected override firstUpdated(): void {
    const main = document.getElementById("main");
    if (main) new MutationObserver(() => this.name()).observe(main, { childList: true, characterData: true, subtree: true });
  }

  protected override render() {
    return html`<a class="skip" href="#main" @click=${this.skip}>${t("skip")}</a>
      <header class="bar">
        <a class="brand" href="/">${t("app")}</a>
        ${this.state === "in" ? html`<nav aria-label=${t("menu")}>${this.links()}</nav>` : nothing}
        ${this.state === "in" ? this.person(session()) : nothing}
      </header>
      ${this.expired ? this.banner() : nothing}
      ${this.another ? this.newVersion() : nothing}
      ${navigator.onLine ? nothing : html`<div class="notice warning banner" role="alert" tabindex="-1" id="offline"><p>${t("offline.banner")}</p></div>`}
      <main id="main" tabindex="-1">${this.main()}</main>
      ${this.state === "in" ? html`<footer class="print-only">${t("print.foot", { who: session().user.username, where: location.href, when: timeInUtc(this.printedAt) })}</footer>` : nothing}
      ${this.dialog === "jump" ? html`<points-jump @points-closed=${this.closed}></points-jump>` : nothing}
      ${this.dialog === "settings" ? html`<points-settings @points-closed=${this.closed}></points-settings>` : nothing}`;
  }

  private skip(event: Event): void {
    event.preventDefault();
    document.getElementById("main")?.focus();
  }

  private links(): TemplateResult[] {
    return screens()
      .filter((screen) => screen.nav)
      .map((screen) => html`<a href=${screen.path} aria-current=${this.here?.screen === screen ? "page" : nothing}>${t(screen.nav!)}${screen.path === "/approvals" ? this.count() : nothing}</a>`);
  }

  private count(): TemplateResult | typeof nothing {
    if (!this.waiting?.number) return nothing;
    const number = `${points(this.waiting.number)}${this.waiting.more ? "+" : ""}`;
    return html`<span class="count" aria-hidden="true">${number}</span><span class="hidden">, ${t("approvals.waiting", { number })}</span>`;
  }

  private person(signedIn: Session): TemplateResult {
    return html`<div class="person">
      <span role="status">${behind()}</span>
      <span>${signedIn.user.name ?? signedIn.user.username}${this.company ? html`, <span dir="auto">${this.company}</span>` : nothing}</span>
      <label class="quiet">
        <span class="hidden">${t("theme")}</span>
        <select @change=${this.paint}>
          ${(["auto", "light", "dark"] as const).map(
            (theme) => html`<option value=${theme} ?selected=${(document.documentElement.dataset.theme ?? "auto") === theme}>${t(`theme.${theme}`)}</option>`,
          )}
        </select>
      </label>
      <label class="quiet">
        <span class="hidden">${t("language")}</span>
        <select @change=${this.speak}>
          <option value="auto" ?selected=${!chosen}>${t("language.auto")}</option>
          ${Object.entries(LANGUAGES).map(([one, name]) => html`<option value=${one} lang=${one} ?selected=${chosen === one}>${name}</option>`)}
        </select>
      </label>
      <button type="button" class="link" @click=${() => void this.open("jump")}>${t("jump.title")}</button>
      <button type="button" class="link" @click=${() => void this.open("settings")}>${t("settings.title")}</button>
      <a href="/bff/end">${t("signOut")}</a>
    </div>`;
  }

  /** What is in a form is kept, as for any other reload. */
  private speak(event: Event): void {
    choose((event.target as HTMLSelectElement).value);
    location.reload();
  }

  private paint(event: Event): void {
    const theme = (event.target as HTMLSelectElement).value;
    if (theme === "auto") {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem("points-theme");
    } else {
      document.documentElement.dataset.theme = theme;
      localStorage.setItem("points-theme", theme);
    }
  }

  private banner(): TemplateResult {
    return html`<div class="notice warning banner" role="alert">
      <p>${t("signedOut")}</p>
      <button type="button" class="primary" @click=${signIn}>${t("signedOut.again")}</button>
    </div>`;
  }

  /** Never by itself: somebody may be typing. What is in a form is kept. */
  private newVersion(): TemplateResult {
    return html`<div class="notice neutral banner" role="status">
      <p>${t("newVersion")}</p>
      <button type="button" @click=${() => location.reload()}>${t("newVersion.reload")}</button>
    </div>`;
  }

  private main(): TemplateResult | typeof nothing {
    if (this.state === "loading") return nothing;
    if (this.state === "failed") return failed(this.failure, () => location.reload());
    if (this.state === "out") return this.welcome();
    if (!screens().length) {
      return html`<h1>${t("noRole")}</h1><p>${t("noRole.text", { id: session().user.id })}</p>`;
    }
    if (has("manager", "lead", "employee") && !session().tenant_id) {
      return html`<h1>${t("noRole")}</h1><p>${t("problem.no-tenant")}</p>`;
    }
    if (this.failure) {
      const name = this.here?.screen.nav;
      return html`<h1>${name ? t(name) : t("app")}</h1>${failed(this.failure, () => void this.enter())}`;
    }
    if (this.here) return this.here.screen.show(this.here.parts);
    return html`<h1>${t("notFound")}</h1><p>${t("notFound.text")}</p><p><a href="/">${t("home")}</a></p>`;
  }

  private welcome(): TemplateResult {
    const refused = new URLSearchParams(location.search).get("sign-in") === "refused";
    return html`<section class="welcome">
      <h1>${t("app")}</h1>
      <p>${t("signIn.intro")}</p>
      ${refused ? html`<p class="notice warning" role="status">${t("signIn.refused")}</p>` : nothing}
      <button type="button" class="primary" @click=${signIn}>${t("signIn")}</button>
    </section>`;
  }
}

define("points-console", PointsConsole);
