// In which language the pages are, and how numbers and times are written: as somebody has chosen, or else as their browser says.

/** The languages that can be chosen, by their own names. What is not translated is in English. */
export const LANGUAGES = { en: "English", hi: "हिन्दी" };

const KEPT = "points-language";

/** What somebody has chosen; undefined if nothing. */
export const chosen = kept(KEPT);

const told = navigator.language || "en";

/** `en-XA` is no language: it shows which texts are in no catalogue, and what does not fit if texts are longer. */
export const language = (chosen ?? told).toLowerCase().startsWith("hi") ? "hi" : chosen === "en-XA" ? chosen : "en";

/** For times, and for numbers if nothing else is chosen for these. */
export const locale = told.toLowerCase().startsWith(language.slice(0, 2)) ? told : language === "hi" ? "hi-IN" : chosen ? "en-IN" : told;

const KEPT_NUMBERS = "points-numbers";

/** How numbers can be grouped apart from the language: 12,34,567 and 1,234,567. */
export const NUMBERS = ["en-IN", "en-US"] as const;

/** What somebody has chosen for numbers; undefined if nothing. */
export const numbersChosen = NUMBERS.find((format) => format === kept(KEPT_NUMBERS));

/** For numbers. */
export const numberLocale = numbersChosen ?? locale;

/** Keeps how numbers are to be written; the page has to be loaded anew. */
export function chooseNumbers(format: string): void {
  if (format === "auto") localStorage.removeItem(KEPT_NUMBERS);
  else localStorage.setItem(KEPT_NUMBERS, format);
}

/** Keeps a choice; the page has to be loaded anew. */
export function choose(one: string): void {
  if (one === "auto") localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, one);
}

function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}
