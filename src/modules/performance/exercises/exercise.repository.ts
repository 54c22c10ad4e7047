import { Injectable } from '@nestjs/common';
import type { Language } from 'src/common/i18n/languages';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { containing } from 'src/common/search/containing';
import { searchedWords } from 'src/common/search/searched-words';
import { Database, type Statement } from 'src/common/transaction/database';
import type { MachineType } from 'src/modules/performance/machines/machine.types';
import type { Exercise, ExerciseCategory, MuscleRole } from './exercise.types';

export interface ExerciseFilter {
  q?: string;
  category?: ExerciseCategory;
  difficulty?: string;
  muscle_group?: string;
  muscle_role?: MuscleRole;
  machine_type?: MachineType;
}

/** An exercise, of `type` joined to its `words` in one language. */
const COLUMNS = `
  type.id, type.slug, words.name, type.category, type.difficulty, type.equipment, type.video_url AS "videoUrl",
  type.thumbnail_url AS "thumbnailUrl", words.instructions,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('muscleGroup', muscle.muscle_group, 'role', muscle.role)
                             ORDER BY muscle.role, muscle.muscle_group), '[]')
   FROM exercise_muscles AS muscle WHERE muscle.exercise_type_id = type.id) AS muscles`;

/** In the language $1. */
const SPOKEN = `
  FROM exercise_types AS type
  JOIN exercise_texts AS words ON words.exercise_type_id = type.id AND words.language = $1`;

/** A slug is found as it is written and as words; every word of the search must be there. */
const SEARCH = `${SPOKEN}
  WHERE NOT EXISTS (
      SELECT FROM unnest($2::text[]) AS word
      WHERE folded(words.name) || ' ' || type.slug || ' ' || replace(type.slug, '-', ' ') NOT LIKE ${containing('word')})
    AND ($3::text IS NULL OR type.category = $3)
    AND ($4::text IS NULL OR type.difficulty = $4)
    AND ($5::text IS NULL AND $6::text IS NULL OR EXISTS (
      SELECT FROM exercise_muscles AS worked
      WHERE worked.exercise_type_id = type.id AND ($5 IS NULL OR worked.muscle_group = $5)
        AND ($6 IS NULL OR worked.role = $6)))
    AND ($7::text IS NULL OR $7 = ANY (type.machine_types))`;

const COUNT: Statement = { name: 'exercise_count', text: `SELECT count(*)::int AS total ${SEARCH}` };
// By its bytes, so that the order does not hang on the language of the server.
const PAGE: Statement = {
  name: 'exercise_page',
  text: `SELECT ${COLUMNS} ${SEARCH} ORDER BY type.slug COLLATE "C" OFFSET $8 LIMIT $9`,
};
const FIND: Statement = {
  name: 'exercise_find',
  text: `SELECT ${COLUMNS} ${SPOKEN} WHERE type.id = ANY ($2::uuid[]) ORDER BY type.slug COLLATE "C"`,
};
const FIND_ALL: Statement = {
  name: 'exercise_find_all',
  text: `SELECT ${COLUMNS} ${SPOKEN} ORDER BY type.slug COLLATE "C"`,
};
const COUNT_KNOWN: Statement = {
  name: 'exercise_count_known',
  text: 'SELECT count(*)::int AS count FROM exercise_types WHERE id = ANY ($1::uuid[])',
};
const SET_VIDEO: Statement = {
  name: 'exercise_set_video',
  text: 'UPDATE exercise_types SET video_url = $2, updated_at = $3 WHERE id = $1',
};

@Injectable()
export class ExerciseRepository {
  constructor(private readonly database: Database) {}

  /** By slug. */
  async page(filter: ExerciseFilter, language: Language, { offset, limit }: PageQuery): Promise<Rows<Exercise>> {
    const values = [
      language,
      searchedWords(filter.q ?? ''),
      filter.category,
      filter.difficulty,
      filter.muscle_group,
      filter.muscle_role,
      filter.machine_type,
    ];
    return this.database.page<Exercise>(PAGE, [...values, offset, limit], COUNT, values);
  }

  /** By slug. */
  async findByIds(ids: readonly string[], language: Language): Promise<Exercise[]> {
    return ids.length === 0 ? [] : this.database.query<Exercise>(FIND, [language, ids]);
  }

  /** By slug. */
  async findAll(language: Language): Promise<Exercise[]> {
    return this.database.query<Exercise>(FIND_ALL, [language]);
  }

  async setVideo(id: string, videoUrl: string, now: Date): Promise<void> {
    await this.database.execute(SET_VIDEO, [id, videoUrl, now]);
  }

  async countKnown(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    return (await this.database.value<number>(COUNT_KNOWN, [ids])) ?? 0;
  }
}
