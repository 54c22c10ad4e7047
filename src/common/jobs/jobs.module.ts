import { Global, Module } from '@nestjs/common';
import { AbandonedJobs } from './abandoned-jobs';
import { DeadLetterRepository } from './dead-letter.repository';
import { DeadLetters } from './dead-letters';
import { JobNotice } from './job-notice';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobRuns } from './job-runs';
import { JobWorker } from './job-worker';
import { JobRepository } from './job.repository';
import { PeriodicJobs } from './periodic-jobs';

@Global()
@Module({
  providers: [
    AbandonedJobs,
    DeadLetterRepository,
    DeadLetters,
    JobNotice,
    JobQueue,
    JobRegistry,
    JobRepository,
    JobRuns,
    JobWorker,
    PeriodicJobs,
  ],
  exports: [DeadLetterRepository, DeadLetters, JobQueue, JobRegistry, JobWorker, PeriodicJobs],
})
export class JobsModule {}
