import type { ClientProfile } from 'src/modules/client/entities/client-profile.entity';
import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import type { WeightUnit } from 'src/common/i18n/weight-texts';

/** What a client decides in his profile. */
export type ClientSettings = Omit<ClientProfile, 'userId' | 'createdAt' | 'updatedAt'>;

/** The unit in which somebody of a country reads weights (rules §19). */
export function weightUnitOf(country: string): WeightUnit {
  return country === 'US' ? 'lb' : 'kg';
}

/** A new profile: what was given, and nothing known for the rest. `home` is the country of the account. */
export function newProfile(given: Partial<ClientSettings>, home: string): ClientSettings {
  return {
    birthDate: given.birthDate ?? null,
    weightKg: given.weightKg ?? null,
    heightCm: given.heightCm ?? null,
    goal: given.goal ?? null,
    level: given.level ?? null,
    weightUnit: given.weightUnit ?? weightUnitOf(given.country ?? home),
    country: given.country ?? null,
    targetWeightKg: given.targetWeightKg ?? null,
  };
}

/**
 * Points of a client's profile towards 100 (rules §7); those of the account itself are counted with the account. Goal
 * and level count wherever they were told.
 */
export function completionPoints(profile: ClientProfile, questionnaire: Questionnaire | null): number {
  const goal = profile.goal ?? questionnaire?.goal;
  const level = profile.level ?? questionnaire?.level;
  const wishes = (goal ? 10 : 0) + (level ? 10 : 0);
  if (!questionnaire) return wishes;
  const { frequencyPerWeek, sessionDurationMin, equipment, targetZones } = questionnaire;
  const rhythm = frequencyPerWeek !== null && sessionDurationMin !== null ? 10 : 0;
  const means = equipment.length > 0 && targetZones.length > 0 ? 10 : 0;
  return wishes + rhythm + means + 10;
}
