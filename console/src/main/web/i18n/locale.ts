// In which language the pages are, and how numbers and times are written: as somebody has chosen, or else as their browser says.

/** The languages that can be chosen, by their own names. What is not translated is in English. */
export const LANGUAGES = { en: "English", hi: "हिन्दी" };

const KEPT = "points-language";

/** What somebody has chosen; undefined if nothing. */
export const chosen = kept();

const told = navigator.language || "en";

/** `en-XA` is no language: it shows which texts are in no catalogue, and what does not fit if texts are longer. */
export const language = (chosen ?? told).toLowerCase().startsWith("hi") ? "hi" : chosen === "en-XA" ? chosen : "en";

/** For numbers and times. */
export const locale = told.toLowerCase().startsWith(language.slice(0, 2)) ? told : language === "hi" ? "hi-IN" : chosen ? "en-IN" : told;

/** Keeps a choice; the page has to be loaded anew. */
export function choose(one: string): void {
  if (one === "auto") localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, one);
}

function kept(): string | undefined {
  try {
    return localStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}
