import { HttpStatus } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from 'src/common/http/answer';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import { type Goal, GOALS, type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import { type Equipment, EQUIPMENT, MUSCLE_GROUPS, type MuscleGroup } from './questionnaire.types';

/** How a client wants to train. */
export class QuestionnaireResponse {
  @ApiProperty({ enum: GOALS, nullable: true })
  goal: Goal | null;
  @ApiProperty({ enum: LEVELS, nullable: true })
  level: Level | null;
  @ApiProperty({ type: 'integer', nullable: true })
  frequency_per_week: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  session_duration_min: number | null;
  @ApiProperty({ enum: EQUIPMENT, isArray: true })
  equipment: Equipment[];
  @ApiProperty({ enum: MUSCLE_GROUPS, isArray: true })
  target_zones: MuscleGroup[];
  injuries: string | null;
  @ApiProperty({ enum: MUSCLE_GROUPS, isArray: true })
  injury_zones: MuscleGroup[];
  @ApiInstant()
  updated_at: string;

  static from(questionnaire: Questionnaire): QuestionnaireResponse {
    return {
      goal: questionnaire.goal,
      level: questionnaire.level,
      frequency_per_week: questionnaire.frequencyPerWeek,
      session_duration_min: questionnaire.sessionDurationMin,
      equipment: questionnaire.equipment,
      target_zones: questionnaire.targetZones,
      injuries: questionnaire.injuries,
      injury_zones: questionnaire.injuryZones,
      updated_at: wireInstant(questionnaire.updatedAt),
    };
  }

  /** Created, or replaced. */
  static ofSaved(saved: { questionnaire: Questionnaire; made: boolean }): Answer<QuestionnaireResponse> {
    const status = saved.made ? HttpStatus.CREATED : HttpStatus.OK;
    return new Answer(status, QuestionnaireResponse.from(saved.questionnaire));
  }
}
