import { Global, Module } from '@nestjs/common';
import { AbandonedJobs } from './abandoned-jobs';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobWorker } from './job-worker';
import { PeriodicJobs } from './periodic-jobs';

@Global()
@Module({
  providers: [AbandonedJobs, JobQueue, JobRegistry, JobWorker, PeriodicJobs],
  exports: [JobQueue, JobRegistry, JobWorker, PeriodicJobs],
})
export class JobsModule {}
