import type { ReactiveController, ReactiveControllerHost } from "lit";
import { call, type Options, Problem, SignedOut, Unknown } from "../api/call";
import { session } from "../api/session";

export type Phase<T> =
  | { name: "editing"; problem?: Problem }
  | { name: "sending" }
  | { name: "done"; status: number; body: T; location: string | null }
  /** Asked three times, and nobody knows. */
  | { name: "unknown"; asking: boolean };

const ATTEMPTS = 3;

/**
 * What a form sends, once: the key belongs to the form, is kept with what was typed, and changes only after a refusal that is certain.
 * So neither a double click nor a reload nor signing in again in between sends anything twice.
 */
export class Sending<T, F extends object> implements ReactiveController {
  phase: Phase<T> = { name: "editing" };
  fields: F;
  private key: string;
  private readonly draft: string;

  constructor(
    private readonly host: ReactiveControllerHost,
    draft: string,
    private readonly empty: F,
  ) {
    host.addController(this);
    this.draft = `draft:${session().user.id}:${draft}`;
    const kept = this.kept();
    this.fields = kept?.fields ?? { ...empty };
    this.key = kept?.key ?? crypto.randomUUID();
  }

  hostConnected(): void {
    window.addEventListener("online", this.render);
    window.addEventListener("offline", this.render);
  }

  hostDisconnected(): void {
    window.removeEventListener("online", this.render);
    window.removeEventListener("offline", this.render);
  }

  /** What sends is not offered while nothing can be sent. */
  private readonly render = (): void => this.host.requestUpdate();

  set(changes: Partial<F>): void {
    this.fields = { ...this.fields, ...changes };
    this.keep();
    this.host.requestUpdate();
  }

  /** Another form of the same kind. */
  reset(): void {
    this.fields = { ...this.empty };
    this.key = crypto.randomUUID();
    sessionStorage.removeItem(this.draft);
    this.phase = { name: "editing" };
    this.host.requestUpdate();
  }

  /** With POST, unless it says otherwise; other methods need no key to be sent again. */
  async send(path: string, body: unknown, how: { method?: string } & Options = {}): Promise<void> {
    if (this.phase.name === "sending" || (this.phase.name === "unknown" && this.phase.asking)) return;
    this.keep();
    if (!navigator.onLine) return document.getElementById("offline")?.focus();
    const { method = "POST", ...options } = how;
    const post = method === "POST" ? { key: this.key, prefer: "wait=8" } : {};
    this.enter({ name: "sending" });
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await call<T>(method, path, { body, ...post, ...options });
        sessionStorage.removeItem(this.draft);
        this.key = crypto.randomUUID();
        return this.enter({ name: "done", ...answer });
      } catch (failure) {
        if (failure instanceof Problem) {
          // Certain: the next attempt is another one.
          this.key = crypto.randomUUID();
          this.keep();
          return this.enter({ name: "editing", problem: failure });
        }
        if (failure instanceof SignedOut) return this.enter({ name: "editing" });
        if (attempt === ATTEMPTS || !(failure instanceof Unknown)) return this.enter({ name: "unknown", asking: false });
        this.enter({ name: "unknown", asking: true });
        const pause = failure.retryAfterMs;
        await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  }

  private enter(phase: Phase<T>): void {
    this.phase = phase;
    this.host.requestUpdate();
  }

  private kept(): { key: string; fields: F } | undefined {
    try {
      return JSON.parse(sessionStorage.getItem(this.draft) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }

  private keep(): void {
    sessionStorage.setItem(this.draft, JSON.stringify({ key: this.key, fields: this.fields }));
  }
}
