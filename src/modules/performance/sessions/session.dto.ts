import { Choice, Decimal, Id, Instant, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { Items } from 'src/common/http/list-fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { MUSCLE_GROUPS, type MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import { MOST_SET_ORDER, MOST_SETS, orderAt } from './session.rules';
import { SESSION_TYPES, type SessionType } from './session.types';
import type { NewSet } from './session-draft.types';

export class ExerciseSetDto {
  @Id()
  exercise_type_id: string;

  @Nullable()
  @Id()
  machine_id?: string | null;

  /** Its place in the list where it is not given; the places after the 50th count as the 50th. */
  @Optional()
  @Whole(1, MOST_SET_ORDER)
  set_order?: number;

  /** How many alike. */
  @Optional()
  @Whole(1, 20)
  sets_count: number = 1;

  /** Of each set. */
  @Nullable()
  @Whole(0, 9_999)
  reps?: number | null;

  /** Kilograms; 0 = body weight. */
  @Nullable()
  @Decimal(0, 9_999)
  weight_kg?: number | null;

  @Nullable()
  @Whole(1, 86_400)
  duration_seconds?: number | null;

  @Nullable()
  @Text({ max: 500, multiline: true })
  notes?: string | null;
}

export class CreateSessionDto {
  /** When it took place, at most 24 h ahead. */
  @Instant()
  date: Date;

  /** `solo_free`; `coached` where a coach enters it. */
  @Optional()
  @Choice(SESSION_TYPES)
  session_type?: SessionType;

  /** The booked session that it was. */
  @Nullable()
  @Id()
  booking_id?: string | null;

  @Nullable()
  @Id()
  gym_id?: string | null;

  @Nullable()
  @Whole(1, 600)
  duration_min?: number | null;

  /** From 1 (bad) to 5 (very good). */
  @Nullable()
  @Whole(1, 5)
  feeling?: number | null;

  @Optional()
  @Items(ExerciseSetDto, MOST_SETS)
  exercise_sets: ExerciseSetDto[] = [];
}

export class UpdateSessionDto {
  @Optional()
  @Instant()
  date?: Date;

  @Nullable()
  @Whole(1, 600)
  duration_min?: number | null;

  @Nullable()
  @Whole(1, 5)
  feeling?: number | null;

  @Nullable()
  @Id()
  gym_id?: string | null;

  /** Replaces all. */
  @Optional()
  @Items(ExerciseSetDto, MOST_SETS)
  exercise_sets?: ExerciseSetDto[];
}

export class ReportErrorDto {
  @Nullable()
  @Text({ max: 500, multiline: true })
  message?: string | null;
}

export class ListSessionsQuery extends PageQuery {
  @Optional()
  @Choice(SESSION_TYPES)
  session_type?: SessionType;

  @Optional()
  @Id()
  gym_id?: string;

  /** Sessions with a set of it. */
  @Optional()
  @Id()
  exercise_type_id?: string;

  /** Sessions with a set that works it, first or among others. */
  @Optional()
  @Choice(MUSCLE_GROUPS)
  muscle_group?: MuscleGroup;

  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}

/** The sets as they are stored. */
export function setsIn(dtos: readonly ExerciseSetDto[]): NewSet[] {
  return dtos.map((dto, at) => ({
    exerciseTypeId: dto.exercise_type_id,
    machineId: dto.machine_id ?? null,
    setOrder: dto.set_order ?? orderAt(at + 1),
    setsCount: dto.sets_count,
    reps: dto.reps ?? null,
    weightKg: dto.weight_kg ?? null,
    durationSeconds: dto.duration_seconds ?? null,
    notes: dto.notes ?? null,
  }));
}
