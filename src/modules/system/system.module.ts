import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DeadLetterRetentionJob } from './dead-letters/dead-letter-retention.jobs';
import { DeadLetterController } from './dead-letters/dead-letter.controller';
import { DeadLetterService } from './dead-letters/dead-letter.service';
import { MetricsServer } from './metrics-server';
import { MetricsService } from './metrics.service';
import { SystemController } from './system.controller';
import { SystemRepository } from './system.repository';
import { SystemService } from './system.service';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [SystemController, DeadLetterController],
  providers: [
    DeadLetterRetentionJob,
    DeadLetterService,
    MetricsServer,
    MetricsService,
    SystemRepository,
    SystemService,
  ],
})
export class SystemModule {}
