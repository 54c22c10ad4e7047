import { Country } from 'src/common/http/domain-fields';
import { Choice, Day, Decimal, Nullable, Optional, Whole } from 'src/common/http/fields';
import { IdList } from 'src/common/http/list-fields';
import { WEIGHT_UNITS, type WeightUnit } from 'src/common/i18n/weight-texts';
import { MOST_GYMS } from 'src/modules/gym/gym.types';
import type { ClientSettings } from './profile.rules';
import { type Goal, GOALS, type Level, LEVELS } from './profile.types';

/** The profile at its creation, where what is absent is not known, and later, where it is unchanged. */
export class ClientProfileDto {
  /** In the past. */
  @Nullable()
  @Day()
  birth_date?: string | null;

  @Nullable()
  @Decimal(10, 500)
  weight_kg?: number | null;

  @Nullable()
  @Whole(50, 300)
  height_cm?: number | null;

  @Nullable()
  @Choice(GOALS)
  goal?: Goal | null;

  @Nullable()
  @Choice(LEVELS)
  level?: Level | null;

  /** What weights are shown in. At the creation: that of the country. */
  @Optional()
  @Choice(WEIGHT_UNITS)
  weight_unit?: WeightUnit;

  @Nullable()
  @Country()
  country?: string | null;

  @Nullable()
  @Decimal(10, 500)
  target_weight_kg?: number | null;

  /** Favourites. */
  @Optional()
  @IdList(MOST_GYMS.client)
  gym_ids?: string[];
}

/** The settings that a request names; undefined = unchanged. */
export function settingsIn(dto: ClientProfileDto): Partial<ClientSettings> {
  return {
    birthDate: dto.birth_date,
    weightKg: dto.weight_kg,
    heightCm: dto.height_cm,
    goal: dto.goal,
    level: dto.level,
    weightUnit: dto.weight_unit,
    country: dto.country,
    targetWeightKg: dto.target_weight_kg,
  };
}
