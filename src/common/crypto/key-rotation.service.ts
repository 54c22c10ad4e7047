import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { sqlState } from 'src/common/transaction/sql-state';
import { FieldCipher } from './field-cipher';
import type { NotedKey } from './key-register.rules';
import { KeyRegister } from './key-register.service';
import {
  type EncryptedColumn,
  type EncryptedRow,
  KeyRotationRepository,
  type PrimaryKey,
} from './key-rotation.repository';
import type { CipherPlace, RingCipher, RingName } from './ring-cipher';
import { TokenCipher } from './token-cipher';

/** How many values of one column are encrypted with which key. */
export interface KeyCount {
  ring: RingName;
  table: string;
  column: string;
  /** Id of the key that encrypts now. */
  current: string;
  /** By the id of the key. */
  counts: ReadonlyMap<string, number>;
}

/** What became of the values of one column. */
export interface ColumnRotation {
  ring: RingName;
  table: string;
  column: string;
  /** How many were encrypted anew. */
  rotated: number;
  /** How many could not be opened: their key is not in the ring, or they were written for another place. */
  unopened: number;
  /** Ids of some of their rows. */
  unopenedRows: readonly string[];
  /** How many were there to do even the last time: somebody still writes with another key, or holds their rows. */
  left: number;
}

interface Column extends EncryptedColumn {
  ring: RingName;
  cipher: RingCipher;
}

type Outcome = 'current' | 'rotated' | 'missed' | 'unopened';

/** Somebody who still writes with an old key would keep this busy for ever. */
const PASSES = 5;
const PAUSE_MS = 200;
const AT_ONCE = 4;
const EXAMPLES = 10;
/** Somebody else holds the row, for longer than a statement waits. */
const LOCKED = '55P03';

/**
 * Spreads a new key over what is encrypted already (rules §13): every value whose key is not the first of its ring is
 * opened and encrypted anew, row by row, while everything goes on. A value that changes meanwhile stays as it was
 * written, and is looked at again. It can be ended at any moment and begun again: what is done stays done.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly rows: KeyRotationRepository,
    private readonly fields: FieldCipher,
    private readonly tokens: TokenCipher,
    private readonly register: KeyRegister,
  ) {}

  /**
   * Column by column.
   *
   * @param onProgress with the rows that were looked at since it was called last
   * @throws KeysDoNotFit when a ring has another key under the name of one that is in use
   */
  async *rotate(onProgress: (rows: number) => void): AsyncGenerator<ColumnRotation> {
    await this.register.note();
    for (const column of this.columns()) {
      let rotated = 0;
      for (let pass = 1; ; pass += 1) {
        const { counts, examples } = await this.pass(column, onProgress);
        rotated += counts.rotated;
        // What was written behind a pass is seen by the next one only.
        const left = counts.rotated + counts.missed;
        if (left > 0 && pass < PASSES) {
          await pause(PAUSE_MS);
          continue;
        }
        yield { ...nameOf(column), rotated, unopened: counts.unopened, unopenedRows: examples, left };
        break;
      }
    }
  }

  /** Column by column. */
  async *count(): AsyncGenerator<KeyCount> {
    for (const column of this.columns()) {
      const counts = new Map<string, number>();
      for await (const { rows } of this.pages(column))
        for (const { stored } of rows) counts.set(keyIdOf(stored), (counts.get(keyIdOf(stored)) ?? 0) + 1);
      yield { ...nameOf(column), current: column.cipher.current, counts };
    }
  }

  /** Secrets in jobs and dead letters, by the id of their key. They end with what carries them. */
  async travelling(): Promise<{ keyId: string; count: number }[]> {
    return this.rows.travelling();
  }

  /** Lets processes start without the keys that nothing needs any more, in no column and on no way. @returns their ids */
  async release(): Promise<Omit<NotedKey, 'fingerprint'>[]> {
    const travelling = new Set((await this.travelling()).map(({ keyId }) => keyId));
    const stored = new Set<string>();
    for await (const { ring, counts } of this.count()) for (const id of counts.keys()) stored.add(`${ring} ${id}`);
    // Nobody sees from a value on its way which ring it is of.
    return this.register.release((ring, keyId) => travelling.has(keyId) || stored.has(`${ring} ${keyId}`));
  }

  private columns(): Column[] {
    return [this.fields, this.tokens].flatMap((cipher) =>
      [...cipher.keptColumns]
        .sort((one, other) => (one.table < other.table ? -1 : 1))
        .flatMap(({ table, columns, rowId }) =>
          columns.map((column) => ({ table, column, rowId, ring: cipher.name, cipher })),
        ),
    );
  }

  private async pass(
    column: Column,
    onProgress: (rows: number) => void,
  ): Promise<{ counts: Record<Outcome, number>; examples: string[] }> {
    const counts = { current: 0, rotated: 0, missed: 0, unopened: 0 };
    const examples: string[] = [];
    for await (const { key, rows } of this.pages(column)) {
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        const few = rows.slice(at, at + AT_ONCE);
        const outcomes = await Promise.all(few.map((row) => this.renew(column, key, row)));
        for (const [place, outcome] of outcomes.entries()) {
          counts[outcome] += 1;
          const row = few[place];
          if (row && outcome === 'unopened' && examples.length < EXAMPLES) examples.push(row.rowId);
        }
      }
      onProgress(rows.length);
    }
    return { counts, examples };
  }

  private async renew(column: Column, key: PrimaryKey, row: EncryptedRow): Promise<Outcome> {
    const { cipher, table } = column;
    if (keyIdOf(row.stored) === cipher.current) return 'current';
    const place = { table, rowId: row.rowId, column: column.column };
    const text = opened(cipher, place, row.stored);
    if (text === null) return 'unopened';
    try {
      return (await this.rows.replace(column, key, row, cipher.encrypt(place, text))) ? 'rotated' : 'missed';
    } catch (error) {
      if (sqlState(error) === LOCKED) return 'missed';
      throw error;
    }
  }

  private async *pages(column: EncryptedColumn): AsyncGenerator<{ key: PrimaryKey; rows: readonly EncryptedRow[] }> {
    const key = await this.rows.primaryKey(column.table);
    if (key.length === 0) throw new Error(`The table ${column.table} is not there, or has no primary key`);
    let after: readonly string[] | null = null;
    do {
      const page = await this.rows.page(column, key, after);
      yield { key, rows: page.rows };
      after = page.last;
    } while (after !== null);
  }
}

function nameOf({ ring, table, column }: Column): { ring: RingName; table: string; column: string } {
  return { ring, table, column };
}

/** The part before the colon; empty for what is no encrypted value. */
function keyIdOf(stored: string): string {
  return stored.slice(0, Math.max(0, stored.indexOf(':')));
}

function opened(cipher: RingCipher, place: CipherPlace, stored: string): string | null {
  try {
    return cipher.decrypt(place, stored);
  } catch {
    return null;
  }
}
