import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { addressToProve, awaitsProof } from 'src/modules/auth/accounts/account.rules';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { EmailAlreadyVerified, UserNotFound } from 'src/modules/auth/auth.errors';
import { AddressLimit } from './address-limit';
import { EmailVerificationService } from './email-verification.service';

const RESEND = 'auth.resend_verification';

/** Asking for the verification mail once more. */
@Injectable()
export class VerificationMailService implements OnModuleInit {
  constructor(
    private readonly users: UserRepository,
    private readonly verification: EmailVerificationService,
    private readonly limit: AddressLimit,
    private readonly queue: JobQueue,
    private readonly jobs: JobRegistry,
  ) {}

  onModuleInit(): void {
    this.jobs.register(RESEND, ({ userId }) => this.resend(String(userId)));
  }

  /**
   * With a key for the caller's own address, else for the one named.
   *
   * @throws EmailAlreadyVerified for the caller's own, TooManyRequests, ValidationFailed without key and address
   */
  async request(me: Principal | undefined, email: string | undefined): Promise<void> {
    if (me) return this.requestOwn(me);
    if (email === undefined) throw new ValidationFailed([{ field: 'email', code: 'required' }]);
    return this.requestFor(email);
  }

  private async requestOwn(me: Principal): Promise<void> {
    const user = orThrow(await this.users.findById(me.userId), UserNotFound);
    if (!awaitsProof(user)) throw new EmailAlreadyVerified();
    await this.limit.hit(addressToProve(user));
    await this.verification.sendLink(user);
  }

  /** Writes a job in any case, so that neither the answer nor its time tells whether there is an account. */
  private async requestFor(email: string): Promise<void> {
    await this.limit.hit(email);
    const user = await this.users.findByEmail(email);
    await this.queue.add(RESEND, { userId: user?.id ?? randomUUID() });
  }

  private async resend(userId: string): Promise<void> {
    const user = await this.users.findById(userId);
    if (user && awaitsProof(user)) await this.verification.sendLink(user);
  }
}
