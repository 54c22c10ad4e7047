import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { Role, UserStatus } from 'src/common/auth/principal';
import { Database, type Statement } from 'src/common/transaction/database';
import { IsNull } from 'typeorm';
import { ApiKey } from 'src/modules/auth/entities/api-key.entity';

/** A key with what its account says about the caller. */
export interface KeyRow {
  id: string;
  key_hash: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  user_id: string;
  role: Role;
  status: UserStatus;
  locale: string;
  timezone: string;
}

const FIND_BY_HASH: Statement = {
  name: 'api_key_by_hash',
  text: `SELECT k.id, k.key_hash, k.expires_at, k.revoked_at, k.last_used_at,
                u.id AS user_id, u.role, u.status, u.locale, u.timezone
         FROM api_keys k JOIN users u ON u.id = k.user_id
         WHERE k.key_hash = $1`,
  isBrief: true,
};
/** The same while a secret is rotated. In one statement: between two of them another process may write the hash anew. */
const FIND_BY_HASHES: Statement = {
  name: 'api_key_by_hashes',
  text: FIND_BY_HASH.text.replace('= $1', '= ANY ($1::bpchar[])'),
};
const REHASH: Statement = {
  name: 'api_key_rehash',
  text: 'UPDATE api_keys SET key_hash = $3 WHERE id = $1 AND key_hash = $2',
};
const TOUCH: Statement = {
  name: 'api_key_touch',
  text: `UPDATE api_keys SET last_used_at = $2
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)`,
};
const REVOKE: Statement = {
  name: 'api_key_revoke',
  text: `UPDATE api_keys SET revoked_at = $3
         WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL`,
};
const REVOKE_OTHERS: Statement = {
  name: 'api_keys_revoke_others',
  text: `UPDATE api_keys SET revoked_at = $3
         WHERE user_id = $1 AND id IS DISTINCT FROM $2 AND revoked_at IS NULL
         RETURNING id`,
};
const DEVICE: Statement = {
  name: 'api_key_device',
  text: `SELECT count(*)::int AS keys, count(*) FILTER (WHERE device_name = $2)::int AS of_device
         FROM api_keys WHERE user_id = $1`,
};
const PURGE: Statement = {
  name: 'api_keys_purge',
  text: `DELETE FROM api_keys WHERE id IN (
           SELECT id FROM api_keys WHERE revoked_at <= $1 OR expires_at <= $1 LIMIT $2)`,
};

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  /** The look-up of every request. @param former the hashes of the same key under secrets that are being replaced */
  async findByHash(hash: string, former: readonly string[]): Promise<KeyRow | null> {
    const [row] =
      former.length === 0
        ? await this.database.query<KeyRow>(FIND_BY_HASH, [hash])
        : await this.database.query<KeyRow>(FIND_BY_HASHES, [[hash, ...former]]);
    return row ?? null;
  }

  async rehash(id: string, from: string, to: string): Promise<void> {
    await this.database.execute(REHASH, [id, from, to]);
  }

  async findById(id: string): Promise<ApiKey | null> {
    return this.database.repository(ApiKey).findOneBy({ id });
  }

  /** Not revoked, last used first. */
  async pageOfUser(userId: string, { offset, limit }: PageQuery): Promise<Rows<ApiKey>> {
    const [rows, total] = await this.database.repository(ApiKey).findAndCount({
      where: { userId, revokedAt: IsNull() },
      order: { lastUsedAt: { direction: 'DESC', nulls: 'LAST' }, createdAt: 'DESC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  }

  /** How many keys the account ever had, and how many of them on a device of this name. */
  async countKeys(userId: string, deviceName: string | null): Promise<{ keys: number; ofDevice: number }> {
    const [row] = await this.database.query<{ keys: number; of_device: number }>(DEVICE, [userId, deviceName]);
    return { keys: row?.keys ?? 0, ofDevice: row?.of_device ?? 0 };
  }

  async insert(key: ApiKey): Promise<void> {
    await this.database.repository(ApiKey).insert(key);
  }

  /** Writes the last use, unless somebody wrote one after `unlessSince`. */
  async touch(id: string, at: Date, unlessSince: Date): Promise<void> {
    await this.database.execute(TOUCH, [id, at, unlessSince]);
  }

  /** False when the user has no such key that still opens something. */
  async revoke(userId: string, id: string, at: Date): Promise<boolean> {
    return (await this.database.execute(REVOKE, [userId, id, at])) > 0;
  }

  /** Revokes every key of the user but one, or all. Returns the ids of the revoked ones. */
  async revokeOthers(userId: string, keptId: string | null, at: Date): Promise<string[]> {
    return this.database.values<string>(REVOKE_OTHERS, [userId, keptId, at]);
  }

  /** Deletes keys that opened nothing since `until`. */
  async deleteUntil(until: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [until, limit]);
  }
}
