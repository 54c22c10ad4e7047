import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import { GuidedTrainingRepository } from './guided-training.repository';
import type { GuidedSet, TrainingQuestion, TrainingSpan } from './guided-training.types';

export type { GuidedSet, TrainingQuestion, TrainingSpan } from './guided-training.types';

/**
 * What somebody trained by a plan or with a coach: `solo_guided` and `coached` sessions. Free ones, and what a provider
 * shows to its owner alone, are not among them. Whether the asker may know is the caller's to decide.
 */
@Injectable()
export class GuidedTrainingService {
  constructor(private readonly trainings: GuidedTrainingRepository) {}

  /** When these sessions took place, earliest first. */
  async times(userId: string, span: TrainingSpan): Promise<Date[]> {
    return this.trainings.times(userId, span);
  }

  /**
   * Of each aim the sets of the latest of these sessions that meets it, in their order. What was never trained is left
   * out.
   */
  async latestSets(userId: string, question: TrainingQuestion): Promise<Map<string, GuidedSet[]>> {
    const sets = await this.trainings.latestSets(userId, question);
    return grouped(sets.map(({ key, ...set }) => [key, set]));
  }
}
