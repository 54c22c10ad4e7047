import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { ContactService } from 'src/modules/auth/accounts/contact.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { User } from 'src/modules/auth/entities/user.entity';

/** What follows when somebody shows that a number is his. */
@Injectable()
export class PhoneProofService {
  constructor(
    private readonly users: UserRepository,
    private readonly contact: ContactService,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /**
   * Within the caller's transaction: the number is his, and no longer of those who only named it.
   *
   * @returns false where the account has another number by now
   * @throws PhoneAlreadyExists when somebody else has proved it, also at this very moment
   */
  async prove(user: Pick<User, 'id' | 'phone'>, phone: string): Promise<boolean> {
    const userId = user.id;
    await this.contact.refuseProvedPhone(phone, userId);
    if (user.phone !== phone) return false;
    const now = this.clock.now();
    await this.users.update(userId, { phoneVerifiedAt: now, updatedAt: now });
    const losers = await this.users.clearUnprovedPhone(phone, userId, now);
    // The number was worth points to them.
    for (const id of [userId, ...losers].sort()) await this.completion.recompute(id);
    return true;
  }
}
