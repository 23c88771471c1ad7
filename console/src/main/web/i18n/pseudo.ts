const ACCENTED: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú" };

/** A text as it were in a language that needs two fifths more room, with its {names} as they are. */
export function pseudo(text: string): string {
  const accented = text.replace(/\{\w+\}|[aeiouAEIOU]/g, (found) => ACCENTED[found] ?? found);
  return `[${accented}${"·".repeat(Math.ceil(text.length * 0.4))}]`;
}
