import type { TestApp, TestPerson } from 'test/support/test-app';

/** Files of clubs, and what an import makes of them. */

export const AGDE = 'a1,Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true';
export const HEADER = 'external_id,chain_name,name,address,zip_code,city,country,lat,lng,phone,open_24h';

export interface Report {
  created: number;
  updated: number;
  errors: { line: number; code: string; message: string }[];
}

/** A file of these lines below the names of all columns. */
export function file(...lines: string[]): Buffer {
  return Buffer.from([HEADER, ...lines].join('\n'));
}

export function send(person: TestPerson, bytes: Buffer, name = 'clubs.csv'): ReturnType<TestPerson['http']['post']> {
  return person.http.post('/admin/gyms/import').attach('file', bytes, name);
}

export async function imported(admin: TestPerson, bytes: Buffer): Promise<Report> {
  const answer = await send(admin, bytes);
  expect(answer.status).toBe(200);
  return answer.body as Report;
}

/** All clubs, by name. */
export async function stored(app: TestApp): Promise<Record<string, unknown>[]> {
  const { rows } = await app.database.query<Record<string, unknown>>(
    `SELECT chain.slug, external_id, gym.name, address, zip_code, city, country, lat, lng, phone, open_24h, validated
     FROM gyms gym LEFT JOIN gym_chains chain ON chain.id = chain_id ORDER BY gym.name, external_id`,
  );
  return rows;
}
