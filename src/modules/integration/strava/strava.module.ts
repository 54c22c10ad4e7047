import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ClientModule } from 'src/modules/client/client.module';
import { ConnectionModule } from 'src/modules/integration/connections/connection.module';
import { StravaPush } from 'src/modules/integration/entities/strava-push.entity';
import { PerformanceModule } from 'src/modules/performance/performance.module';
import { StravaClient } from './strava-client';
import { StravaEventService } from './strava-event.service';
import { StravaImportService } from './strava-import.service';
import { StravaPushClaims } from './strava-push-claim.service';
import { StravaPushSender } from './strava-push-sender.service';
import { StravaPushRepository } from './strava-push.repository';
import { StravaPushService } from './strava-push.service';
import { StravaQuota } from './strava-quota.service';
import { StravaSessions } from './strava-sessions.service';
import { StravaVendor } from './strava-vendor';
import { StravaWebhookController } from './strava-webhook.controller';
import { StravaWebhookService } from './strava-webhook.service';
import { StravaController } from './strava.controller';
import { StravaJobs } from './strava.jobs';
import { StravaListener } from './strava.listener';
import { StravaPersonalData } from './strava.personal-data';

/** Strava: sessions go there, activities come from there. */
@Module({
  imports: [AuthModule, ClientModule, PerformanceModule, ConnectionModule, TypeOrmModule.forFeature([StravaPush])],
  controllers: [StravaController, StravaWebhookController],
  providers: [
    StravaVendor,
    StravaQuota,
    StravaClient,
    StravaPushRepository,
    StravaPushClaims,
    StravaPushSender,
    StravaPushService,
    StravaSessions,
    StravaImportService,
    StravaWebhookService,
    StravaEventService,
    StravaJobs,
    StravaListener,
    StravaPersonalData,
  ],
})
export class StravaModule {}
