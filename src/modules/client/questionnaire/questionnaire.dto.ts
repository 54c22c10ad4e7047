import { distinct, writtenOrNull } from 'src/common/http/changes';
import { Choice, Choices, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { type Goal, GOALS, type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import type { Answers } from './questionnaire.rules';
import { type Equipment, EQUIPMENT, MUSCLE_GROUPS, type MuscleGroup } from './questionnaire.types';

/** The answers: all of them at once, where what is absent is not answered, or some, where it is unchanged. */
export class QuestionnaireDto {
  @Nullable()
  @Choice(GOALS)
  goal?: Goal | null;

  @Nullable()
  @Choice(LEVELS)
  level?: Level | null;

  @Nullable()
  @Whole(1, 7)
  frequency_per_week?: number | null;

  @Nullable()
  @Whole(15, 240)
  session_duration_min?: number | null;

  /** What there is to train with. */
  @Optional()
  @Choices(EQUIPMENT)
  equipment?: Equipment[];

  @Optional()
  @Choices(MUSCLE_GROUPS)
  target_zones?: MuscleGroup[];

  /** In own words; only the coaches who train the caller read it. */
  @Nullable()
  @Text({ max: 2000, multiline: true })
  injuries?: string | null;

  /** What must be spared. */
  @Optional()
  @Choices(MUSCLE_GROUPS)
  injury_zones?: MuscleGroup[];
}

/** The answers that a request names; undefined = unchanged. */
export function answersIn(dto: QuestionnaireDto): Partial<Answers> {
  return {
    goal: dto.goal,
    level: dto.level,
    frequencyPerWeek: dto.frequency_per_week,
    sessionDurationMin: dto.session_duration_min,
    equipment: distinct(dto.equipment),
    targetZones: distinct(dto.target_zones),
    injuries: writtenOrNull(dto.injuries),
    injuryZones: distinct(dto.injury_zones),
  };
}
