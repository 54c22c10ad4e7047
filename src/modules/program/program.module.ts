import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ClientModule } from 'src/modules/client/client.module';
import { CoachModule } from 'src/modules/coach/coach.module';
import { PerformanceModule } from 'src/modules/performance/performance.module';
import { AssignmentClients } from './assignments/assignment-client.service';
import { AssignmentController } from './assignments/assignment.controller';
import { AssignmentListener } from './assignments/assignment.listener';
import { AssignmentRepository } from './assignments/assignment.repository';
import { AssignmentService } from './assignments/assignment.service';
import { AssignmentViewService } from './assignments/assignment-view.service';
import { OwnProgramController } from './assignments/own-program.controller';
import { OwnProgramService } from './assignments/own-program.service';
import { PlanAssignment } from './entities/plan-assignment.entity';
import { Plan } from './entities/plan.entity';
import { PlannedExercise } from './entities/planned-exercise.entity';
import { PlannedSession } from './entities/planned-session.entity';
import { TargetAdjustment } from './entities/target-adjustment.entity';
import { PlanAccess } from './plans/plan-access.service';
import { PlanController } from './plans/plan.controller';
import { PlanCopyService } from './plans/plan-copy.service';
import { PlanEditAnnouncer } from './plans/plan-edit-announcer.service';
import { PlanJobs } from './plans/plan.jobs';
import { PlanMaker } from './plans/plan-maker.service';
import { PlanRegister } from './plans/plan-register.service';
import { PlanRepository } from './plans/plan.repository';
import { PlanRetirementService } from './plans/plan-retirement.service';
import { PlanService } from './plans/plan.service';
import { PlanViewService } from './plans/plan-view.service';
import { WeekRepository } from './plans/week.repository';
import { ProgramPersonalData } from './program.personal-data';
import { ProgramStanding } from './program-standing';
import { FollowedPlans } from './progress/followed-plan.service';
import { ProgressController } from './progress/progress.controller';
import { ProgressService } from './progress/progress.service';
import { AdjustmentController } from './progression/adjustment.controller';
import { AdjustmentRepository } from './progression/adjustment.repository';
import { AdjustmentService } from './progression/adjustment.service';
import { AdjustmentViewService } from './progression/adjustment-view.service';
import { ProgressionListener } from './progression/progression.listener';
import { PursuitRepository } from './progression/pursuit.repository';
import { TargetAdjuster } from './progression/target-adjuster.service';
import { TargetRepository } from './progression/target.repository';

/** Training plans: generated or written by coaches, who follows them, and how they get on. */
@Module({
  imports: [
    AuthModule,
    CoachModule,
    ClientModule,
    PerformanceModule,
    TypeOrmModule.forFeature([Plan, PlannedSession, PlannedExercise, PlanAssignment, TargetAdjustment]),
  ],
  controllers: [PlanController, AssignmentController, OwnProgramController, ProgressController, AdjustmentController],
  providers: [
    PlanRepository,
    WeekRepository,
    AssignmentRepository,
    TargetRepository,
    PlanAccess,
    PlanRegister,
    PlanViewService,
    PlanService,
    PlanEditAnnouncer,
    PlanJobs,
    PlanCopyService,
    PlanRetirementService,
    PlanMaker,
    AssignmentClients,
    AssignmentViewService,
    AssignmentService,
    AssignmentListener,
    OwnProgramService,
    FollowedPlans,
    ProgressService,
    PursuitRepository,
    AdjustmentRepository,
    AdjustmentViewService,
    AdjustmentService,
    TargetAdjuster,
    ProgressionListener,
    ProgramPersonalData,
    ProgramStanding,
  ],
})
export class ProgramModule {}
