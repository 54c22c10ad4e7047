import { Injectable } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { ContactService } from 'src/modules/auth/accounts/contact.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { EmailChangeRequested } from 'src/modules/auth/auth.events';
import type { User } from 'src/modules/auth/entities/user.entity';
import { AddressLimit } from './address-limit';
import { EmailVerificationService } from './email-verification.service';

/** Changing the address of an account: the new one waits until its owner follows the link. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly users: UserRepository,
    private readonly contact: ContactService,
    private readonly limit: AddressLimit,
    private readonly verification: EmailVerificationService,
    private readonly events: EventBus,
  ) {}

  /**
   * Before the caller's transaction, whose refusals must count too. The address that is there or waits already is none
   * to count.
   *
   * @param email lower-case
   * @throws TooManyRequests
   */
  async admit(userId: string, email: string): Promise<void> {
    const user = await this.users.findById(userId);
    if (user && ![user.email, user.pendingEmail].some((own) => own?.toLowerCase() === email))
      await this.limit.hitByAccount(userId);
  }

  /**
   * Within the caller's transaction. The present address withdraws a wish to change; the one that waits already is no
   * news.
   *
   * @param email lower-case
   * @throws EmailAlreadyExists, BlockedEmailDomain, TooManyRequests
   */
  async change(user: User, email: string): Promise<void> {
    if (email === user.pendingEmail?.toLowerCase()) return;
    if (email === user.email.toLowerCase()) return this.users.update(user.id, { pendingEmail: null });
    await this.contact.refuseBlockedDomain(email);
    await this.contact.refuseTakenEmail(email);
    await this.limit.hit(email);
    await this.users.update(user.id, { pendingEmail: email });
    await this.verification.sendLink({ ...user, pendingEmail: email });
    await this.events.publish(new EmailChangeRequested(user.id));
  }
}
