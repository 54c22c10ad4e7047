import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import type { Rows } from 'src/common/paging/page';
import type { ExerciseListQuery } from './exercise.dto';
import { ExerciseNotFound } from './exercise.errors';
import { ExerciseRepository } from './exercise.repository';
import type { Exercise } from './exercise.types';

export type { Exercise } from './exercise.types';

/** The catalogue of exercises (rules §11.1), for this module and those above it. */
@Injectable()
export class ExerciseService {
  constructor(private readonly exercises: ExerciseRepository) {}

  /** By slug. */
  async page(query: ExerciseListQuery, language: Language): Promise<Rows<Exercise>> {
    return this.exercises.page(query, language, query);
  }

  /** The whole catalogue, by slug. */
  async all(language: Language): Promise<Exercise[]> {
    return this.exercises.findAll(language);
  }

  /** @throws ExerciseNotFound */
  async find(id: string, language: Language): Promise<Exercise> {
    const [exercise] = await this.exercises.findByIds([id], language);
    return orThrow(exercise, ExerciseNotFound);
  }

  /** By id, in a constant number of queries; ids that no exercise has are left out. */
  async findByIds(ids: readonly string[], language: Language): Promise<Map<string, Exercise>> {
    const found = await this.exercises.findByIds([...new Set(ids)], language);
    return new Map(found.map((exercise) => [exercise.id, exercise]));
  }

  /** From now on this is what it shows. Only within a transaction that knows why. */
  async showVideo(id: string, videoUrl: string, now: Date): Promise<void> {
    await this.exercises.setVideo(id, videoUrl, now);
  }

  /** @throws ExerciseNotFound (404 `exercise_not_found`) when one of the ids is unknown */
  async requireAll(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    if ((await this.exercises.countKnown([...wanted])) < wanted.size) throw new ExerciseNotFound();
  }
}
