import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ContactService } from 'src/modules/auth/accounts/contact.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { CodeSendingService } from './code-sending.service';
import { OtpRateLimited, PhoneAlreadyVerified, PhoneMissing } from './phone-code.errors';
import { PhoneCodeService } from './phone-code.service';

/** Having a code sent that proves a number. */
@Injectable()
export class CodeRequestService {
  constructor(
    private readonly users: UserRepository,
    private readonly contact: ContactService,
    private readonly sendings: CodeSendingService,
    private readonly codes: PhoneCodeService,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /**
   * To the number of the account, or to another that takes its place.
   *
   * @param phone E.164
   * @throws PhoneMissing, PhoneAlreadyVerified, PhoneAlreadyExists, OtpRateLimited
   */
  @Transactional()
  async request(me: Principal, phone: string | undefined): Promise<void> {
    const user = orThrow(await this.users.lock(me.userId), UserNotFound);
    const target = orThrow(phone ?? user.phone, PhoneMissing);
    if (target === user.phone && user.phoneVerifiedAt) throw new PhoneAlreadyVerified();
    await this.contact.refuseProvedPhone(target, user.id);
    const refusal = await this.sendings.take(user.id, target);
    if (refusal) throw new OtpRateLimited(refusal);
    if (target !== user.phone) await this.replace(user.id, target);
    await this.codes.send(user.id, target);
  }

  /** Within the act that opened the account. Enough codes to this number already is no reason to refuse it. */
  async welcome(userId: string): Promise<void> {
    const user = await this.users.findById(userId);
    if (user?.role !== 'coach' || !user.phone) return;
    if (!(await this.sendings.take(userId, user.phone))) await this.codes.send(userId, user.phone);
  }

  private async replace(userId: string, phone: string): Promise<void> {
    await this.users.update(userId, { phone, phoneVerifiedAt: null, updatedAt: this.clock.now() });
    await this.completion.recompute(userId);
  }
}
