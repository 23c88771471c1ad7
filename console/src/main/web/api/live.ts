// Of all tabs of a browser one has a stream of hints, and tells the others. Administrators' tabs have one each, for each names the
// tenants that it shows.

import { SignedOut } from "./call";
import { type Standing, watch } from "./events";
import { has, session } from "./session";

/** What a service tells of. */
export type Thing = "pool" | "batches" | "approvals" | "wishes" | "feed" | "wallet" | "distributions" | "alerts" | "adjustments" | "proposals" | "tenants";

/** What all tabs hear. */
interface Told {
  standing: Standing;
  live: boolean;
  /** When what there is was heard of last, in ms since 1970. */
  asOf: number;
}

const NAME = "points-live";
const EVENTS = "/api/events";
const PLATFORM_EVENTS = "/api/platform/events";

/** What a service tells of one tenant under this, pages hear of as tenants. */
const TENANT = "tenant:";

/** As many as a service takes at once. */
const MOST_TENANTS = 50;

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15_000;

/** After the end of a stream, at random up to so long: all streams of an instance may have ended at once. */
const SPREAD_MS = 3_000;

let told: Told | undefined;
let known: Standing | undefined;
let channel: BroadcastChannel | undefined;
let leading: AbortController | undefined;
let leads = false;
let stream: typeof EVENTS | typeof PLATFORM_EVENTS | undefined;
let shown: readonly string[] = [];

/** Whether hints arrive at once, and of when they are otherwise; undefined before anything was heard. */
export function state(): { live: boolean; asOf: number } | undefined {
  return told;
}

/** Begins, for whoever has something to be told of. A tab that nobody sees leaves the stream to the others. */
export function start(): void {
  if (stream) return;
  if (has("manager", "lead", "employee") && session().tenant_id) stream = EVENTS;
  else if (has("platform-admin")) stream = PLATFORM_EVENTS;
  else return;
  if (stream === EVENTS) share(name());
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", follow);
  follow();
}

/** Another person in another tab has another one. */
function name(): string {
  return `${NAME}-${session().user.id}`;
}

function share(name: string): void {
  channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Told | "who leads?">) => {
    if (data !== "who leads?") adopt(data);
    else if (leads && told) channel?.postMessage(told);
  };
  channel.postMessage("who leads?");
}

/** The tenants that a page of an administrator's shows, of which it is told from now on. */
export function show(tenants: readonly string[]): void {
  const next = [...new Set(tenants)].sort().slice(0, MOST_TENANTS);
  if (next.join() === shown.join()) return;
  shown = next;
  if (stream !== PLATFORM_EVENTS || !leading) return;
  stop();
  follow();
}

function follow(): void {
  if (document.hidden) stop();
  else lead(name());
}

function stop(): void {
  leading?.abort();
  leading = undefined;
}

function lead(name: string): void {
  if (leading) return;
  const { signal } = (leading = new AbortController());
  const run = async () => {
    leads = true;
    try {
      await listen(signal);
    } finally {
      leads = false;
    }
  };
  // Without a secure context there are no locks, and each tab has a stream of its own.
  const turn = channel && navigator.locks ? navigator.locks.request(name, { signal }, run) : run();
  turn.catch((failure: unknown) => {
    if (failure instanceof SignedOut) window.dispatchEvent(new CustomEvent("points-signed-out"));
    else if (!signal.aborted) throw failure;
  });
}

/** One stream after the other; while there is none, what there is is asked for now and then. */
async function listen(signal: AbortSignal): Promise<void> {
  let retry = FIRST_RETRY_MS;
  while (!signal.aborted) {
    let wait = Math.random() * SPREAD_MS;
    try {
      await watch(address(), signal, (hints) => {
        retry = FIRST_RETRY_MS;
        tell(hints, true);
      });
    } catch (failure) {
      if (failure instanceof SignedOut || signal.aborted) throw failure;
      await look(signal);
      wait = retry;
      retry = Math.min(2 * retry, LONGEST_RETRY_MS);
    }
    await pause(wait, signal);
  }
}

async function look(signal: AbortSignal): Promise<void> {
  if (told?.live) tell(undefined, false);
  try {
    await watch(address("seconds=0"), signal, (hints) => tell(hints, false));
  } catch (failure) {
    if (failure instanceof SignedOut) throw failure;
    tell(undefined, false);
  }
}

function address(...more: string[]): string {
  const asked = [...(stream === PLATFORM_EVENTS && shown.length ? [`tenants=${shown.join(",")}`] : []), ...more];
  return `${stream}${asked.length ? "?" : ""}${asked.join("&")}`;
}

function tell(hints: Standing | undefined, live: boolean): void {
  const now = live || hints ? Date.now() : (told?.asOf ?? Date.now());
  const next = { standing: { ...told?.standing, ...hints }, live, asOf: now };
  channel?.postMessage(next);
  adopt(next);
}

/** The first time everything counts as changed: the page may have been read a moment before. */
function adopt(next: Told): void {
  const before = known;
  const changed = Object.keys(next.standing)
    .filter((thing) => before?.[thing] !== next.standing[thing])
    .map((thing) => (thing.startsWith(TENANT) ? "tenants" : thing));
  const moved = told?.live !== next.live || (!next.live && told?.asOf !== next.asOf);
  told = next;
  known = next.standing;
  if (moved) window.dispatchEvent(new CustomEvent("points-live"));
  if (changed.length) window.dispatchEvent(new CustomEvent("points-changed", { detail: changed }));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
    signal.addEventListener("abort", () => done(), { once: true });
  });
}
