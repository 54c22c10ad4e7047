import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AuditLogRetentionJob } from './audit-log/audit-log-retention.jobs';
import { AuditLogController } from './audit-log/audit-log.controller';
import { AuditLogPersonalData } from './audit-log/audit-log.personal-data';
import { AuditLogService } from './audit-log/audit-log.service';
import { DeadLetterRetentionJob } from './dead-letters/dead-letter-retention.jobs';
import { DeadLetterController } from './dead-letters/dead-letter.controller';
import { DeadLetterService } from './dead-letters/dead-letter.service';
import { KernelPersonalData } from './kernel.personal-data';
import { MetricsServer } from './metrics-server';
import { MetricsService } from './metrics.service';
import { SystemController } from './system.controller';
import { SystemRepository } from './system.repository';
import { SystemService } from './system.service';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [SystemController, DeadLetterController, AuditLogController],
  providers: [
    AuditLogRetentionJob,
    AuditLogPersonalData,
    AuditLogService,
    DeadLetterRetentionJob,
    DeadLetterService,
    KernelPersonalData,
    MetricsServer,
    MetricsService,
    SystemRepository,
    SystemService,
  ],
})
export class SystemModule {}
