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

function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  const count = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best));
}

/** A cell as it is written. */
export function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
