import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import type { LimitState } from 'src/common/limits/limit-state';
import { Metrics } from 'src/common/metrics/metrics';
import { CodeSendingRepository, type Subject } from './code-sending.repository';
import { ALL_TOGETHER, type Allowance, nextSending, PER_ACCOUNT, PER_NUMBER, remembered } from './phone-code.rules';

interface Bound {
  of: 'account' | 'number' | 'everybody';
  subject: Subject;
  allowance: Allowance;
}

/**
 * Bounds how many codes are sent: to a number, so that nobody is pestered, by an account, and in all, so that nobody has
 * us pay.
 */
@Injectable()
export class CodeSendingService {
  private readonly logger = new Logger(CodeSendingService.name);

  constructor(
    private readonly sendings: CodeSendingRepository,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a sending, within the transaction that sends. Two at once wait for each other.
   *
   * @returns null, or the limit that refuses; then nothing was counted
   */
  async take(userId: string, phone: string): Promise<LimitState | null> {
    const now = this.clock.now();
    const taken: [Subject, Date[]][] = [];
    for (const { of, subject, allowance } of boundsOf(userId, phone)) {
      const moments = await this.sendings.hold(subject, now);
      const refusal = refusalOf(moments, allowance, now);
      if (refusal) {
        this.metrics.codeRefused(of);
        this.logger.warn({ userId, of }, 'no more codes are sent for the time being');
        return refusal;
      }
      taken.push([subject, remembered([...moments, now], allowance, now)]);
    }
    for (const [subject, moments] of taken) await this.sendings.write(subject, moments, now);
    return null;
  }

  /** In how many seconds a new code can be had; 1 where it can be at once. */
  async secondsUntilNext(userId: string, phone: string): Promise<number> {
    const now = this.clock.now();
    const waits = [1];
    for (const { subject, allowance } of boundsOf(userId, phone))
      waits.push(refusalOf(await this.sendings.find(subject), allowance, now)?.reset ?? 1);
    return Math.max(...waits);
  }
}

/**
 * The account's own row first: two people who ask for one number do not wait in a circle. The one that all ask for is
 * last, and held only where nothing else refuses.
 */
function boundsOf(userId: string, phone: string): Bound[] {
  return [
    { of: 'account', subject: { userId }, allowance: PER_ACCOUNT },
    { of: 'number', subject: { phone }, allowance: PER_NUMBER },
    { of: 'everybody', subject: 'everybody', allowance: ALL_TOGETHER },
  ];
}

function refusalOf(moments: readonly Date[], allowance: Allowance, now: Date): LimitState | null {
  const waitMs = nextSending(moments, allowance, now).getTime() - now.getTime();
  if (waitMs <= 0) return null;
  return { allowed: false, limit: allowance.perHour, remaining: 0, reset: Math.ceil(waitMs / 1_000) };
}
