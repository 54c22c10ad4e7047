import { Injectable } from '@nestjs/common';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { generate } from 'src/modules/program/generator/generator.rules';
import type { CatalogueExercise, Wishes } from 'src/modules/program/generator/generator.types';
import { generatedDrafts } from './plan.rules';
import { PlanRegister } from './plan-register.service';

/** Generates plans from the catalogue of exercises, and keeps them. */
@Injectable()
export class PlanMaker {
  constructor(
    private readonly exercises: ExerciseService,
    private readonly register: PlanRegister,
  ) {}

  /** In the caller's transaction. The same wishes and seed give the same plan. */
  async make(ownerId: string, wishes: Wishes, seed: number): Promise<Plan> {
    const made = generate(await this.catalogue(), wishes, seed);
    const { nameKey: name, goal, level, durationWeeks, notes } = made;
    return this.register.store(
      { source: 'ai', ownerId, name, description: null, durationWeeks, level, goal, notes, seed: made.seed },
      generatedDrafts(made),
    );
  }

  private async catalogue(): Promise<CatalogueExercise[]> {
    // In any language: the generator reads no names.
    const exercises = await this.exercises.all('en');
    return exercises.map(({ id, slug, category, difficulty, equipment, muscles }) => ({
      ...{ id, slug, category, difficulty, equipment },
      primary: muscles.filter(({ role }) => role === 'primary').map(({ muscleGroup }) => muscleGroup),
    }));
  }
}
