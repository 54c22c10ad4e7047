import { Injectable } from '@nestjs/common';
import { BlockedEmailDomain, EmailAlreadyExists, PhoneAlreadyExists } from 'src/modules/auth/auth.errors';
import { BlockedDomainRepository } from 'src/modules/auth/blocked-domains/blocked-domain.repository';
import { spelledDomain } from 'src/modules/auth/blocked-domains/domain.rules';
import { domainOf } from './account.rules';
import { UserRepository } from './user.repository';

/** Which addresses and numbers an account may have (rules §13). */
@Injectable()
export class ContactService {
  constructor(
    private readonly users: UserRepository,
    private readonly domains: BlockedDomainRepository,
  ) {}

  /** @throws BlockedEmailDomain */
  async refuseBlockedDomain(email: string): Promise<void> {
    if (await this.domains.has(spelledDomain(domainOf(email)))) throw new BlockedEmailDomain();
  }

  /** A first answer only: that two accounts never share an address is the database's doing. @throws EmailAlreadyExists */
  async refuseTakenEmail(email: string): Promise<void> {
    if (await this.users.findByEmail(email)) throw new EmailAlreadyExists();
  }

  /**
   * A number that nobody has proved may stand in several accounts.
   *
   * @throws PhoneAlreadyExists when another account has proved it
   */
  async refuseProvedPhone(phone: string, userId: string | null): Promise<void> {
    if (await this.users.isPhoneProvedByAnother(phone, userId)) throw new PhoneAlreadyExists();
  }
}
