import { pipeline, Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { stringify as stringifyNow } from 'csv-stringify/sync';

export type CsvCell = string | number | null;

/** A table that is read while it is written. */
export interface CsvTable {
  columns: readonly string[];
  rows: AsyncIterable<readonly CsvCell[]>;
}

/** What a spreadsheet would take for the beginning of a formula, or what looks like such a cell made safe. */
const FORMULA = /^'*[=+\-@\t\0]/;

/** A text as a cell that no spreadsheet runs: what looks like a formula becomes a text by one more apostrophe. */
export function safeCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of which `safeCell` made a cell. */
export function textOfSafeCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

const DIALECT = {
  record_delimiter: '\r\n',
  // A lone line feed within a text is not the record's delimiter, and many readers take it for one.
  quoted_match: /[\r\n]/,
  cast: { string: (text: string) => safeCell(text) },
};

/** One record with its end, for a file that is more than one table. */
export function csvLine(cells: readonly CsvCell[]): string {
  return stringifyNow([[...cells]], DIALECT);
}

/** A file to be downloaded, RFC 4180 in UTF-8, written while it is read: its length does not matter. */
export function csvFile(name: string, { columns, rows }: CsvTable): StreamableFile {
  const writer = stringify({
    header: true,
    columns: columns.map((key) => ({ key })),
    ...DIALECT,
  });
  // A failure on the way ends the answer unfinished, which is how a client knows that it is not whole.
  pipeline(Readable.from(rows), writer, () => undefined);
  return new StreamableFile(writer, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });
}
