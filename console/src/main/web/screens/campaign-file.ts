import { column, parse, type Written, written } from "../kit/csv";
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

/**
 * Rows as the service reads them.
 *
 * @param what for those rows that do not say what for
 * @param ids of those who have e-mail addresses
 * @returns undefined if it is longer than the service takes
 */
export function csvOf(rows: Row[], what: string, ids: Map<string, string>): Written | undefined {
  const csv = written(HEADER, rows.map((row) => [ids.get(row.who.toLowerCase()) ?? row.who, row.amount, row.text || what]));
  return new Blob([csv.text]).size > MOST_BYTES ? undefined : csv;
}
