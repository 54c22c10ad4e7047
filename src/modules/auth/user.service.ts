import { Injectable } from '@nestjs/common';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from './accounts/user.repository';
import type { User } from './entities/user.entity';
import type { Contact, PublicUser } from './user.types';

export type { Contact, PublicUser } from './user.types';

/** Accounts, for the other modules. */
@Injectable()
export class UserService {
  constructor(private readonly users: UserRepository) {}

  async findById(id: string): Promise<User | null> {
    return this.users.findById(id);
  }

  async findContact(id: string): Promise<Contact | null> {
    const [contact] = await this.users.findContacts([id]);
    return contact ?? null;
  }

  /** By id; ids that nobody has are left out. */
  async findContacts(ids: readonly string[]): Promise<Map<string, Contact>> {
    const contacts = await this.users.findContacts(ids);
    return new Map(contacts.map((contact) => [contact.id, contact]));
  }

  /** By id; ids that nobody has are left out. `PublicUserResponse.from` renders one. */
  async findPublic(ids: readonly string[]): Promise<Map<string, PublicUser>> {
    const users = await this.users.findByIds(ids);
    return new Map(users.map((user) => [user.id, user]));
  }

  /** Holds the row of a person for the rest of the transaction: what follows is done for him by one at a time. */
  async lock(id: string): Promise<void> {
    await this.users.hold(id);
  }

  /** From now on the role cannot be chosen any more: a profile depends on it. */
  @Transactional()
  async lockRole(id: string): Promise<void> {
    await this.users.lockRole(id);
  }
}
