import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoachModule } from 'src/modules/coach/coach.module';
import { SmsMessage } from 'src/modules/messaging/entities/sms-message.entity';
import { SmsDelivery } from './sms-delivery.service';
import { SmsLogController } from './sms-log.controller';
import { SmsLogRepository } from './sms-log.repository';
import { SmsLogService } from './sms-log.service';
import { SmsOptOutRepository } from './sms-opt-out.repository';
import { SmsQuotaRepository } from './sms-quota.repository';
import { SmsRegister } from './sms-register.service';
import { SmsReportRepository } from './sms-report.repository';
import { SmsReportService } from './sms-report.service';
import { SmsRetentionJob } from './sms-retention.jobs';
import { SmsJobs } from './sms.jobs';
import { SmsRepository } from './sms.repository';
import { TwilioWebhookController } from './twilio-webhook.controller';

/** SMS of coaches: written, sent, listed, and what Twilio reports of them. */
@Module({
  imports: [CoachModule, TypeOrmModule.forFeature([SmsMessage])],
  controllers: [SmsLogController, TwilioWebhookController],
  providers: [
    SmsDelivery,
    SmsJobs,
    SmsLogRepository,
    SmsLogService,
    SmsOptOutRepository,
    SmsQuotaRepository,
    SmsRegister,
    SmsReportRepository,
    SmsReportService,
    SmsRepository,
    SmsRetentionJob,
  ],
  exports: [SmsOptOutRepository, SmsRegister],
})
export class SmsModule {}
