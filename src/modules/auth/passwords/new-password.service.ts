import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { PasswordChanged } from 'src/modules/auth/auth.events';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { AccountTokenService } from 'src/modules/auth/tokens/account-token.service';

/** What a new password brings with it, however it came about: other devices are out, other reset links are void. */
@Injectable()
export class NewPasswordService {
  constructor(
    private readonly users: UserRepository,
    private readonly keys: ApiKeyService,
    private readonly tokens: AccountTokenService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Within the caller's transaction. @param keptKeyId the device that stays signed in */
  async set(userId: string, passwordHash: string, keptKeyId: string | null): Promise<void> {
    const now = this.clock.now();
    await this.users.update(userId, { passwordHash, updatedAt: now });
    await this.tokens.withdraw(userId, 'password_reset');
    await this.keys.revokeOthers(userId, keptKeyId);
    await this.events.publish(new PasswordChanged(userId, now));
  }

  /** After the commit: this process shuts the other devices out at once. */
  forgetKeys(userId: string): void {
    this.keys.forget(userId);
  }
}
