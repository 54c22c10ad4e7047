import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'supertest';
import { expectStatus } from 'test/support/coaching';
import type { TestPerson } from 'test/support/test-app';

/** Files of training, for tests of what is brought in and taken out. */

export interface WireReport {
  dry_run: boolean;
  format: string;
  sessions_created: number;
  sessions_skipped: number;
  sets_created: number;
  unmapped_exercises: { name: string; lines_count: number }[];
  errors_count: number;
  errors: { line: number; code: string; message: string }[];
}

/** A file as an app writes it. */
export function sample(name: string): Buffer {
  return readFileSync(join(__dirname, 'samples', name));
}

const STRONG =
  'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE';

/** A file of Strong of these lines. */
export function strongFile(...lines: string[]): Buffer {
  return Buffer.from([STRONG, ...lines].join('\n'));
}

/** A line of Strong: one set of five. */
export function strongLine(start: string, exercise = 'Squat (Barbell)', weight: number | string = 60): string {
  return `${start},Legs,45m,${exercise},1,${String(weight)},5,0,0,,,`;
}

/** A file of so many sessions of so many sets, an hour and a minute after one another, each heavier than the last. */
export function longFile(sessions: number, sets: number): Buffer {
  const lines = Array.from({ length: sessions }, (_, session) => {
    const start = new Date(Date.UTC(2010, 0, 1) + session * 61 * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    return Array.from({ length: sets }, () => strongLine(start, 'Squat (Barbell)', (session % 4_000) / 2 + 1));
  });
  return strongFile(...lines.flat());
}

export function sendFile(
  person: TestPerson,
  file: Buffer,
  { query = '', fields = {} }: { query?: string; fields?: Record<string, string> } = {},
): Test {
  const request = person.http.post(`/performances/import${query}`);
  for (const [name, value] of Object.entries(fields)) request.field(name, value);
  return request.attach('file', file, 'training.csv');
}

export async function bringIn(
  person: TestPerson,
  file: Buffer,
  options: { query?: string; fields?: Record<string, string> } = {},
): Promise<WireReport> {
  return expectStatus<WireReport>(sendFile(person, file, options), 200);
}

/** All of the own training, as the file that it is taken away in. */
export async function takeOut(person: TestPerson, query = ''): Promise<string> {
  const answer = await person.http.get(`/performances/export${query}`);
  if (answer.status !== 200) throw new Error(`${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  return answer.text;
}

/** The bad lines of a report: `line code`. */
export function badLinesOf({ errors }: WireReport): string[] {
  return errors.map(({ line, code }) => `${String(line)} ${code}`);
}
