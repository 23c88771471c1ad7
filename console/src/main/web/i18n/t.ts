import en from "./en.json";

export type Key = keyof typeof en;

const catalogue: Record<string, string> = en;

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
