/** A line of a file: its number, the first one being 1, and its cells. */
export interface CsvLine {
  line: number;
  cells: string[];
}

const SEPARATORS = [",", ";", "\t"];

/**
 * Reads RFC 4180, with whichever separator the first line has most of: spreadsheets write semicolons where commas are in numbers. Blank
 * lines are left out. Undefined if a quote is not closed.
 */
export function parse(text: string): CsvLine[] | undefined {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const separator = separatorOf(plain);
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let first = 1;
  const end = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0]!.trim()) lines.push({ line: first, cells });
    cells = [];
    cell = "";
  };
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at]!;
    const lineEnds = character === "\n" || (character === "\r" && plain[at + 1] !== "\n");
    if (lineEnds) line++;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (plain[at + 1] === '"') cell += plain[++at];
      else quoted = false;
    } else if (character === '"' && !cell.trim()) {
      cell = "";
      quoted = true;
    } else if (character === separator) {
      cells.push(cell);
      cell = "";
    } else if (lineEnds) {
      end();
      first = line;
    } else if (character !== "\r") {
      cell += character;
    }
  }
  if (quoted) return undefined;
  end();
  return lines;
}

/** Which column has one of these names; −1 if none has. */
export function column(header: CsvLine, names: string[]): number {
  return header.cells.findIndex((cell) => names.includes(cell.trim().toLowerCase()));
}

function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  const count = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best));
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What a service reads, for what it says of its lines to be found again. */
export interface Written {
  text: string;
  /** The line on which each row begins. */
  starts: number[];
}

/** Rows below a header, as RFC 4180 has them. */
export function written(header: string, rows: string[][]): Written {
  const starts: number[] = [];
  let line = 2;
  let text = `${header}\n`;
  for (const row of rows) {
    const next = `${row.map((cell) => quoted(cell.replace(/\r\n?/g, "\n"))).join(",")}\n`;
    starts.push(line);
    line += next.split("\n").length - 1;
    text += next;
  }
  return { text, starts };
}

/** Which row a line of what was sent belongs to. */
export function rowAt(csv: Written, line: number): number {
  return csv.starts.findLastIndex((start) => start <= line);
}
