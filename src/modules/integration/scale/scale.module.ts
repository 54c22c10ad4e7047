import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderTurnRepository } from 'src/common/outbound/provider-turn.repository';
import { ClientModule } from 'src/modules/client/client.module';
import { ConnectionModule } from 'src/modules/integration/connections/connection.module';
import { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import { ScaleSync } from 'src/modules/integration/entities/scale-sync.entity';
import { WithingsApi } from 'src/modules/integration/withings/withings-api';
import { WithingsNews } from 'src/modules/integration/withings/withings-news.service';
import { WithingsOAuth } from 'src/modules/integration/withings/withings-oauth';
import { ScaleController } from './scale.controller';
import { ScaleJobs } from './scale.jobs';
import { ScaleListener } from './scale.listener';
import { ScalePersonalData } from './scale.personal-data';
import { ScaleRepository } from './scale.repository';
import { ScaleService } from './scale.service';
import { ScaleChartService } from './scale-chart.service';
import { ScaleExportService } from './scale-export.service';
import { ScaleImportService } from './scale-import.service';
import { ScaleSyncRepository } from './scale-sync.repository';
import { ScaleSyncService } from './scale-sync.service';
import { ScaleWorkService } from './scale-work.service';
import { WithingsSecretGuard } from './withings-secret.guard';
import { WithingsWebhookController } from './withings-webhook.controller';

/** What a body weighs, told by hand and by scales. */
@Module({
  imports: [TypeOrmModule.forFeature([BodyMeasurement, ScaleSync]), ClientModule, ConnectionModule],
  controllers: [ScaleController, WithingsWebhookController],
  providers: [
    ScaleRepository,
    ScaleSyncRepository,
    ScaleService,
    ScaleChartService,
    ScaleExportService,
    ScalePersonalData,
    ProviderTurnRepository,
    WithingsApi,
    WithingsNews,
    WithingsOAuth,
    WithingsSecretGuard,
    ScaleImportService,
    ScaleSyncService,
    ScaleWorkService,
    ScaleListener,
    ScaleJobs,
  ],
})
export class ScaleModule {}
