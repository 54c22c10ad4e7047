import { randomUUID } from 'node:crypto';
import type { AuditAction } from 'src/common/audit/audit-log';
import { AUDIT_INSERT } from 'src/common/audit/audit-log.repository';
import { ApiKey } from 'src/modules/auth/entities/api-key.entity';
import { User } from 'src/modules/auth/entities/user.entity';
import { AccountToken } from 'src/modules/auth/entities/account-token.entity';
import { DEFAULT_COUNTRY, DEFAULT_LOCALE, DEFAULT_TIMEZONE } from 'src/modules/auth/accounts/account.rules';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';

export const ADMIN_ENTITIES = [User, ApiKey, AccountToken];

export type AdminOutcome = 'created' | 'promoted';

/**
 * Makes an active admin with a proved address, or one of the account that has the address. Such an account gets a new
 * password: its devices are signed out and its links are void, so that nobody becomes an admin by what he held before.
 */
export async function makeAdmin(
  source: DataSource,
  { email, passwordHash, now }: { email: string; passwordHash: string; now: Date },
): Promise<AdminOutcome> {
  return source.transaction(async (manager) => {
    const users = manager.getRepository(User);
    const known = await users.findOne({ where: { email }, lock: { mode: 'pessimistic_write' } });
    if (known) await shutOut(manager, known.id, now);
    const admin = {
      role: 'admin',
      roleLocked: true,
      status: 'active',
      statusBeforeSuspension: null,
      suspensionReason: null,
      passwordHash,
      updatedAt: now,
    } as const;
    if (known) {
      await users.update(
        { id: known.id },
        { ...admin, pendingEmail: null, emailVerifiedAt: known.emailVerifiedAt ?? now },
      );
      await note(manager, 'admin.promoted', known.id, now);
      return 'promoted';
    }
    const id = randomUUID();
    await users.insert({ ...admin, ...blank(id, email, now) });
    await note(manager, 'admin.created', id, now);
    return 'created';
  });
}

async function shutOut(manager: EntityManager, userId: string, now: Date): Promise<void> {
  await manager.getRepository(ApiKey).update({ userId, revokedAt: IsNull() }, { revokedAt: now });
  await manager.getRepository(AccountToken).delete({ userId });
}

/** For the audit log: by nobody, because the operator of the machine has no account. */
async function note(manager: EntityManager, action: AuditAction, userId: string, now: Date): Promise<void> {
  await manager.query(AUDIT_INSERT.text, [now, null, action, 'user', userId, null]);
}

function blank(id: string, email: string, now: Date): Partial<User> {
  return {
    id,
    email,
    emailVerifiedAt: now,
    firstName: 'Admin',
    lastName: 'MyCoach',
    locale: DEFAULT_LOCALE,
    timezone: DEFAULT_TIMEZONE,
    country: DEFAULT_COUNTRY,
    createdAt: now,
  };
}
