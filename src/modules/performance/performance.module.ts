import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { ClientModule } from 'src/modules/client/client.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { ChartController } from './charts/chart.controller';
import { ChartService } from './charts/chart.service';
import { ExerciseSet } from './entities/exercise-set.entity';
import { Machine } from './entities/machine.entity';
import { MachineExercise } from './entities/machine-exercise.entity';
import { PerformanceSession } from './entities/performance-session.entity';
import { ExerciseModule } from './exercises/exercise.module';
import { SessionExportController } from './exports/session-export.controller';
import { SessionExportRepository } from './exports/session-export.repository';
import { SessionExportService } from './exports/session-export.service';
import { ActivityImportRepository } from './imports/activity-import.repository';
import { ActivityImports } from './imports/activity-import.service';
import { ActivityRetentionJob } from './imports/activity-retention.jobs';
import { ExerciseNameRepository } from './imports/exercise-names.repository';
import { ExerciseNameService } from './imports/exercise-names.service';
import { ImportController } from './imports/import.controller';
import { ImportRepository } from './imports/import.repository';
import { ImportService } from './imports/import.service';
import { ImportWriter } from './imports/import-writer.service';
import { MachineController } from './machines/machine.controller';
import { MachineLabelController } from './machines/machine-label.controller';
import { MachineLabelService } from './machines/machine-label.service';
import { MachinePersonalData } from './machines/machine.personal-data';
import { MachineRepository } from './machines/machine.repository';
import { MachineReviewController } from './machines/machine-review.controller';
import { MachineReviewService } from './machines/machine-review.service';
import { MachineService } from './machines/machine.service';
import { MachineViewService } from './machines/machine-view.service';
import { PerformanceStanding } from './performance-standing';
import { PersonalRecordController } from './records/personal-record.controller';
import { PersonalRecordService } from './records/personal-record.service';
import { RecordKeeper } from './records/record-keeper.service';
import { RecordRepository } from './records/record.repository';
import { ClientPerformanceController } from './sessions/client-performance.controller';
import { SessionAccess } from './sessions/session-access.service';
import { SessionAnnouncer } from './sessions/session-announcer.service';
import { SessionEditService } from './sessions/session-edit.service';
import { SessionEntryService } from './sessions/session-entry.service';
import { SessionListRepository } from './sessions/session-list.repository';
import { SessionPersonalData } from './sessions/session.personal-data';
import { SessionReader } from './sessions/session-reader.service';
import { SessionReferences } from './sessions/session-reference.service';
import { SessionRegister } from './sessions/session-register.service';
import { SessionReportService } from './sessions/session-report.service';
import { SessionViewService } from './sessions/session-view.service';
import { GuidedTrainingRepository } from './sessions/guided-training.repository';
import { GuidedTrainingService } from './sessions/guided-training.service';
import { PerformanceController } from './sessions/performance.controller';
import { SessionRepository } from './sessions/session.repository';
import { ProgressionRepository } from './statistics/progression.repository';
import { ProgressionService } from './statistics/progression.service';
import { StatisticsAccess } from './statistics/statistics-access.service';
import { StatisticsController } from './statistics/statistics.controller';
import { WeekRepository } from './statistics/week.repository';
import { WeekService } from './statistics/week.service';
import { VideoModule } from './videos/video.module';

/** The record of training: exercises, machines, sessions, records and what follows from them. */
@Module({
  imports: [
    AuthModule,
    GymModule,
    CoachModule,
    BookingModule,
    ClientModule,
    ExerciseModule,
    VideoModule,
    TypeOrmModule.forFeature([Machine, MachineExercise, PerformanceSession, ExerciseSet]),
  ],
  controllers: [
    MachineController,
    MachineLabelController,
    MachineReviewController,
    ClientPerformanceController,
    // Before the sessions, whose ids would swallow their paths.
    PersonalRecordController,
    StatisticsController,
    ChartController,
    ImportController,
    SessionExportController,
    PerformanceController,
  ],
  providers: [
    MachinePersonalData,
    MachineRepository,
    MachineViewService,
    MachineService,
    MachineReviewService,
    MachineLabelService,
    RecordRepository,
    RecordKeeper,
    PersonalRecordService,
    SessionRepository,
    SessionListRepository,
    SessionAccess,
    SessionAnnouncer,
    SessionReferences,
    SessionRegister,
    SessionViewService,
    SessionPersonalData,
    SessionReader,
    GuidedTrainingRepository,
    GuidedTrainingService,
    SessionEntryService,
    SessionEditService,
    SessionReportService,
    PerformanceStanding,
    ExerciseNameRepository,
    ExerciseNameService,
    ActivityImportRepository,
    ActivityImports,
    ActivityRetentionJob,
    ImportRepository,
    ImportWriter,
    ImportService,
    SessionExportRepository,
    SessionExportService,
    ProgressionRepository,
    WeekRepository,
    StatisticsAccess,
    ProgressionService,
    WeekService,
    ChartService,
  ],
  exports: [ActivityImports, ExerciseModule, GuidedTrainingService, SessionAccess, SessionReader, SessionRegister],
})
export class PerformanceModule {}
