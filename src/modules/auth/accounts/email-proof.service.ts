import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { User } from 'src/modules/auth/entities/user.entity';
import { provedEmail } from './account.rules';
import { UserRepository } from './user.repository';

/** What follows when somebody shows that an address is his: by its link, a password reset, or Google. */
@Injectable()
export class EmailProofService {
  constructor(
    private readonly users: UserRepository,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /**
   * Marks the address of the account as proved, with further changes of the same act.
   *
   * @throws EmailAlreadyExists when the changes bring an address that was taken meanwhile
   */
  async prove(user: User, changes: Partial<User> = {}): Promise<void> {
    const now = this.clock.now();
    await this.users.update(user.id, { ...provedEmail(user, now), ...changes, updatedAt: now });
    await this.completion.recompute(user.id);
  }
}
