import { CsvError, parse } from 'csv-parse/sync';
import { UnsupportedMediaType } from 'src/common/http/transport-errors';

/** One record of a file, from the line on which it begins. */
export interface CsvRecord {
  /** Counted from 1. */
  line: number;
  /** Trimmed; null where the line cannot be read. */
  cells: string[] | null;
}

const DELIMITERS = [',', ';', '\t'];
/** A cell may hold line ends; more of them are a quote that nobody closed. */
const MOST_LINES = 10;
const MOST_CHARACTERS = 20_000;

/**
 * The records of a CSV file, the header first, as it comes in: UTF-8 with or without a byte order mark, cells parted by
 * commas, semicolons or tabs, as the header does it. Empty lines are passed over. A line that cannot be read costs
 * itself alone: the parser is given one record at a time, because a quote that is never closed would take the whole
 * rest of the file for a cell.
 *
 * @throws UnsupportedMediaType when the bytes are no text in UTF-8
 */
export async function* csvRecords(input: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader();
  for await (const lines of linesOf(input)) yield* reader.read(lines, false);
  yield* reader.read([], true);
}

/** Cuts lines into records, and remembers what the header said and which lines are still to come. */
class RecordReader {
  private delimiter = '';
  private width = 0;
  private ahead: string[] = [];
  private line = 1;

  *read(lines: readonly string[], isLast: boolean): Generator<CsvRecord> {
    this.ahead = this.ahead.concat(lines);
    let place = 0;
    // Only with some lines ahead can a cell of several lines be told from a quote left open.
    while (this.ahead.length - place > (isLast ? 0 : MOST_LINES)) {
      const next = this.ahead.slice(place, place + MOST_LINES);
      const taken = yield* this.record(next);
      place += taken;
      this.line += taken;
    }
    this.ahead = this.ahead.slice(place);
  }

  /** The record with which these lines begin, if any, and how many lines it takes. */
  private *record(lines: readonly string[]): Generator<CsvRecord, number> {
    const [first = ''] = lines;
    if (first.trim() === '') return 1;
    if (this.delimiter === '') this.delimiter = delimiterOf(first);
    const found = firstRecord(lines, this.delimiter, this.width);
    if (this.width === 0) this.width = found.cells?.length ?? 0;
    yield { line: this.line, cells: found.cells };
    return found.lines;
  }
}

/** Whole lines, as many at a time as each piece of the input completes. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const text of textOf(input)) {
    // A return at the very end may be half of a line end.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield lines;
  }
  yield rest.split('\r');
}

async function* textOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of input) yield decoded(() => decoder.decode(bytes, { stream: true }));
  yield decoded(() => decoder.decode());
}

function decoded(decode: () => string): string {
  let text: string;
  try {
    text = decode();
  } catch (error) {
    throw new UnsupportedMediaType({ cause: error });
  }
  if (text.includes('\0')) throw new UnsupportedMediaType();
  return text;
}

function delimiterOf(header: string): string {
  const widths = DELIMITERS.map((delimiter) => read(header, delimiter)?.length ?? 0);
  return DELIMITERS[widths.indexOf(Math.max(...widths))] ?? ',';
}

function firstRecord(
  ahead: readonly string[],
  delimiter: string,
  width: number,
): { cells: string[] | null; lines: number } {
  for (let lines = 1; lines <= ahead.length; lines += 1) {
    const text = ahead.slice(0, lines).join('\n');
    if (text.length > MOST_CHARACTERS) break;
    const cells = read(text, delimiter);
    // Several lines are one record only where they make a whole one.
    if (cells && (lines === 1 || cells.length === width)) return { cells, lines };
    if (lines === 1 && !text.includes('"')) break;
  }
  return { cells: null, lines: 1 };
}

/** The cells of a text that is one record, or null. */
function read(text: string, delimiter: string): string[] | null {
  try {
    const found: string[][] = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, trim: true });
    return found.length === 1 ? (found[0] ?? null) : null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
