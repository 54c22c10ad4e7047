import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import { CodeSendingService } from './code-sending.service';
import { InvalidOtp, OtpExpired, OtpMaxAttempts } from './phone-code.errors';
import { PhoneCodeRepository } from './phone-code.repository';
import { MOST_TRIES, type Verdict, verdictOn } from './phone-code.rules';
import { PhoneCodeService } from './phone-code.service';
import { PhoneProofService } from './phone-proof.service';

/** How a try ended, and for which number. */
interface Outcome {
  verdict: Verdict;
  attemptsLeft: number;
  phone: string;
}

/** Showing by a code that a number is one's own (rules §13). */
@Injectable()
export class PhoneVerificationService {
  constructor(
    private readonly users: UserRepository,
    private readonly codes: PhoneCodeRepository,
    private readonly code: PhoneCodeService,
    private readonly proof: PhoneProofService,
    private readonly sendings: CodeSendingService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidOtp, OtpExpired, OtpMaxAttempts, PhoneAlreadyExists when somebody else proved the number meanwhile
   */
  async confirm(me: Principal, typed: string): Promise<true> {
    const { verdict, attemptsLeft, phone } = await this.judge(me, typed);
    // Thrown after the commit: a try stays counted.
    if (verdict === 'expired') throw new OtpExpired();
    if (verdict === 'used_up') throw await this.usedUp(me.userId, phone);
    if (verdict !== 'right') throw new InvalidOtp(attemptsLeft);
    return true;
  }

  /** Those of one person one after another, however many come at once: each finds the tries of the ones before. */
  @Transactional()
  private async judge({ userId }: Principal, typed: string): Promise<Outcome> {
    const user = orThrow(await this.users.lock(userId), UserNotFound);
    const code = await this.codes.findOfUser(userId);
    const verdict = verdictOn(code, code !== null && this.code.isRight(code, typed), this.clock.now());
    if (!code) return { verdict, attemptsLeft: 0, phone: '' };
    const { phone, tries } = code;
    if (verdict === 'wrong') await this.codes.countTry(userId);
    if (verdict !== 'right') return { verdict, attemptsLeft: MOST_TRIES - tries - 1, phone };
    if (!(await this.proof.prove(user, phone))) return { verdict: 'unknown', attemptsLeft: 0, phone };
    await this.codes.delete(userId);
    return { verdict, attemptsLeft: 0, phone };
  }

  private async usedUp(userId: string, phone: string): Promise<OtpMaxAttempts> {
    const reset = await this.sendings.secondsUntilNext(userId, phone);
    return new OtpMaxAttempts({ allowed: false, limit: MOST_TRIES, remaining: 0, reset });
  }
}
