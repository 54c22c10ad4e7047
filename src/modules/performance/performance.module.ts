import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { BookingModule } from 'src/modules/booking/booking.module';
import { ClientModule } from 'src/modules/client/client.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { GymModule } from 'src/modules/gym/gym.module';
import { ExerciseMuscle } from './entities/exercise-muscle.entity';
import { ExerciseText } from './entities/exercise-text.entity';
import { ExerciseSet } from './entities/exercise-set.entity';
import { ExerciseType } from './entities/exercise-type.entity';
import { Machine } from './entities/machine.entity';
import { MachineExercise } from './entities/machine-exercise.entity';
import { PerformanceSession } from './entities/performance-session.entity';
import { ExerciseController } from './exercises/exercise.controller';
import { ExerciseRepository } from './exercises/exercise.repository';
import { ExerciseService } from './exercises/exercise.service';
import { MachineController } from './machines/machine.controller';
import { MachineLabelController } from './machines/machine-label.controller';
import { MachineLabelService } from './machines/machine-label.service';
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
import { SessionReader } from './sessions/session-reader.service';
import { SessionReferences } from './sessions/session-reference.service';
import { SessionRegister } from './sessions/session-register.service';
import { SessionReportService } from './sessions/session-report.service';
import { SessionViewService } from './sessions/session-view.service';
import { PerformanceController } from './sessions/performance.controller';
import { SessionRepository } from './sessions/session.repository';

/** The record of training: exercises, machines, sessions, records and what follows from them. */
@Module({
  imports: [
    AuthModule,
    GymModule,
    CoachModule,
    BookingModule,
    ClientModule,
    TypeOrmModule.forFeature([
      ExerciseType,
      ExerciseText,
      ExerciseMuscle,
      Machine,
      MachineExercise,
      PerformanceSession,
      ExerciseSet,
    ]),
  ],
  controllers: [
    ExerciseController,
    MachineController,
    MachineLabelController,
    MachineReviewController,
    ClientPerformanceController,
    // Before the sessions, whose ids would swallow their paths.
    PersonalRecordController,
    PerformanceController,
  ],
  providers: [
    ExerciseRepository,
    ExerciseService,
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
    SessionReader,
    SessionEntryService,
    SessionEditService,
    SessionReportService,
    PerformanceStanding,
  ],
  exports: [ExerciseService, SessionAccess, SessionReader, SessionRegister],
})
export class PerformanceModule {}
