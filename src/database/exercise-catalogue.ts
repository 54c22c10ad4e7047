import type { Client } from 'pg';
import { nameBasedUuid } from 'src/common/crypto/name-based-uuid';

/** One exercise of `seeds/exercises/*.json`; the page beside them says what each field may hold. */
export interface SeededExercise {
  slug: string;
  category: string;
  difficulty: string;
  equipment: string[];
  primary: string[];
  secondary: string[];
  machines: string[];
  /** By language. */
  names: Record<string, string>;
  /** By language: steps, in order. */
  instructions: Record<string, string[]>;
}

const EXERCISES = 'e9d17abd-08da-4c7e-8632-85ac0f7478c0';

/** The same in every database, so that apps and plans may name an exercise anywhere. */
export function exerciseId(slug: string): string {
  return nameBasedUuid(EXERCISES, slug);
}

export function exercisesOf(json: string): SeededExercise[] {
  return JSON.parse(json) as SeededExercise[];
}

// What an admin gave an exercise, its video, is not of the file and stays.
const TYPES = `
  INSERT INTO exercise_types (id, slug, category, difficulty, equipment, machine_types, created_at, updated_at)
  SELECT id, slug, category, difficulty, equipment, machines, $2, $2
  FROM jsonb_to_recordset($1) AS
    given (id uuid, slug text, category text, difficulty text, equipment text[], machines text[])
  ON CONFLICT (id) DO UPDATE SET
    category = EXCLUDED.category, difficulty = EXCLUDED.difficulty, equipment = EXCLUDED.equipment,
    machine_types = EXCLUDED.machine_types, updated_at = EXCLUDED.updated_at`;
const TEXTS = `
  INSERT INTO exercise_texts (exercise_type_id, language, name, instructions)
  SELECT id, language, name, ARRAY(
    SELECT step FROM jsonb_array_elements_text(instructions -> language) WITH ORDINALITY AS told (step, place)
    ORDER BY place)
  FROM jsonb_to_recordset($1) AS given (id uuid, names jsonb, instructions jsonb),
       jsonb_each_text(names) AS named (language, name)
  ON CONFLICT (exercise_type_id, language) DO UPDATE SET
    name = EXCLUDED.name, instructions = EXCLUDED.instructions`;
const FORGOTTEN_MUSCLES = `
  DELETE FROM exercise_muscles
  WHERE exercise_type_id IN (SELECT id FROM jsonb_to_recordset($1) AS given (id uuid))`;
const MUSCLES = `
  INSERT INTO exercise_muscles (exercise_type_id, muscle_group, role)
  SELECT id, muscle, 'primary'
  FROM jsonb_to_recordset($1) AS given (id uuid, "primary" jsonb), jsonb_array_elements_text("primary") AS muscle
  UNION ALL
  SELECT id, muscle, 'secondary'
  FROM jsonb_to_recordset($1) AS given (id uuid, secondary jsonb), jsonb_array_elements_text(secondary) AS muscle`;

/**
 * Brings the exercises of one file into the catalogue: new ones are added, known ones changed. One that the file no
 * longer has stays: somebody may have trained it.
 */
export async function loadExercises(client: Client, json: string, now: Date): Promise<void> {
  const exercises = JSON.stringify(
    exercisesOf(json).map((exercise) => ({ id: exerciseId(exercise.slug), ...exercise })),
  );
  await client.query(TYPES, [exercises, now]);
  await client.query(TEXTS, [exercises]);
  await client.query(FORGOTTEN_MUSCLES, [exercises]);
  await client.query(MUSCLES, [exercises]);
}
