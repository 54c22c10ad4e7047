import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { PasswordResetRequested } from 'src/modules/auth/auth.events';
import { AccountTokenService } from 'src/modules/auth/tokens/account-token.service';

const SEND_RESET_LINK = 'auth.send_reset_link';

/** Having the link mailed that leads to a new password. */
@Injectable()
export class ResetMailService implements OnModuleInit {
  constructor(
    private readonly users: UserRepository,
    private readonly tokens: AccountTokenService,
    private readonly events: EventBus,
    private readonly queue: JobQueue,
    private readonly jobs: JobRegistry,
  ) {}

  onModuleInit(): void {
    this.jobs.register(SEND_RESET_LINK, ({ userId }) => this.send(String(userId)));
  }

  /** Writes a job in any case, so that neither the answer nor its time tells whether there is an account. */
  async request(email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    await this.queue.add(SEND_RESET_LINK, { userId: user?.id ?? randomUUID() });
  }

  @Transactional()
  private async send(userId: string): Promise<void> {
    const user = await this.users.findById(userId);
    if (!user || user.status === 'deleted') return;
    const { tokenId, sealedToken } = await this.tokens.issue(user.id, 'password_reset', user.email);
    await this.events.publish(new PasswordResetRequested(user.id, tokenId, sealedToken));
  }
}
