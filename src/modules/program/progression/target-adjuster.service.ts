import { Injectable } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { languageOf } from 'src/common/i18n/languages';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { PerformanceRecorded } from 'src/modules/performance/performance.events';
import { AssignmentRepository } from 'src/modules/program/assignments/assignment.repository';
import { startOf } from 'src/modules/program/assignments/assignment.rules';
import type { Assignment } from 'src/modules/program/assignments/assignment.types';
import { AdjustmentRepository } from './adjustment.repository';
import { TargetAdjusted } from './progression.events';
import { daysOfEach, decide, type DoneSession } from './progression.rules';
import type { NewAdjustment, Pursuit } from './progression.types';
import { PursuitRepository } from './pursuit.repository';

/** Looks at what a session says about the targets that its owner trains for, and moves them (rules §14.5). */
@Injectable()
export class TargetAdjuster {
  constructor(
    private readonly assignments: AssignmentRepository,
    private readonly pursuits: PursuitRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly users: UserService,
    private readonly exercises: ExerciseService,
    private readonly events: EventBus,
  ) {}

  /**
   * In the transaction that writes the session down. It holds the session's owner, so two sessions of one person are
   * looked at one after the other, and nothing is assigned to him meanwhile.
   */
  async lookAt(session: PerformanceRecorded): Promise<void> {
    const { ownerId, exerciseTypeIds } = session;
    if (exerciseTypeIds.length === 0) return;
    const [current] = await this.assignments.active(ownerId);
    if (!current) return;
    await this.pursuits.hold(current.id);
    const pursuits = await this.pursuits.find(current, exerciseTypeIds);
    const owner = pursuits.length > 0 ? await this.users.findContact(ownerId) : null;
    if (!owner) return;
    const sessions = await this.sessionsOf(pursuits, session, current, owner);
    const adjusted = pursuits.flatMap((pursuit) =>
      adjustmentOf(pursuit, sessions.get(pursuit.plannedExerciseId) ?? [], session, current),
    );
    if (adjusted.length === 0) return;
    await this.adjustments.insert(adjusted);
    await this.tell(adjusted, owner);
  }

  private async sessionsOf(
    pursuits: readonly Pursuit[],
    { sessionId, ownerId }: PerformanceRecorded,
    { startDate }: Assignment,
    { timezone }: Contact,
  ): Promise<ReadonlyMap<string, DoneSession[]>> {
    const daysOf = daysOfEach(pursuits);
    const wanted = pursuits.map((pursuit) => ({
      ...{ plannedExerciseId: pursuit.plannedExerciseId, exerciseTypeId: pursuit.exerciseTypeId },
      ...{ countedUntil: pursuit.countedUntil, days: daysOf(pursuit) },
    }));
    return this.pursuits.sessions(ownerId, wanted, sessionId, startOf(startDate, timezone), timezone);
  }

  /** Where a plan has an exercise twice and both targets move alike, that is one thing to tell. */
  private async tell(adjusted: readonly NewAdjustment[], owner: Contact): Promise<void> {
    const ids = adjusted.map(({ exerciseTypeId }) => exerciseTypeId);
    const names = await this.exercises.findByIds(ids, languageOf(owner.locale));
    const alike = new Map(adjusted.map((one) => [`${one.exerciseTypeId} ${String(one.toKg)}`, one]));
    for (const { assignmentId, clientId, exerciseTypeId, toKg, reason, sessionId, createdAt } of alike.values()) {
      const name = names.get(exerciseTypeId)?.name ?? '';
      await this.events.publish(
        new TargetAdjusted(assignmentId, clientId, exerciseTypeId, name, toKg, reason.key, sessionId, createdAt),
      );
    }
  }
}

function adjustmentOf(
  pursuit: Pursuit,
  sessions: readonly DoneSession[],
  { sessionId, at }: PerformanceRecorded,
  { id: assignmentId, planId, clientId }: Assignment,
): NewAdjustment[] {
  const { plannedExerciseId, exerciseTypeId, target } = pursuit;
  const decision = decide({ ...pursuit, sessions, savedId: sessionId });
  const last = sessions.at(-1);
  if (decision.act === 'keep' || !last) return [];
  const { toKg, reason } = decision;
  return [
    {
      ...{ assignmentId, planId, clientId, plannedExerciseId, exerciseTypeId, sessionId },
      ...{ fromKg: target.weightKg, toKg, reason, countedUntil: last.trainedAt, createdAt: at },
    },
  ];
}
