import type { TestApp, TestPerson } from './test-app';

/** Clubs of the directory, for tests that begin where they are there already. */
export interface ClubOptions {
  name?: string;
  chain?: string | null;
  address?: string | null;
  zip_code?: string | null;
  city?: string;
  country?: string;
  lat?: number;
  lng?: number;
  validated?: boolean;
}

/** The chain of that name, made unless it is there, by its slug. */
export async function aChain(
  app: TestApp,
  name: string,
  { countries = [], active = true }: { countries?: string[]; active?: boolean } = {},
): Promise<{ id: string; slug: string }> {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const { rows } = await app.database.query<{ id: string; slug: string }>(
    `INSERT INTO gym_chains (name, slug, countries, active, created_at, updated_at)
     VALUES ($1, $2, $3, $4, now(), now()) ON CONFLICT (slug) DO UPDATE SET name = EXCLUDED.name RETURNING id, slug`,
    [name, slug, countries, active],
  );
  const [chain] = rows;
  if (!chain) throw new Error('no chain');
  return chain;
}

/** A validated club, straight in the table. */
export async function aClub(app: TestApp, options: ClubOptions = {}): Promise<string> {
  const { name = 'Club', chain = null, address = null, zip_code = null, city = 'Paris', country = 'FR' } = options;
  const chainId = chain === null ? null : (await aChain(app, chain)).id;
  const { rows } = await app.database.query<{ id: string }>(
    `INSERT INTO gyms (chain_id, external_id, name, address, zip_code, city, country, lat, lng, validated, created_at,
                       updated_at)
     VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, $8, $9, now(), now()) RETURNING id`,
    [
      chainId,
      name,
      address,
      zip_code,
      city,
      country,
      options.lat ?? null,
      options.lng ?? null,
      options.validated ?? true,
    ],
  );
  return rows[0]?.id ?? '';
}

/** So many clubs of one city. */
export async function clubs(app: TestApp, count: number, options: ClubOptions = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let turn = 1; turn <= count; turn += 1)
    ids.push(await aClub(app, { ...options, name: `${options.name ?? 'Club'} ${String(turn).padStart(3, '0')}` }));
  return ids;
}

/** Lets a coach with a profile work in a club. */
export async function worksIn(coach: TestPerson, gymId: string): Promise<void> {
  const answer = await coach.http.post('/users/me/gyms').send({ gym_id: gymId, as: 'coach' });
  expect(answer.status).toBe(201);
}
