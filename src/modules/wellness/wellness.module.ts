import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoachModule } from 'src/modules/coach/coach.module';
import { HealthLog } from './entities/health-log.entity';
import { HealthParameter } from './entities/health-parameter.entity';
import { HealthSharing } from './entities/health-sharing.entity';
import { HealthLogController } from './logs/log.controller';
import { LogRepository } from './logs/log.repository';
import { HealthLogService } from './logs/log.service';
import { AdminParameterController } from './parameters/admin-parameter.controller';
import { ParameterController } from './parameters/parameter.controller';
import { ParameterRepository } from './parameters/parameter.repository';
import { ParameterService } from './parameters/parameter.service';
import { HealthSharingController } from './sharing/sharing.controller';
import { SharingRepository } from './sharing/sharing.repository';
import { HealthSharingService } from './sharing/sharing.service';
import { WellnessPersonalData } from './wellness.personal-data';

/** What people measure of themselves, and what of it they share with which coach. */
@Module({
  imports: [CoachModule, TypeOrmModule.forFeature([HealthLog, HealthParameter, HealthSharing])],
  controllers: [ParameterController, AdminParameterController, HealthLogController, HealthSharingController],
  providers: [
    HealthLogService,
    HealthSharingService,
    LogRepository,
    ParameterRepository,
    ParameterService,
    SharingRepository,
    WellnessPersonalData,
  ],
})
export class WellnessModule {}
