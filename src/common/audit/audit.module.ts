import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { AuditLogRepository } from './audit-log.repository';

@Global()
@Module({ providers: [AuditLog, AuditLogRepository], exports: [AuditLog, AuditLogRepository] })
export class AuditModule {}
