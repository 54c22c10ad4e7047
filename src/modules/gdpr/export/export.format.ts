import { csvLine } from 'src/common/csv/csv-file';
import { wireInstant } from 'src/common/http/instants';
import type { DataSubject } from 'src/common/personal-data/personal-data';
import type { ArrangedSection } from './export.rules';
import type { ExportFormat } from './export.types';

type Row = Readonly<Record<string, unknown>>;

/** Written to the connection at once: less is many small packets, more is memory that a slow reader holds. */
const CHUNK = 32_768;

/** An export as text, piece by piece, each when it is asked for. */
export function exportText(
  format: ExportFormat,
  { at, person, sections }: { at: Date; person: DataSubject; sections: readonly ArrangedSection[] },
): AsyncGenerator<string> {
  return inChunks(format === 'json' ? json(at, person, sections) : csv(at, person, sections));
}

async function* json(at: Date, person: DataSubject, sections: readonly ArrangedSection[]): AsyncGenerator<string> {
  yield `{"export_date":${JSON.stringify(wireInstant(at))}`;
  for (const section of sections) {
    yield `,\n${JSON.stringify(section.name)}:`;
    yield* section.isSingle ? single(section, person) : list(section, person);
  }
  yield '}\n';
}

async function* single(section: ArrangedSection, person: DataSubject): AsyncGenerator<string> {
  for await (const row of rowsOf(section, person)) {
    yield jsonRow(section, row);
    return;
  }
  yield 'null';
}

async function* list(section: ArrangedSection, person: DataSubject): AsyncGenerator<string> {
  let before = '[';
  for await (const row of rowsOf(section, person)) {
    yield `${before}\n${jsonRow(section, row)}`;
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** Sections one after another, each with its name, its columns and its rows. */
async function* csv(at: Date, person: DataSubject, sections: readonly ArrangedSection[]): AsyncGenerator<string> {
  yield csvLine(['export_date']) + csvLine(['at']) + csvLine([wireInstant(at)]);
  for (const section of sections) {
    yield `\r\n${csvLine([section.name])}${csvLine(section.fields)}`;
    for await (const row of rowsOf(section, person)) yield csvLine(section.fields.map((field) => cellOf(row[field])));
  }
}

async function* rowsOf({ sources }: ArrangedSection, person: DataSubject): AsyncGenerator<Row> {
  for (const source of sources) yield* source.rows(person);
}

function jsonRow({ fields }: ArrangedSection, row: Row): string {
  return JSON.stringify(Object.fromEntries(fields.map((field) => [field, onWire(row[field])])));
}

function cellOf(value: unknown): string | number | null {
  const said = onWire(value);
  if (said === null || typeof said === 'number' || typeof said === 'string') return said;
  return JSON.stringify(said);
}

/** Instants as the wire writes them, wherever they stand. */
function onWire(value: unknown): unknown {
  if (value instanceof Date) return wireInstant(value);
  if (Array.isArray(value)) return value.map(onWire);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, onWire(part)]));
}

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < CHUNK) continue;
    yield held.join('');
    held = [];
    size = 0;
  }
  if (size > 0) yield held.join('');
}
