import { Injectable } from '@nestjs/common';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import { EXERCISE_ALIASES } from './exercise-aliases';
import { ExerciseNameRepository } from './exercise-names.repository';
import { ExerciseNames } from './exercise-names.rules';

/** What exercises are called, here, in other apps and by who sends a file. */
@Injectable()
export class ExerciseNameService {
  constructor(
    private readonly names: ExerciseNameRepository,
    private readonly exercises: ExerciseService,
  ) {}

  /**
   * @param mapping names of the file to ids of exercises
   * @throws ExerciseNotFound when it names an exercise that there is not
   */
  async with(mapping: Readonly<Record<string, string>>): Promise<ExerciseNames> {
    const ids = Object.entries(mapping).map(([name, id]) => [name, id.toLowerCase()] as const);
    await this.exercises.requireAll(ids.map(([, id]) => id));
    return new ExerciseNames(await this.names.findAll(), EXERCISE_ALIASES, Object.fromEntries(ids));
  }
}
