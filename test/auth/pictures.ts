import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** The pictures of people, and where they are kept. */

export interface WireUser {
  photo_url: string | null;
  resolved_photo_url: string;
  profile_completion_pct: number;
  updated_at: string;
}

/** A picture of one colour. */
export function plain(width: number, height: number): sharp.Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#3a7d44' } });
}

export function send(
  person: TestPerson,
  bytes: Buffer,
  name = 'me.jpg',
): PromiseLike<{ status: number; body: unknown }> {
  return person.http.post('/users/me/avatar').attach('file', bytes, name);
}

/** Makes it the picture of a person. */
export async function show(person: TestPerson, bytes: Buffer): Promise<WireUser> {
  return expectStatus<WireUser>(send(person, bytes), 200);
}

export async function me(person: TestPerson): Promise<WireUser> {
  return expectStatus<WireUser>(person.http.get('/users/me'), 200);
}

export function photoUrl({ photo_url: url }: WireUser): string {
  if (url === null) throw new Error('no picture');
  return url;
}

/** The names of the pictures below a data folder. */
export async function filesIn(dataDir: string): Promise<string[]> {
  return readdir(join(dataDir, 'photos')).catch(() => []);
}

/** How many pictures wait to be taken away. */
export async function strays(app: TestApp): Promise<number> {
  return (await app.database.query('SELECT FROM stray_photos')).rowCount ?? 0;
}
