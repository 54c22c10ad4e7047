import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From `src/modules/performance/imports` and from `dist/…` alike, the seeds are four folders up. */
const FILE = join(__dirname, '..', '..', '..', '..', 'seeds', 'exercise-aliases.json');

/** What other apps call our exercises: slug to their names. */
export const EXERCISE_ALIASES = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, readonly string[]>>;
