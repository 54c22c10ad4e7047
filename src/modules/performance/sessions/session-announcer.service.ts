import { Injectable } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { languageOf } from 'src/common/i18n/languages';
import { UserService } from 'src/modules/auth/user.service';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import { PerformanceRecorded, PersonalRecordSet } from 'src/modules/performance/performance.events';
import type { Lift } from 'src/modules/performance/records/record.rules';
import type { NewSet } from './session-draft.types';

/** Says that somebody trained, and what he had never lifted before. */
@Injectable()
export class SessionAnnouncer {
  constructor(
    private readonly exercises: ExerciseService,
    private readonly users: UserService,
    private readonly events: EventBus,
  ) {}

  /** @param best records that no other session of the owner reaches */
  async tell(session: PerformanceSession, sets: readonly NewSet[], best: readonly Lift[]): Promise<void> {
    const { id, userId, enteredBy, bookingId, trainedAt, createdAt } = session;
    const exercises = [...new Set(sets.map(({ exerciseTypeId }) => exerciseTypeId))];
    await this.events.publish(
      new PerformanceRecorded(id, userId, enteredBy, bookingId, exercises, trainedAt, createdAt),
    );
    const names = await this.namesFor(userId, best);
    for (const { exerciseTypeId, weightKg } of best) {
      const name = names.get(exerciseTypeId)?.name ?? '';
      await this.events.publish(new PersonalRecordSet(id, userId, exerciseTypeId, name, weightKg, createdAt));
    }
  }

  private async namesFor(userId: string, best: readonly Lift[]): Promise<ReadonlyMap<string, { name: string }>> {
    if (best.length === 0) return new Map();
    const owner = await this.users.findContact(userId);
    const ids = best.map(({ exerciseTypeId }) => exerciseTypeId);
    return this.exercises.findByIds(ids, languageOf(owner?.locale ?? 'en'));
  }
}
