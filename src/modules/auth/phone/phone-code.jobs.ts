import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { inBatches } from 'src/common/jobs/in-batches';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { CodeSendingRepository } from './code-sending.repository';
import { PhoneCodeRepository } from './phone-code.repository';
import { SENDINGS_KEPT_MS } from './phone-code.rules';

const DAILY = Schedule.dailyAt(3, 30);
/** Codes are kept for 30 days after they expired (rules §17.4). */
const CODES_KEPT_MS = 30 * 86_400_000;

/** The part of `purge_expired_tokens` that forgets codes, and to whom they went. */
@Injectable()
export class PhoneCodeRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly codes: PhoneCodeRepository,
    private readonly sendings: CodeSendingRepository,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    const [code, sending] = [await this.codes.firstExpiry(), await this.sendings.oldest()];
    const due = [
      ...(code ? [code.getTime() + CODES_KEPT_MS] : []),
      ...(sending ? [sending.getTime() + SENDINGS_KEPT_MS] : []),
    ];
    return due.length === 0 ? null : new Date(Math.min(...due));
  }

  async run(): Promise<number> {
    const now = this.clock.nowMs();
    const [codesEnd, sendingsEnd] = [new Date(now - CODES_KEPT_MS), new Date(now - SENDINGS_KEPT_MS)];
    const codes = await inBatches((limit) => this.codes.deleteExpiredUntil(codesEnd, limit));
    return codes + (await inBatches((limit) => this.sendings.deleteUntil(sendingsEnd, limit)));
  }
}
