import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { TooManyAttempts } from 'src/modules/auth/auth.errors';
import { LoginFailureRepository, type TryRules } from './login-failure.repository';

const LOCK_SECONDS = 900;
const RULES: TryRules = { beforeLock: 5, inARow: 100, lockMs: LOCK_SECONDS * 1_000 };

/** Holds back who guesses passwords (contract §1.6, rules §13). An address without an account is treated alike. */
@Injectable()
export class LoginTriesService {
  constructor(
    private readonly failures: LoginFailureRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one of the tries there are, before the password is looked at. Not part of any transaction: a try that was
   * taken stays taken.
   *
   * @throws TooManyAttempts
   */
  async take(email: string): Promise<void> {
    const now = this.clock.now();
    if (await this.failures.takeTry(email, now, RULES)) return;
    const lockedUntil = await this.failures.lockedUntil(email);
    const seconds = Math.ceil(((lockedUntil?.getTime() ?? 0) - now.getTime()) / 1_000);
    // After a hundred in a row no time helps, and nobody is told that it is so.
    throw new TooManyAttempts({
      allowed: false,
      limit: RULES.beforeLock,
      remaining: 0,
      reset: seconds > 0 ? seconds : LOCK_SECONDS,
    });
  }

  /** Gives a try back whose password nobody looked at. */
  async giveBack(email: string): Promise<void> {
    await this.failures.giveBack(email, RULES);
  }

  /** The right password, or a new one. */
  async clear(email: string): Promise<void> {
    await this.failures.clear(email);
  }
}
