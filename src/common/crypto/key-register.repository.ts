import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { NotedKey } from './key-register.rules';
import type { RingName } from './ring-cipher';

const ALL: Statement = {
  name: 'keys_in_use',
  text: 'SELECT ring, key_id AS "keyId", fingerprint FROM keys_in_use ORDER BY ring, key_id',
};
/** Whoever comes first says what a key is recognised by. */
const NOTE: Statement = {
  name: 'keys_in_use_note',
  text: `INSERT INTO keys_in_use AS known (ring, key_id, fingerprint, first_used_at)
         SELECT ring, key_id, fingerprint, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS k (ring, key_id, fingerprint)
         ON CONFLICT (ring, key_id) DO UPDATE SET fingerprint = excluded.fingerprint WHERE known.fingerprint IS NULL`,
};
const FORGET_OTHERS: Statement = {
  name: 'keys_in_use_forget_others',
  text: 'DELETE FROM keys_in_use WHERE ring = $1 AND key_id <> ALL ($2::text[]) RETURNING key_id AS "keyId"',
};
const FORGET: Statement = {
  name: 'keys_in_use_forget',
  text: 'DELETE FROM keys_in_use WHERE ring = $1 AND key_id = $2',
};

/** Which keys something in the database is encrypted with: their ids and fingerprints, never the keys. */
@Injectable()
export class KeyRegisterRepository {
  constructor(private readonly database: Database) {}

  async all(): Promise<NotedKey[]> {
    return this.database.query<NotedKey>(ALL);
  }

  async note(keys: readonly NotedKey[], at: Date): Promise<void> {
    await this.database.execute(NOTE, [
      keys.map(({ ring }) => ring),
      keys.map(({ keyId }) => keyId),
      keys.map(({ fingerprint }) => fingerprint),
      at,
    ]);
  }

  /** Forgets the keys of a ring, but for those; answers the ids of the forgotten ones. */
  async forgetOthers(ring: RingName, keyIds: readonly string[]): Promise<string[]> {
    return this.database.values<string>(FORGET_OTHERS, [ring, keyIds]);
  }

  /** @returns false when it was not noted */
  async forget(ring: RingName, keyId: string): Promise<boolean> {
    return (await this.database.execute(FORGET, [ring, keyId])) > 0;
  }
}
