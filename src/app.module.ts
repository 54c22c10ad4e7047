import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from 'src/common/audit/audit.module';
import { RolesGuard } from 'src/common/auth/roles.guard';
import { ClockModule } from 'src/common/clock/clock.module';
import { CryptoModule } from 'src/common/crypto/crypto.module';
import { EventsModule } from 'src/common/events/events.module';
import { ErrorFilter } from 'src/common/http/error.filter';
import { TranslationModule } from 'src/common/i18n/translation.module';
import { IdempotencyModule } from 'src/common/idempotency/idempotency.module';
import { JobsModule } from 'src/common/jobs/jobs.module';
import { LifecycleModule } from 'src/common/lifecycle/lifecycle.module';
import { LimitsModule } from 'src/common/limits/limits.module';
import { RequestLimitGuard } from 'src/common/limits/request-limit.guard';
import { MetricsModule } from 'src/common/metrics/metrics.module';
import { NoticesModule } from 'src/common/notices/notices.module';
import { PersonalDataModule } from 'src/common/personal-data/personal-data.module';
import { StorageModule } from 'src/common/storage/storage.module';
import { TransactionModule } from 'src/common/transaction/transaction.module';
import { WebhooksModule } from 'src/common/webhooks/webhooks.module';
import type { AppConfig } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { dataSourceOptions } from 'src/database/data-source';
import { ApiKeyGuard } from 'src/modules/auth/api-key.guard';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { ClientModule } from 'src/modules/client/client.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { EnrollmentModule } from 'src/modules/enrollment/enrollment.module';
import { GdprModule } from 'src/modules/gdpr/gdpr.module';
import { FeedbackModule } from 'src/modules/feedback/feedback.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { IntegrationModule } from 'src/modules/integration/integration.module';
import { MessagingModule } from 'src/modules/messaging/messaging.module';
import { SmsOutboundModule } from 'src/modules/messaging/sms-outbound.module';
import { NotificationModule } from 'src/modules/notification/notification.module';
import { OutboundModule } from 'src/modules/notification/outbound.module';
import { PaymentModule } from 'src/modules/payment/payment.module';
import { PerformanceModule } from 'src/modules/performance/performance.module';
import { VideoOutboundModule } from 'src/modules/performance/video-outbound.module';
import { ProgramModule } from 'src/modules/program/program.module';
import { SocialModule } from 'src/modules/social/social.module';
import { SystemModule } from 'src/modules/system/system.module';
import { WaitlistModule } from 'src/modules/waitlist/waitlist.module';
import { WellnessModule } from 'src/modules/wellness/wellness.module';

/** The composition root: what an application is made of, by its configuration. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        TypeOrmModule.forRoot({ ...dataSourceOptions(config), autoLoadEntities: true, manualInitialization: true }),
        TransactionModule,
        TranslationModule,
        ClockModule,
        MetricsModule,
        LifecycleModule,
        CryptoModule,
        EventsModule,
        NoticesModule,
        JobsModule,
        LimitsModule,
        IdempotencyModule,
        StorageModule,
        WebhooksModule,
        PersonalDataModule,
        AuditModule,
        ...(config.runsJobs && config.environment !== 'test' ? [ScheduleModule.forRoot()] : []),
        ...waysOut(config),
        AuthModule,
        GymModule,
        SocialModule,
        CoachModule,
        PaymentModule,
        BookingModule,
        WaitlistModule,
        ClientModule,
        MessagingModule,
        PerformanceModule,
        ProgramModule,
        EnrollmentModule,
        WellnessModule,
        IntegrationModule,
        NotificationModule,
        GdprModule,
        FeedbackModule,
        SystemModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ErrorFilter },
        // In this order: who asks and how often, then whether the key is good, then whether the role is enough.
        { provide: APP_GUARD, useClass: RequestLimitGuard },
        { provide: APP_GUARD, useExisting: ApiKeyGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
      ],
    };
  }
}

/**
 * Where mails, pushes and SMS go, and who makes videos: the world outside in production, elsewhere the sandbox. It is
 * imported when asked for, so that a process of production does not even read its code.
 */
function waysOut(config: AppConfig): Type[] {
  if (config.isProduction) return [OutboundModule, SmsOutboundModule, VideoOutboundModule];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import above would load it everywhere
  const sandbox = require('./modules/sandbox/sandbox.module') as typeof import('./modules/sandbox/sandbox.module');
  return [sandbox.SandboxModule];
}
