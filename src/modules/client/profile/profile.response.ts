import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { WEIGHT_UNITS, type WeightUnit } from 'src/common/i18n/weight-texts';
import { GymResponse } from 'src/modules/gym/gym.response';
import { type Goal, GOALS, type Level, LEVELS } from './profile.types';
import type { ClientProfileView } from './profile-view.service';

/** What a client told of himself. */
export class ClientProfileResponse {
  @ApiProperty({ format: 'uuid' })
  user_id: string;
  @ApiProperty({ type: String, format: 'date', nullable: true })
  birth_date: string | null;
  weight_kg: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  height_cm: number | null;
  @ApiProperty({ enum: GOALS, nullable: true })
  goal: Goal | null;
  @ApiProperty({ enum: LEVELS, nullable: true })
  level: Level | null;
  @ApiProperty({ enum: WEIGHT_UNITS, description: 'What weights are shown in; they are sent in kilograms' })
  weight_unit: WeightUnit;
  country: string | null;
  target_weight_kg: number | null;
  /** The questionnaire is saved. */
  onboarding_completed: boolean;
  /** Favourites. */
  gyms: GymResponse[];
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  /** @param isOwn false for a coach who reads it: the favourites are not his */
  static from({ profile, gyms, onboardingCompleted }: ClientProfileView, isOwn = true): ClientProfileResponse {
    return {
      user_id: profile.userId,
      birth_date: profile.birthDate,
      weight_kg: profile.weightKg,
      height_cm: profile.heightCm,
      goal: profile.goal,
      level: profile.level,
      weight_unit: profile.weightUnit,
      country: profile.country,
      target_weight_kg: profile.targetWeightKg,
      onboarding_completed: onboardingCompleted,
      gyms: gyms.map((gym) => GymResponse.from(gym, isOwn)),
      created_at: wireInstant(profile.createdAt),
      updated_at: wireInstant(profile.updatedAt),
    };
  }
}
