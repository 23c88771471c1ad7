import en from "./en.json";
import { language } from "./locale";

export type Key = keyof typeof en;

let catalogue: Record<string, string> = en;

/** Has the texts in the language that was chosen; before the first page is shown. */
export async function speak(): Promise<void> {
  if (language === "hi") catalogue = { ...en, ...(await import("./hi.json")).default };
  if (language === "en-XA") {
    const { pseudo } = await import("./pseudo");
    catalogue = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudo(text)]));
  }
  document.documentElement.lang = language;
}

/** The text of a key, with {names} filled in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(catalogue[key] ?? key, values);
}

/** The text of a key that is made at run time, if there is one. */
export function maybe(key: string, values: Record<string, string | number> = {}): string | undefined {
  const text = catalogue[key];
  return text === undefined ? undefined : fill(text, values);
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
