import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import type { RingCipher } from 'src/common/crypto/ring-cipher';
import { TokenCipher } from 'src/common/crypto/token-cipher';
import type { TestApp } from 'test/support/test-app';

/** Where a word was found: `table.column` or a file, and which field it was planted in. */
export type Trace = string;

type Words = readonly (readonly [field: string, text: string])[];

/** Every word that is anywhere in the database, its queue included: as it is, in bytes, or behind our own keys. */
export async function tracesInDatabase(app: TestApp, words: Words): Promise<Trace[]> {
  const found = new Set<Trace>();
  const look = (place: string, text: string): void => {
    const content = text.toLowerCase();
    for (const [field, word] of words)
      if (formsOf(word).some((form) => content.includes(form))) found.add(`${place}: ${field}`);
  };
  for (const table of await tablesOf(app.database)) {
    const { rows } = await app.database.query<Record<string, unknown>>(`SELECT to_jsonb(t) AS row FROM ${table} AS t`);
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row as Record<string, unknown>))
        if (value !== null) look(`${table}.${column}`, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const ring of [app.nest.get(FieldCipher), app.nest.get(TokenCipher)])
    for (const [place, text] of await opened(app.database, ring)) look(`${place} (encrypted)`, text);
  return [...found].sort();
}

/** Every word in the files of a folder, and those that lie in folders of it. */
export async function tracesInFiles(folder: string, words: Words): Promise<Trace[]> {
  const found: Trace[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = (await readFile(join(entry.parentPath, entry.name))).toString('latin1').toLowerCase();
    for (const [field, word] of words)
      if (content.includes(word.toLowerCase()) || entry.name.toLowerCase().includes(word.toLowerCase()))
        found.push(`${entry.name}: ${field}`);
  }
  return found;
}

/** As it is, and as PostgreSQL shows bytes. */
function formsOf(word: string): string[] {
  return [word.toLowerCase(), Buffer.from(word).toString('hex')];
}

async function tablesOf(database: Pool): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** What is kept encrypted with this ring, in clear. */
async function opened(database: Pool, ring: RingCipher): Promise<[place: string, text: string][]> {
  const texts: [string, string][] = [];
  for (const { table, columns, rowId } of ring.keptColumns)
    for (const column of columns) {
      const { rows } = await database.query<{ id: string; value: string }>(
        `SELECT (${rowId})::text AS id, ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
      );
      for (const { id, value } of rows)
        texts.push([`${table}.${column}`, ring.decrypt({ table, rowId: id, column }, value)]);
    }
  return texts;
}
