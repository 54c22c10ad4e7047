import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import type { LimitState } from 'src/common/limits/limit-state';
import { CodeSendingRepository, type Subject } from './code-sending.repository';
import { type Allowance, nextSending, PER_ACCOUNT, PER_NUMBER, remembered } from './phone-code.rules';

/** Bounds how many codes are sent: to a number, so that nobody is pestered, and by an account, so that nobody pays. */
@Injectable()
export class CodeSendingService {
  private readonly logger = new Logger(CodeSendingService.name);

  constructor(
    private readonly sendings: CodeSendingRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a sending, within the transaction that sends. Two at once wait for each other.
   *
   * @returns null, or the limit that refuses; then nothing was counted
   */
  async take(userId: string, phone: string): Promise<LimitState | null> {
    const now = this.clock.now();
    const bounds = boundsOf(userId, phone);
    const taken: [Subject, Date[]][] = [];
    for (const [subject, allowance] of bounds) {
      const moments = await this.sendings.hold(subject, now);
      const refusal = refusalOf(moments, allowance, now);
      if (refusal) {
        this.logger.warn({ userId, by: Object.keys(subject)[0] }, 'no more codes are sent for the time being');
        return refusal;
      }
      taken.push([subject, [...remembered(moments, now), now]]);
    }
    for (const [subject, moments] of taken) await this.sendings.write(subject, moments, now);
    return null;
  }

  /** In how many seconds a new code can be had; 1 where it can be at once. */
  async secondsUntilNext(userId: string, phone: string): Promise<number> {
    const now = this.clock.now();
    const waits = [1];
    for (const [subject, allowance] of boundsOf(userId, phone))
      waits.push(refusalOf(await this.sendings.find(subject), allowance, now)?.reset ?? 1);
    return Math.max(...waits);
  }
}

/** The account's own row first: two people who ask for one number do not wait in a circle. */
function boundsOf(userId: string, phone: string): [Subject, Allowance][] {
  return [
    [{ userId }, PER_ACCOUNT],
    [{ phone }, PER_NUMBER],
  ];
}

function refusalOf(moments: readonly Date[], allowance: Allowance, now: Date): LimitState | null {
  const waitMs = nextSending(moments, allowance, now).getTime() - now.getTime();
  if (waitMs <= 0) return null;
  return { allowed: false, limit: allowance.perHour, remaining: 0, reset: Math.ceil(waitMs / 1_000) };
}
