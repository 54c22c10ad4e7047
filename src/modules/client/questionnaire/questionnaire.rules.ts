import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';

/** What the questionnaire asks. */
export type Answers = Omit<Questionnaire, 'userId' | 'createdAt' | 'updatedAt'>;

/** The whole questionnaire: what was given, and no answer for the rest. */
export function allAnswers(given: Partial<Answers>): Answers {
  return {
    goal: given.goal ?? null,
    level: given.level ?? null,
    frequencyPerWeek: given.frequencyPerWeek ?? null,
    sessionDurationMin: given.sessionDurationMin ?? null,
    equipment: given.equipment ?? [],
    targetZones: given.targetZones ?? [],
    injuries: given.injuries ?? null,
    injuryZones: given.injuryZones ?? [],
  };
}
