import { setImmediate as breath } from 'node:timers/promises';
import { UnsupportedMediaType } from 'src/common/http/transport-errors';
import { cellsOf, cellsOfLines } from './csv-cells';

/** One record of a file, from the line on which it begins. */
export interface CsvRecord {
  /** Counted from 1. */
  line: number;
  /** Trimmed; null where the line cannot be read. */
  cells: string[] | null;
}

const DELIMITERS = [',', ';', '\t'];
/** A cell may hold line ends; more of them are a quote that nobody closed. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 20_000;
const PIECE = 32_768;

/** A file that is in memory, piece by piece: between two of them others get their turn, however long the file is. */
export async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    yield bytes.subarray(from, from + PIECE);
    await breath();
  }
}

/**
 * The records of a CSV file, the header first, as it comes in: UTF-8 with or without a byte order mark, cells parted by
 * commas, semicolons or tabs, as the header does it. Empty lines are passed over. A line that cannot be read costs
 * itself alone: a quote that is never closed would take the whole rest of the file for a cell.
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
      const taken = yield* this.record(place);
      place += taken;
      this.line += taken;
    }
    this.ahead = this.ahead.slice(place);
  }

  /** The record that begins at this place, if any, and how many lines it takes. */
  private *record(place: number): Generator<CsvRecord, number> {
    const first = this.ahead[place] ?? '';
    if (first.trim() === '') return 1;
    if (this.delimiter === '') this.delimiter = delimiterOf(first);
    const found = firstRecord(this.ahead, place, this.delimiter, this.width);
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
  const widths = DELIMITERS.map((delimiter) => cellsOf(header, delimiter)?.length ?? 0);
  return DELIMITERS[widths.indexOf(Math.max(...widths))] ?? ',';
}

/** @param width cells of a whole record; 0 = not known yet, and a header has no cell of several lines */
function firstRecord(
  ahead: readonly string[],
  place: number,
  delimiter: string,
  width: number,
): { cells: string[] | null; lines: number } {
  const first = ahead[place] ?? '';
  if (first.length > MOST_CHARACTERS) return { cells: null, lines: 1 };
  const alone = cellsOf(first, delimiter);
  if (alone) return { cells: alone, lines: 1 };
  const next = ahead.slice(place, place + MOST_LINES);
  return cellsOfLines(next, delimiter, { width, most: MOST_CHARACTERS }) ?? { cells: null, lines: 1 };
}
