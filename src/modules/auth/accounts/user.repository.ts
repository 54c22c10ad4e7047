import { Injectable } from '@nestjs/common';
import type { Role, UserStatus } from 'src/common/auth/principal';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { containing } from 'src/common/search/containing';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { EmailAlreadyExists, PhoneAlreadyExists } from 'src/modules/auth/auth.errors';
import type { Contact } from 'src/modules/auth/user.types';
import { User } from 'src/modules/auth/entities/user.entity';
import { In } from 'typeorm';

export interface UserFilter {
  role?: Role;
  status?: UserStatus;
  /** Part of the name or the address, whatever its case and accents. */
  q?: string;
}

const LOCK: Statement = {
  name: 'user_lock',
  text: 'SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE',
};
/** Asked for whenever somebody is told something, within the act: a named statement, and no entity to make. */
const CONTACTS: Statement = {
  name: 'user_contacts',
  text: `SELECT id, first_name AS "firstName", last_name AS "lastName", email,
           pending_email AS "pendingEmail", phone, locale, timezone, country, status
         FROM users WHERE id = ANY ($1::uuid[])`,
};
const PHONE_PROVED: Statement = {
  name: 'user_phone_proved',
  text: `SELECT 1 FROM users
         WHERE phone = $1 AND phone_verified_at IS NOT NULL AND status <> 'deleted' AND id IS DISTINCT FROM $2`,
};
const CLEAR_UNPROVED_PHONE: Statement = {
  name: 'user_clear_unproved_phone',
  text: `UPDATE users SET phone = NULL, updated_at = $3
         WHERE phone = $1 AND phone_verified_at IS NULL AND id <> $2 RETURNING id`,
};
const LOCK_ROLE: Statement = {
  name: 'user_lock_role',
  text: 'UPDATE users SET role_locked = true WHERE id = $1 AND NOT role_locked',
};

@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  async findById(id: string): Promise<User | null> {
    return this.database.repository(User).findOneBy({ id });
  }

  async findByIds(ids: readonly string[]): Promise<User[]> {
    return ids.length === 0 ? [] : this.database.repository(User).findBy({ id: In([...ids]) });
  }

  async findContacts(ids: readonly string[]): Promise<Contact[]> {
    return ids.length === 0 ? [] : this.database.query<Contact>(CONTACTS, [ids]);
  }

  async findByEmail(email: string): Promise<User | null> {
    return this.database.repository(User).findOneBy({ email });
  }

  async findByGoogleSub(googleSub: string): Promise<User | null> {
    return this.database.repository(User).findOneBy({ googleSub });
  }

  /** Locks the row for the rest of the transaction. Null when there is none. */
  async lock(id: string): Promise<User | null> {
    return (await this.hold(id)) ? this.findById(id) : null;
  }

  /** The same, where an erased account is none: it is nobody's any more. */
  async lockUnerased(id: string): Promise<User | null> {
    const user = await this.lock(id);
    return user?.status === 'deleted' ? null : user;
  }

  /** The same as `lock`, for who needs nothing of it. False when there is none. */
  async hold(id: string): Promise<boolean> {
    return (await this.database.query(LOCK, [id])).length > 0;
  }

  async isPhoneProvedByAnother(phone: string, userId: string | null): Promise<boolean> {
    return (await this.database.query(PHONE_PROVED, [phone, userId])).length > 0;
  }

  /** Of everybody but the one who proved it. Answers whom it was taken from. */
  async clearUnprovedPhone(phone: string, provedBy: string, now: Date): Promise<string[]> {
    return this.database.values<string>(CLEAR_UNPROVED_PHONE, [phone, provedBy, now]);
  }

  /** Newest first. */
  async page({ role, status, q }: UserFilter, { offset, limit }: PageQuery): Promise<Rows<User>> {
    const query = this.database
      .repository(User)
      .createQueryBuilder('u')
      .orderBy('u.createdAt', 'DESC')
      .addOrderBy('u.id');
    if (role) query.andWhere('u.role = :role', { role });
    if (status) query.andWhere('u.status = :status', { status });
    if (q)
      query.andWhere(`folded(u.firstName || ' ' || u.lastName || ' ' || u.email::text) LIKE ${containing(':part')}`, {
        part: q,
      });
    const [rows, total] = await query.skip(offset).take(limit).getManyAndCount();
    return { rows, total };
  }

  /** @throws EmailAlreadyExists */
  async insert(user: User): Promise<void> {
    await this.guarded(() => this.database.repository(User).insert(user));
  }

  /** @throws EmailAlreadyExists, PhoneAlreadyExists */
  async update(id: string, changes: Partial<User>): Promise<void> {
    await this.guarded(() => this.database.repository(User).update({ id }, changes));
  }

  async lockRole(id: string): Promise<void> {
    await this.database.execute(LOCK_ROLE, [id]);
  }

  private async guarded(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      // Two first sign-ins with Google at once meet here as well: the other one made the account.
      if (violates(error, 'users_email') || violates(error, 'users_google_sub'))
        throw new EmailAlreadyExists({ cause: error });
      if (violates(error, 'users_verified_phone')) throw new PhoneAlreadyExists({ cause: error });
      throw error;
    }
  }
}
