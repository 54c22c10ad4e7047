import { Injectable } from '@nestjs/common';
import type { Role, UserStatus } from 'src/common/auth/principal';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from './accounts/user.repository';
import type { User } from './entities/user.entity';

/** What other modules need to write to a person and to say who he is. */
export interface Contact {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  emailVerified: boolean;
  /** A new address that waits for its link. */
  pendingEmail: string | null;
  phone: string | null;
  phoneVerified: boolean;
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timezone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  role: Role;
  status: UserStatus;
}

/** A person as others may see him. */
export type PublicUser = Pick<User, 'id' | 'firstName' | 'lastName' | 'role' | 'gender' | 'photoUrl'>;

/** Accounts, for the other modules. */
@Injectable()
export class UserService {
  constructor(private readonly users: UserRepository) {}

  async findById(id: string): Promise<User | null> {
    return this.users.findById(id);
  }

  async findContact(id: string): Promise<Contact | null> {
    const user = await this.users.findById(id);
    return user ? contactOf(user) : null;
  }

  async findContacts(ids: readonly string[]): Promise<Map<string, Contact>> {
    const users = await this.users.findByIds(ids);
    return new Map(users.map((user) => [user.id, contactOf(user)]));
  }

  /** By id; ids that nobody has are left out. `PublicUserResponse.from` renders one. */
  async findPublic(ids: readonly string[]): Promise<Map<string, PublicUser>> {
    const users = await this.users.findByIds(ids);
    return new Map(users.map((user) => [user.id, user]));
  }

  /** From now on the role cannot be chosen any more: a profile depends on it. */
  @Transactional()
  async lockRole(id: string): Promise<void> {
    await this.users.lockRole(id);
  }
}

function contactOf(user: User): Contact {
  const { id, firstName, lastName, email, pendingEmail, phone, locale, timezone, country, role, status } = user;
  return {
    id,
    firstName,
    lastName,
    email,
    emailVerified: user.emailVerifiedAt !== null,
    pendingEmail,
    phone,
    phoneVerified: user.phoneVerifiedAt !== null,
    locale,
    timezone,
    country,
    role,
    status,
  };
}
