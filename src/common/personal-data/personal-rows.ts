import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import type { DataSubject, ErasureStep } from './personal-data';

export type PersonalRow = Readonly<Record<string, unknown>>;

/** So few that a batch is no weight in memory, and so many that a long life takes few statements. */
const READ_BATCH = 500;
/** So few that no statement holds locks for long, or runs into its time limit. */
const ERASE_BATCH = 1_000;

/** An encrypted column of a selected row, and where its value is at home. */
export type Sealed = Readonly<Record<string, (row: PersonalRow) => CipherPlace>>;

interface Selection {
  statement: Statement;
  /** Columns that are encrypted. */
  sealed?: Sealed;
  /** What else the rows of a batch need, in the same order. */
  complete?: (rows: PersonalRow[]) => Promise<PersonalRow[]>;
}

/**
 * The statement that reads a section batch by batch. `select` gives the wire's columns of the person `$1` and two more:
 * `row_at`, a timestamptz, and `row_key`, a text unique among rows of one instant. Both order the rows, and tell where
 * to go on.
 */
export function personalRows(name: string, select: string): Statement {
  return {
    name: `personal_rows_${name}`,
    text: `SELECT section.*, section.row_at::text AS row_after FROM (${select}) AS section
           WHERE $2::timestamptz IS NULL OR (section.row_at, section.row_key) > ($2, $3::text)
           ORDER BY section.row_at, section.row_key LIMIT $4`,
  };
}

/** Shown name of the person whose users.id an SQL expression gives. */
export function nameOf(id: string): string {
  return `(SELECT first_name || ' ' || last_name FROM users WHERE id = ${id})`;
}

/** How parts read what they hand out, and take it away: in batches, on any connection, with encrypted texts in clear. */
@Injectable()
export class PersonalRows {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Each batch is a statement of its own, so that a slow reader holds no connection. Oldest first. */
  async *read({ userId }: DataSubject, selection: Selection): AsyncGenerator<PersonalRow> {
    let [at, key]: unknown[] = [null, null];
    for (;;) {
      const values = [userId, at, key, READ_BATCH];
      const batch = await this.database.query<PersonalRow>(selection.statement, values);
      const last = batch.at(-1);
      const opened = batch.map((row) => this.opened(row, selection.sealed));
      yield* selection.complete ? await selection.complete(opened) : opened;
      if (!last || batch.length < READ_BATCH) return;
      [at, key] = [last['row_after'], last['row_key']];
    }
  }

  /** The rows of a statement that takes one value, with encrypted texts in clear: what cannot be many. */
  async all(statement: Statement, value: unknown, sealed?: Sealed): Promise<PersonalRow[]> {
    const rows = await this.database.query<PersonalRow>(statement, [value]);
    return rows.map((row) => this.opened(row, sealed));
  }

  /**
   * Runs statements that take the person `$1` and how many rows to change at most `$2`.
   *
   * @returns `more` when one of them may not be through
   */
  async erase({ userId }: DataSubject, statements: readonly Statement[]): Promise<ErasureStep> {
    let step: ErasureStep = 'done';
    for (const statement of statements)
      if ((await this.database.execute(statement, [userId, ERASE_BATCH])) >= ERASE_BATCH) step = 'more';
    return step;
  }

  private opened(row: PersonalRow, sealed: Sealed = {}): PersonalRow {
    const clear = Object.entries(sealed).map(([column, placeOf]): [string, string | null] => {
      const value = row[column] as string | null;
      return [column, this.cipher.decryptNullable(placeOf(row), value)];
    });
    return { ...row, ...Object.fromEntries(clear) };
  }
}
