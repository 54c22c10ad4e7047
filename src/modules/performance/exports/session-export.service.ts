import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { grouped } from 'src/common/collections/grouped';
import type { CsvCell, CsvTable } from 'src/common/csv/csv-file';
import { wireInstant } from 'src/common/http/instants';
import type { Language } from 'src/common/i18n/languages';
import { batches } from 'src/common/paging/batches';
import { type InstantRange, resolveRange } from 'src/common/paging/range';
import type { ExerciseSet } from 'src/modules/performance/entities/exercise-set.entity';
import { type Exercise, ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import { SessionRepository } from 'src/modules/performance/sessions/session.repository';
import { type ExportedSession, SessionExportRepository } from './session-export.repository';
import type { ExportSessionsQuery } from './session-export.dto';

const BATCH = 200;
const COLUMNS = [
  'date',
  'session_type',
  'duration_min',
  'feeling',
  'gym',
  'exercise_slug',
  'exercise_name',
  'set_order',
  'sets_count',
  'reps',
  'weight_kg',
  'duration_seconds',
  'notes',
] as const;

interface Selection {
  userId: string;
  range: InstantRange;
  language: Language;
}

/** A person's training as a file, which an import reads again. */
@Injectable()
export class SessionExportService {
  constructor(
    private readonly exports: SessionExportRepository,
    private readonly sessions: SessionRepository,
    private readonly exercises: ExerciseService,
  ) {}

  /**
   * The caller's sessions, oldest first, a line for each set, read in batches; a session without sets has a line of its
   * own. Times are UTC, a day of the query is one of the caller's zone.
   *
   * @throws ValidationFailed `invalid_date_range`
   */
  async table(me: Principal, query: ExportSessionsQuery, language: Language): Promise<CsvTable> {
    const selection = { userId: me.userId, range: resolveRange(query, me.timezone), language };
    // Read before the first byte is sent: a database that is away is still a refusal then.
    const first = await this.exports.next(selection.userId, selection.range, null, BATCH);
    return { columns: COLUMNS, rows: this.rows(selection, first) };
  }

  private async *rows(selection: Selection, first: ExportedSession[]): AsyncGenerator<CsvCell[]> {
    const exercises = new Map<string, Exercise>();
    const { userId, range } = selection;
    for await (const batch of batches(BATCH, (last) => this.exports.next(userId, range, last, BATCH), first)) {
      const sets = await this.setsOf(batch, exercises, selection.language);
      for (const session of batch) yield* rowsOf(session, sets.get(session.id) ?? [], exercises);
    }
  }

  /** By session; their exercises are added to those that are known. */
  private async setsOf(
    batch: readonly ExportedSession[],
    exercises: Map<string, Exercise>,
    language: Language,
  ): Promise<Map<string, ExerciseSet[]>> {
    const sets = await this.sessions.setsOf(batch.map(({ id }) => id));
    const unknown = sets.map((set) => set.exerciseTypeId).filter((id) => !exercises.has(id));
    for (const [id, exercise] of await this.exercises.findByIds(unknown, language)) exercises.set(id, exercise);
    return grouped(sets.map((set) => [set.sessionId, set]));
  }
}

function* rowsOf(
  session: ExportedSession,
  sets: readonly ExerciseSet[],
  exercises: ReadonlyMap<string, Exercise>,
): Generator<CsvCell[]> {
  const { trainedAt, sessionType, durationMin, feeling, gym } = session;
  const head = [wireInstant(trainedAt), sessionType, durationMin, feeling, gym];
  if (sets.length === 0) yield [...head, ...Array<null>(COLUMNS.length - head.length).fill(null)];
  for (const { exerciseTypeId, setOrder, setsCount, reps, weightKg, durationSeconds, notes } of sets) {
    const { slug, name } = exercises.get(exerciseTypeId) ?? { slug: null, name: null };
    yield [...head, slug, name, setOrder, setsCount, reps, weightKg, durationSeconds, lines(notes)];
  }
}

/** One kind of line end within a cell, as an import reads it. */
function lines(text: string | null): string | null {
  return text === null ? null : text.replace(/\r\n?/g, '\n');
}
