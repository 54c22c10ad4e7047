import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { AccountView } from 'src/modules/auth/user.types';
import type { Session } from './sign-in.types';

/** Asked at every start of the application: one statement, by the key's own index. */
const FIND: Statement = {
  name: 'session_find',
  text: `SELECT u.id, u.email, u.pending_email AS "pendingEmail", u.email_verified_at AS "emailVerifiedAt",
           u.first_name AS "firstName", u.last_name AS "lastName", u.role, u.status, u.phone,
           u.phone_verified_at AS "phoneVerifiedAt", u.gender, u.birth_year AS "birthYear", u.photo_url AS "photoUrl",
           u.locale, u.timezone, u.country, u.profile_completion_pct AS "profileCompletionPct",
           u.created_at AS "createdAt", u.updated_at AS "updatedAt",
           k.device_name AS "deviceName", k.created_at AS "keyCreatedAt", k.last_used_at AS "keyLastUsedAt",
           k.expires_at AS "keyExpiresAt"
         FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = $1`,
  isBrief: true,
};

type Row = AccountView & {
  deviceName: string | null;
  keyCreatedAt: Date;
  keyLastUsedAt: Date | null;
  keyExpiresAt: Date | null;
};

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async findByKeyId(keyId: string): Promise<Session | null> {
    const [row] = await this.database.query<Row>(FIND, [keyId]);
    if (!row) return null;
    const { deviceName, keyCreatedAt, keyLastUsedAt, keyExpiresAt } = row;
    const key = { id: keyId, deviceName, createdAt: keyCreatedAt, lastUsedAt: keyLastUsedAt, expiresAt: keyExpiresAt };
    return { user: row, key };
  }
}
