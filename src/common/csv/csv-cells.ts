/** What was read of a record: its whole cells, and of the last one what is there when its quote is still open. */
interface Scan {
  cells: string[];
  open: string | null;
}

/** What follows an opening quote: a cell up to its closing one, all of the line, or no quoted cell at all. */
type Quoted = { text: string; end: number } | { open: string } | null;

/** The trimmed cells of a line, or null when a quote stays open at its end. */
export function cellsOf(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const { cells, open } = scan({ cells: [], open: null }, line, delimiter);
  return open === null ? cells : null;
}

/**
 * The cells of the record with which these lines begin, where it takes several of them. Null when the quote is not
 * closed within `most` characters, or the record would not have `width` cells: then nobody meant it as a quote.
 */
export function cellsOfLines(
  lines: Iterable<string>,
  delimiter: string,
  { width, most }: { width: number; most: number },
): { cells: string[]; lines: number } | null {
  let record: Scan | null = { cells: [], open: null };
  let taken = 0;
  let characters = 0;
  for (const line of lines) {
    taken += 1;
    characters += line.length;
    record = scanNext(record, line, delimiter);
    if (!record || characters > most || record.cells.length > width) return null;
    if (record.open === null) return record.cells.length === width ? { cells: record.cells, lines: taken } : null;
  }
  return null;
}

/** The record with one more line, or null when that breaks the quote that is open. */
function scanNext(record: Scan, line: string, delimiter: string): Scan | null {
  if (record.open === null) return scan(record, line, delimiter);
  const quoted = quotedFrom(line, 0, delimiter);
  if (!quoted) return null;
  if ('open' in quoted) return { cells: record.cells, open: `${record.open}\n${quoted.open}` };
  record.cells.push(`${record.open}\n${quoted.text}`);
  const rest = { cells: record.cells, open: null };
  return quoted.end >= line.length ? rest : scan(rest, line, delimiter, quoted.end + 1);
}

/** Adds the cells of a line from some place on, at which a cell begins. */
function scan({ cells }: Scan, line: string, delimiter: string, from = 0): Scan {
  for (let at = from; ;) {
    const begin = afterSpaces(line, at, delimiter);
    const quoted = line[begin] === '"' ? quotedFrom(line, begin + 1, delimiter) : null;
    if (quoted && 'open' in quoted) return { cells, open: quoted.open };
    const { text, end } = quoted ?? plainFrom(line, at, delimiter);
    cells.push(text);
    if (end >= line.length) return { cells, open: null };
    at = end + 1;
  }
}

/** A quote that is not doubled closes only before a delimiter or the end; another one is a sign like any other. */
function quotedFrom(line: string, from: number, delimiter: string): Quoted {
  for (let at = from; ;) {
    const quote = line.indexOf('"', at);
    if (quote === -1) return { open: undoubled(line.slice(from)) };
    if (line[quote + 1] === '"') {
      at = quote + 2;
      continue;
    }
    const end = afterSpaces(line, quote + 1, delimiter);
    const isClosing = end >= line.length || line[end] === delimiter;
    return isClosing ? { text: undoubled(line.slice(from, quote)), end } : null;
  }
}

function plainFrom(line: string, from: number, delimiter: string): { text: string; end: number } {
  const found = line.indexOf(delimiter, from);
  const end = found === -1 ? line.length : found;
  return { text: line.slice(from, end).trim(), end };
}

function undoubled(text: string): string {
  return text.replaceAll('""', '"');
}

function afterSpaces(line: string, from: number, delimiter: string): number {
  let at = from;
  while (at < line.length && line[at] !== delimiter && (line[at] ?? '').trim() === '') at += 1;
  return at;
}
