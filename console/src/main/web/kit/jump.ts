import { html, nothing, type TemplateResult } from "lit";
import { membersCalled } from "../api/people";
import { has } from "../api/session";
import { tenantsCalled } from "../api/tenants";
import { t } from "../i18n/t";
import { define, PageElement } from "./element";
import { screens } from "./router";
import { fieldError } from "./states";

interface Target {
  path: string;
  text: string;
  /** What it is. */
  kind: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHORTEST = 2;
const PAUSE_MS = 200;
const MOST = 8;

/** Goes to a page, to somebody or some tenant by name, or to what has an id. */
class PointsJump extends PageElement {
  private text = "";
  private found: Target[] = [];
  private failed = false;
  private abort: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private get dialog(): HTMLDialogElement {
    return this.querySelector("dialog")!;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    window.addEventListener("points-went", this.close);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("points-went", this.close);
    this.abort?.abort();
    clearTimeout(this.timer);
  }

  private readonly close = (): void => this.dialog.close();

  protected override render(): TemplateResult {
    const targets = this.targets();
    return html`<dialog class="card" aria-labelledby="jump-title" @close=${() => this.dispatchEvent(new CustomEvent("points-closed"))} @keydown=${this.move}>
      <h2 id="jump-title">${t("jump.title")}</h2>
      <div class="field">
        <label for="jump">${t("jump.what")}</label>
        <input id="jump" type="search" autocomplete="off" maxlength="200" aria-describedby="jump-hint jump-error" .value=${this.text} @input=${this.type} @keydown=${this.enter}>
        <p class="muted" id="jump-hint">${t("jump.hint")}</p>
        ${fieldError("jump-error", this.failed ? t("failed") : undefined)}
      </div>
      <p class="hidden" role="status">${this.text.trim() ? t("jump.count", { n: targets.length }) : nothing}</p>
      ${this.text.trim() && !targets.length && !this.failed ? html`<p class="muted">${t("jump.none")}</p>` : nothing}
      <ul class="jump">${targets.map((target) => html`<li><a href=${target.path}><span dir="auto">${target.text}</span> <span class="muted">${target.kind}</span></a></li>`)}</ul>
      <p class="actions"><button type="button" @click=${this.close}>${t("close")}</button></p>
    </dialog>`;
  }

  private targets(): Target[] {
    const text = this.text.trim();
    if (UUID.test(text)) return byId(text);
    const asked = text.toLocaleLowerCase();
    const pages = screens()
      .filter((screen) => screen.nav && t(screen.nav).toLocaleLowerCase().includes(asked))
      .map((screen) => ({ path: screen.path, text: t(screen.nav!), kind: t("jump.page") }));
    return [...pages, ...this.found].slice(0, text ? 2 * MOST : undefined);
  }

  private type(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    this.found = [];
    this.failed = false;
    this.abort?.abort();
    clearTimeout(this.timer);
    const text = this.text.trim();
    if (text.length >= SHORTEST && !UUID.test(text)) this.timer = setTimeout(() => void this.look(text), PAUSE_MS);
    this.requestUpdate();
  }

  /** Only what the role may search is searched. */
  private async look(text: string): Promise<void> {
    const { signal } = (this.abort = new AbortController());
    try {
      const found = await Promise.all([
        has("manager") ? membersCalled(text, signal).then((all) => all.map(({ id, label }) => ({ path: `/team/members/${id}`, text: label, kind: t("member.title") }))) : [],
        tenantPath("") ? tenantsCalled(text, signal).then((all) => all.map(({ id, label }) => ({ path: tenantPath(id)!, text: label, kind: t("allocate.tenant") }))) : [],
      ]);
      this.found = found.flatMap((some) => some.slice(0, MOST));
    } catch {
      if (signal.aborted) return;
      this.failed = true;
    }
    this.requestUpdate();
  }

  private enter(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.isComposing) this.querySelector<HTMLElement>(".jump a")?.click();
  }

  private move(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const all = [this.querySelector<HTMLElement>("#jump")!, ...this.querySelectorAll<HTMLElement>(".jump a")];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  }
}

/** Where those who may look for tenants look at one. */
function tenantPath(id: string): string | undefined {
  if (has("platform-admin")) return `/platform/tenants/${id}`;
  if (has("finance")) return `/finance/${id}/${new Date().toISOString().slice(0, 7)}`;
  return has("auditor") ? `/audit/conservation/${id}` : undefined;
}

/** An id does not say what it is of: each page that it may belong to is offered, and none is asked for it before. */
function byId(id: string): Target[] {
  const of = (path: string, kind: string) => ({ path, text: id, kind });
  const tenant = tenantPath(id);
  return [
    ...(has("manager", "lead", "employee") ? [of(`/d/${id}`, t("d.title"))] : []),
    ...(has("manager") ? [of(`/team/members/${id}`, t("member.title")), of(`/team/campaigns/${id}`, t("jump.campaign"))] : []),
    ...(tenant ? [of(tenant, t("allocate.tenant"))] : []),
    ...(has("auditor") ? [of(`/audit/records/${id}`, t("jump.record"))] : []),
  ];
}

define("points-jump", PointsJump);
