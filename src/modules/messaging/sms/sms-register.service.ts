import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Metrics } from 'src/common/metrics/metrics';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { SmsOptOutRepository } from './sms-opt-out.repository';
import { SmsQuotaRepository } from './sms-quota.repository';
import { SmsRepository } from './sms.repository';
import { SMS_A_DAY, SMS_A_NUMBER, utcDay, withinNumbers } from './sms.rules';
import type { BatchState, SmsBatch, SmsDraft, WriteRefusals } from './sms.types';

export type { BatchState, SmsBatch, SmsDraft } from './sms.types';

export const SEND_SMS = 'send_sms';

const SETTLE_MS = 5_000;
const FIRST_LOOK_MS = 25;
const LONGEST_LOOK_MS = 400;

/** The SMS of coaches: written in the transaction of what they tell, sent by jobs after it (rules §10). */
@Injectable()
export class SmsRegister {
  private readonly logger = new Logger(SmsRegister.name);

  constructor(
    private readonly messages: SmsRepository,
    private readonly quotas: SmsQuotaRepository,
    private readonly optOuts: SmsOptOutRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** How many more SMS the coach may send on this day of UTC. */
  async quotaLeft(coachId: string): Promise<number> {
    return SMS_A_DAY - (await this.quotas.used(coachId, utcDay(this.clock.now())));
  }

  /** Those of the numbers (E.164) that want no SMS any more. */
  async optedOut(phones: readonly string[]): Promise<Set<string>> {
    return phones.length === 0 ? new Set() : this.optOuts.among(phones);
  }

  /**
   * Writes the SMS and their jobs, as many as are left of the coach's day and of each number's, in the order given.
   * However many there are, the number of statements is the same.
   */
  @Transactional()
  async write(batch: SmsBatch, drafts: readonly SmsDraft[]): Promise<WriteRefusals> {
    if (drafts.length === 0) return { beyondQuota: [], beyondNumber: [] };
    const now = this.clock.now();
    const granted = await this.quotas.take(batch.coachId, utcDay(now), drafts.length, SMS_A_DAY);
    const [own, beyondQuota] = [drafts.slice(0, granted), drafts.slice(granted)];
    const [within, beyondNumber] = withinNumbers(own, await this.leftOfNumbers(own, now));
    await this.messages.insert(batch, beyondNumber, now, 'number_day_full');
    for (const smsId of await this.messages.insert(batch, within, now)) await this.jobs.add(SEND_SMS, { smsId });
    this.tell(batch, { beyondQuota, beyondNumber });
    return { beyondQuota, beyondNumber };
  }

  /**
   * Waits until every SMS of the batch is settled, by whichever process, but at most 5 s. Never inside a transaction: it
   * would hold a connection, and see nothing.
   */
  async settled(batchId: string, patienceMs = SETTLE_MS): Promise<BatchState> {
    const end = performance.now() + patienceMs;
    for (let look = FIRST_LOOK_MS; ; look = Math.min(2 * look, LONGEST_LOOK_MS)) {
      const state = await this.messages.batchState(batchId);
      const left = end - performance.now();
      if (state.pending === 0 || left <= 0) return state;
      await pause(Math.min(look, left));
    }
  }

  private async leftOfNumbers(drafts: readonly SmsDraft[], now: Date): Promise<ReadonlyMap<string, number>> {
    const phones = drafts.map(({ phone }) => phone);
    return phones.length === 0 ? new Map() : this.quotas.takeNumbers(phones, utcDay(now), SMS_A_NUMBER);
  }

  private tell({ coachId }: SmsBatch, { beyondQuota, beyondNumber }: WriteRefusals): void {
    this.metrics.smsRefused('coach_day', beyondQuota.length);
    this.metrics.smsRefused('number_day', beyondNumber.length);
    if (beyondQuota.length > 0)
      this.logger.warn({ coachId, refused: beyondQuota.length }, 'a coach has used up his SMS of the day');
    if (beyondNumber.length > 0)
      this.logger.warn({ coachId, refused: beyondNumber.length }, 'numbers have had all SMS of the day');
  }
}
