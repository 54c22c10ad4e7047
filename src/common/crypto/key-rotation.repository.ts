import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** One column of encrypted values. */
export interface EncryptedColumn {
  table: string;
  column: string;
  /** SQL over the columns of the row: its id in the places of its values. */
  rowId: string;
}

/** The columns that name a row, and their types. */
export type PrimaryKey = readonly { name: string; type: string }[];

/** A row of the column that holds something. */
export interface EncryptedRow {
  /** Values of the primary key, as text. */
  key: readonly string[];
  rowId: string;
  stored: string;
}

type Unwritten = Omit<EncryptedRow, 'stored'> & { stored: null };

/** One page of a table: of those of its rows that hold something, and where the next page begins. */
export interface EncryptedRows {
  rows: readonly EncryptedRow[];
  /** Key of the last row that was looked at; null = there are none after it. */
  last: readonly string[] | null;
}

/** Rows that a statement looks at: it stays far below the time that a statement may take. */
const PAGE = 1_000;

const PRIMARY_KEY: Statement = {
  name: 'key_rotation_primary_key',
  text: `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
         FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
         WHERE indrelid = to_regclass($1) AND indisprimary
         ORDER BY array_position(indkey::int2[], attnum)`,
};
/** What travels in jobs and lies in dead letters, by the id of its key. */
const TRAVELLING: Statement = {
  name: 'key_rotation_travelling',
  text: `SELECT found[1] AS "keyId", count(*)::int AS count
         FROM (SELECT payload::text AS payload FROM graphile_worker._private_jobs
               UNION ALL SELECT payload::text FROM dead_letters) carried,
              regexp_matches(payload, '"([A-Za-z0-9_-]{1,32}):[A-Za-z0-9+/]{38,}={0,2}"', 'g') AS found
         GROUP BY 1 ORDER BY 1`,
};

/** Encrypted values wherever they are kept. Tables and columns are names that our own modules gave. */
@Injectable()
export class KeyRotationRepository {
  constructor(private readonly database: Database) {}

  async primaryKey(table: string): Promise<PrimaryKey> {
    return this.database.query<{ name: string; type: string }>(PRIMARY_KEY, [table]);
  }

  /** @param after key of the last row of the page before; null for the first page */
  async page(of: EncryptedColumn, key: PrimaryKey, after: readonly string[] | null): Promise<EncryptedRows> {
    const { table, column, rowId } = of;
    const names = key.map(({ name }) => name).join(', ');
    const start = after === null ? '' : `WHERE (${names}) > (${placesOf(key, 1)})`;
    const statement = named(
      'key_rotation_page',
      `SELECT ARRAY[${key.map(({ name }) => `${name}::text`).join(', ')}] AS key, (${rowId})::text AS "rowId",
              ${column} AS stored
       FROM ${table} ${start} ORDER BY ${names} LIMIT ${PAGE}`,
    );
    const rows = await this.database.query<EncryptedRow | Unwritten>(statement, after ?? []);
    return {
      rows: rows.filter((row) => row.stored !== null),
      last: rows.length === PAGE ? (rows.at(-1)?.key ?? null) : null,
    };
  }

  /** Puts `sealed` where `row` was read, unless somebody has written there since; answers whether it did. */
  async replace(of: EncryptedColumn, key: PrimaryKey, row: EncryptedRow, sealed: string): Promise<boolean> {
    const { table, column } = of;
    const statement = named(
      'key_rotation_replace',
      `UPDATE ${table} SET ${column} = $1
       WHERE (${key.map(({ name }) => name).join(', ')}) = (${placesOf(key, 3)}) AND ${column} = $2`,
    );
    return (await this.database.execute(statement, [sealed, row.stored, ...row.key])) > 0;
  }

  async travelling(): Promise<{ keyId: string; count: number }[]> {
    return this.database.query<{ keyId: string; count: number }>(TRAVELLING);
  }
}

function placesOf(key: PrimaryKey, first: number): string {
  return key.map(({ type }, at) => `$${first + at}::${type}`).join(', ');
}

/** One name for each text, as PostgreSQL asks for. */
function named(name: string, text: string): Statement {
  return { name: `${name}_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}
