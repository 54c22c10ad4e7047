import { Injectable } from '@nestjs/common';
import { LANGUAGES } from 'src/common/i18n/languages';
import { Database, type Statement } from 'src/common/transaction/database';
import type { NamedExercise } from './exercise-names.rules';

const NAMES: Statement = {
  name: 'exercise_names',
  text: `SELECT type.id, type.slug, words.name
         FROM exercise_types AS type JOIN exercise_texts AS words ON words.exercise_type_id = type.id
         ORDER BY array_position($1::text[], words.language), type.slug COLLATE "C"`,
};

@Injectable()
export class ExerciseNameRepository {
  constructor(private readonly database: Database) {}

  /** Every exercise by each of its names, English first. */
  async findAll(): Promise<NamedExercise[]> {
    return this.database.query<NamedExercise>(NAMES, [LANGUAGES]);
  }
}
