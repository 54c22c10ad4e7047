import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import type { Language } from 'src/common/i18n/languages';
import { type PublicUser, UserService } from 'src/modules/auth/user.service';
import type { ExerciseSet } from 'src/modules/performance/entities/exercise-set.entity';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { type Exercise, ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { Lift } from 'src/modules/performance/records/record.rules';
import { SessionRepository } from './session.repository';

/** A record that a write has set. */
export interface DetectedRecord {
  exerciseTypeId: string;
  exerciseName: string;
  weightKg: number;
}

/** A session as it is read, in the words of one language. */
export interface SessionView {
  session: PerformanceSession;
  /** The coach who entered it; null = its owner. */
  enteredBy: PublicUser | null;
  /** In their order. */
  sets: (ExerciseSet & { exercise: Pick<Exercise, 'slug' | 'name' | 'category'> })[];
  /** The records that this write has set; empty where nothing was written. */
  detected: DetectedRecord[];
}

/** Puts sessions together with their sets, the words of the catalogue and who entered them. */
@Injectable()
export class SessionViewService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly exercises: ExerciseService,
    private readonly users: UserService,
  ) {}

  /** In the order given, in a constant number of queries. */
  async many(sessions: readonly PerformanceSession[], language: Language): Promise<SessionView[]> {
    const sets = await this.sessions.setsOf(sessions.map(({ id }) => id));
    const exercises = await this.exercises.findByIds(
      sets.map((set) => set.exerciseTypeId),
      language,
    );
    const authors = await this.users.findPublic(authorsOf(sessions));
    const bySession = grouped(
      sets.flatMap((set): [string, SessionView['sets'][number]][] => {
        const exercise = exercises.get(set.exerciseTypeId);
        // A set keeps its exercise in the catalogue: none is missing.
        return exercise ? [[set.sessionId, { ...set, exercise }]] : [];
      }),
    );
    return sessions.map((session) => ({
      session,
      enteredBy: session.enteredBy === null ? null : (authors.get(session.enteredBy) ?? null),
      sets: bySession.get(session.id) ?? [],
      detected: [],
    }));
  }

  async one(session: PerformanceSession, language: Language): Promise<SessionView> {
    const [view] = await this.many([session], language);
    if (!view) throw new Error('as many views as sessions');
    return view;
  }

  /** After a write: with the records that the session has set. */
  async written(session: PerformanceSession, records: readonly Lift[], language: Language): Promise<SessionView> {
    const view = await this.one(session, language);
    const detected = records.map(({ exerciseTypeId, weightKg }) => ({
      exerciseTypeId,
      exerciseName: view.sets.find((set) => set.exerciseTypeId === exerciseTypeId)?.exercise.name ?? '',
      weightKg,
    }));
    return { ...view, detected };
  }
}

function authorsOf(sessions: readonly PerformanceSession[]): string[] {
  return [...new Set(sessions.flatMap(({ enteredBy }) => (enteredBy === null ? [] : [enteredBy])))];
}
