import { type CsvLine, parse, quoted } from "../kit/csv";
import { t } from "../i18n/t";

/** Somebody who is to be awarded, as their line in the file has it. */
export interface Row {
  line: number;
  /** An id, or an e-mail address. */
  who: string;
  amount: string;
  text: string;
}

export const MOST_ROWS = 10_000;
const MOST_BYTES = 2 << 20;
const HEADER = "to_user_id,amount,description";

const WHO = ["to_user_id", "user_id", "id", "email", "e-mail", "e-mail address"];
const AMOUNT = ["amount", "points"];
const TEXT = ["description", "message", "reason", "what for"];

/**
 * The rows of a file, or of what was pasted; or why there are none.
 *
 * @returns rows, or a sentence
 */
export function rowsOf(text: string): Row[] | string {
  if (text.length > MOST_BYTES) return t("campaign.file.long");
  const lines = parse(text);
  if (!lines) return t("campaign.file.quote");
  const [header, ...rest] = lines;
  if (!header || !rest.length) return t("campaign.file.empty");
  const who = column(header, WHO);
  const amount = column(header, AMOUNT);
  const what = column(header, TEXT);
  if (who < 0 || amount < 0) return t("campaign.file.header", { header: HEADER });
  if (rest.length > MOST_ROWS) return t("campaign.file.rows");
  return rest.map(({ line, cells }) => ({ line, who: (cells[who] ?? "").trim(), amount: (cells[amount] ?? "").trim(), text: (cells[what] ?? "").trim() }));
}

function column(header: CsvLine, names: string[]): number {
  return header.cells.findIndex((cell) => names.includes(cell.trim().toLowerCase()));
}

/** What is sent. */
export interface Csv {
  text: string;
  /** The line on which each row begins. */
  starts: number[];
}

/**
 * Rows as the service reads them.
 *
 * @param what for those rows that do not say what for
 * @param ids of those who have e-mail addresses
 * @returns undefined if it is longer than the service takes
 */
export function csvOf(rows: Row[], what: string, ids: Map<string, string>): Csv | undefined {
  const starts: number[] = [];
  let line = 2;
  let text = `${HEADER}\n`;
  for (const row of rows) {
    const next = `${[ids.get(row.who.toLowerCase()) ?? row.who, row.amount, row.text || what].map((cell) => quoted(cell.replace(/\r\n?/g, "\n"))).join(",")}\n`;
    starts.push(line);
    line += next.split("\n").length - 1;
    text += next;
  }
  return new Blob([text]).size > MOST_BYTES ? undefined : { text, starts };
}

/** Which row a line of what was sent belongs to. */
export function rowAt(csv: Csv, line: number): number {
  return csv.starts.findLastIndex((start) => start <= line);
}
