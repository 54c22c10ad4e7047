import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { PhotoService, REMOVE_PHOTO } from './avatars/photo.service';
import { RetentionService } from './tokens/retention.service';

const DAILY = Schedule.dailyAt(3, 30);

@Injectable()
export class AuthJobs implements OnModuleInit {
  private readonly purge: PeriodicJob = {
    name: 'purge_expired_tokens',
    schedule: DAILY,
    nextDue: async () => earlier(await this.retention.nextDue(), await this.photos.nextDue()),
    run: async () => (await this.retention.purge()) + (await this.photos.sweep()),
  };

  constructor(
    private readonly periodic: PeriodicJobs,
    private readonly registry: JobRegistry,
    private readonly retention: RetentionService,
    private readonly photos: PhotoService,
  ) {}

  onModuleInit(): void {
    this.periodic.register(this.purge);
    this.registry.register(REMOVE_PHOTO, ({ name }) => this.photos.remove(String(name)));
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async purgeExpiredTokens(): Promise<void> {
    await this.periodic.tick(this.purge);
  }
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}
