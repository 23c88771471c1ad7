// Single keys, for whoever uses the keyboard. They can be switched off (WCAG 2.1.4), and none is heard while somebody types.

import type { Key } from "../i18n/t";
import { go, type Screen, screens } from "./router";

const KEPT = "points-shortcuts";

/** For so long a letter counts after g. */
const PAUSE_MS = 2_000;

const SEARCH = "main [role=search] input, main .filter input:not([type]), main .filter vaadin-combo-box input";

/** The letter that leads to a page, after g. */
const LETTERS: Record<string, string> = {
  "/platform": "o",
  "/platform/tenants": "t",
  "/platform/allocate": "a",
  "/platform/schedules": "s",
  "/platform/activity": "v",
  "/platform/alerts": "l",
  "/platform/adjustments": "j",
  "/team": "p",
  "/team/award": "w",
  "/team/members": "m",
  "/team/campaigns": "c",
  "/team/history": "h",
  "/team/statement": "s",
  "/team/policy": "u",
  "/team/rules": "i",
  "/team/alerts": "b",
  "/me": "e",
  "/recognise": "w",
  "/feed": "f",
  "/finance": "n",
  "/finance/entries": "i",
  "/finance/prices": "r",
  "/finance/reconciliation": "k",
  "/audit": "d",
  "/audit/records": "q",
  "/audit/trees": "x",
  "/audit/verify": "z",
  "/audit/alerts": "y",
};

export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, "off");
}

/** The pages of whoever is signed in that have a letter. */
export function lettered(): { letter: string; screen: Screen & { nav: Key } }[] {
  return screens().flatMap((screen) => {
    const letter = LETTERS[screen.path];
    return letter && screen.nav ? [{ letter, screen: { ...screen, nav: screen.nav } }] : [];
  });
}

/**
 * Listens from now on.
 *
 * @param help shows which keys there are
 * @param jump opens the search for pages, people and ids; with Ctrl or Cmd too, which is heard everywhere
 */
export function listen(help: () => void, jump: () => void): void {
  let awaited = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !event.key) return;
    const chord = event.ctrlKey || event.metaKey;
    if (chord && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      jump();
      return;
    }
    if (event.key === "Shift") return;
    const second = performance.now() < awaited;
    awaited = 0;
    if (chord || event.altKey || !shortcutsOn() || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (second) {
      const there = lettered().find(({ letter }) => letter === event.key.toLowerCase());
      if (there) go(there.screen.path);
    } else if (event.key === "g") {
      awaited = performance.now() + PAUSE_MS;
    } else if (event.key === "?") {
      help();
    } else if (event.key === "/") {
      event.preventDefault();
      const field = document.querySelector<HTMLElement>(SEARCH);
      if (field) field.focus();
      else jump();
    }
  });
}

function isTyping(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return at instanceof Element && at.closest("input, textarea, select, [contenteditable]") !== null;
}
