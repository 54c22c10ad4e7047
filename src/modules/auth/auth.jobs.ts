import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { RetentionService } from './tokens/retention.service';

const DAILY = Schedule.dailyAt(3, 30);

@Injectable()
export class AuthJobs implements OnModuleInit {
  private readonly purge: PeriodicJob = {
    name: 'purge_expired_tokens',
    schedule: DAILY,
    nextDue: () => this.retention.nextDue(),
    run: () => this.retention.purge(),
  };

  constructor(
    private readonly periodic: PeriodicJobs,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.periodic.register(this.purge);
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async purgeExpiredTokens(): Promise<void> {
    await this.periodic.tick(this.purge);
  }
}
