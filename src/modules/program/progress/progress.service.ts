import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDay, startOfLocalDay } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { UserService } from 'src/modules/auth/user.service';
import {
  type GuidedSet,
  GuidedTrainingService,
  type TrainingSpan,
} from 'src/modules/performance/sessions/guided-training.service';
import { AssignmentViewService } from 'src/modules/program/assignments/assignment-view.service';
import { ClientNotFound } from 'src/modules/program/assignments/assignment.errors';
import { startOf } from 'src/modules/program/assignments/assignment.rules';
import type { Assignment, AssignmentView } from 'src/modules/program/assignments/assignment.types';
import type { PlannedExerciseView, PlanView } from 'src/modules/program/plans/plan.types';
import { aimsOf } from './aim.rules';
import { FollowedPlans } from './followed-plan.service';
import type { ProgressQuery } from './progress.dto';
import { actualOf, completionOf, targetResultOf } from './progress.rules';
import type { ExerciseProgress, Progress } from './progress.types';

/** How a coach's clients get on with their plans (rules §14.4). */
@Injectable()
export class ProgressService {
  constructor(
    private readonly followed: FollowedPlans,
    private readonly views: AssignmentViewService,
    private readonly trainings: GuidedTrainingService,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /**
   * In a constant number of queries.
   *
   * @throws ClientNotFound when the two have no relation, NoProgram when the coach sees no such plan of the client
   */
  async ofClient(me: Principal, clientId: string, query: ProgressQuery, language: Language): Promise<Progress> {
    const { assignment, sight } = await this.followed.find(me.userId, clientId, query.plan_id);
    const { timezone } = orThrow(await this.users.findContact(clientId), ClientNotFound);
    const view = await this.views.one(assignment, language);
    const span = spanOf(assignment, timezone);
    const times = await this.trainings.times(clientId, weeksOf(view, span, timezone));
    const exercises = exercisesOf(view.plan);
    const { aims, keyOf } = aimsOf(exercises);
    // What was lifted with another coach is the other's, unless the client shows everything (rules §6.3).
    const coachId = sight.allPerformances ? null : me.userId;
    const sets = await this.trainings.latestSets(clientId, { span, timezone, aims, coachId });
    return {
      planId: assignment.planId,
      ...completionOf(this.courseOf(view, times, timezone)),
      exercises: exercises.map((exercise) => progressOf(exercise, sets.get(keyOf.get(exercise.id) ?? '') ?? [])),
    };
  }

  private courseOf({ assignment, plan }: AssignmentView, times: readonly Date[], timezone: string) {
    return {
      startDate: assignment.startDate,
      totalWeeks: plan.durationWeeks,
      plannedDays: plan.sessions.map(({ dayOfWeek }) => dayOfWeek),
      today: localDay(assignment.endedAt ?? this.clock.now(), timezone),
      trainedOn: times.map((at) => localDay(at, timezone)),
    };
  }
}

/** From the first day to the moment when the client was done with it. */
function spanOf({ startDate, endedAt }: Assignment, timezone: string): TrainingSpan {
  return { from: startOf(startDate, timezone), to: endedAt };
}

/** Its weeks alone: what comes after the last one completes nothing. */
function weeksOf({ assignment, plan }: AssignmentView, { from, to }: TrainingSpan, timezone: string): TrainingSpan {
  const lastWeek = Temporal.PlainDate.from(assignment.startDate).add({ weeks: plan.durationWeeks });
  const end = startOfLocalDay(lastWeek, timezone);
  return { from, to: to && to < end ? to : end };
}

type Placed = PlannedExerciseView & { dayOfWeek: number };

/** By session and place. */
function exercisesOf({ sessions }: PlanView): Placed[] {
  return sessions.flatMap(({ dayOfWeek, exercises }) => exercises.map((exercise) => ({ ...exercise, dayOfWeek })));
}

function progressOf(exercise: PlannedExerciseView, sets: readonly GuidedSet[]): ExerciseProgress {
  const { exerciseTypeId, exerciseName, targetSets, targetReps, targetWeightKg } = exercise;
  return {
    ...{ exerciseTypeId, exerciseName, targetSets, targetReps, targetWeightKg },
    ...actualOf(exercise, sets),
    status: targetResultOf(exercise, sets),
  };
}
