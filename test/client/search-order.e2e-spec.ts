import fc from 'fast-check';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

/** So many that some words are had by more than a thousand: those are found another way than the others. */
const COACHES = 4_000;

/** Rules §19 as they stand there: everybody is compared with everybody. */
const BY_DEFINITION = `
  SELECT coach_id AS id FROM coach_listings
  WHERE search LIKE ALL (SELECT '%' || word || '%' FROM unnest($1::text[]) AS word)
    AND ($2::text IS NULL OR specialties && ARRAY[$2]) AND ($3::boolean IS NULL OR certified = $3)
  ORDER BY CASE WHEN words LIKE ALL (SELECT '% ' || word || ' %' FROM unnest($1::text[]) AS word) THEN 0
                WHEN words LIKE ALL (SELECT '% ' || word || '%' FROM unnest($1::text[]) AS word) THEN 1
                WHEN search LIKE ALL (SELECT '% ' || word || ' %' FROM unnest($1::text[]) AS word) THEN 2
                ELSE 3 - word_similarity(array_to_string($1::text[], ' '), search) END,
    is_open DESC, verified DESC, certifications DESC, sort_name, coach_id`;

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  seeker = await app.register();
  await app.setClock('2026-03-02T06:00:00Z');
  await app.database.query(
    `INSERT INTO users (id, email, first_name, last_name, role, status, locale, timezone, country, created_at, updated_at)
     SELECT md5('coach ' || n)::uuid, 'coach-' || n || '@example.com', 'Coach', 'Coach', 'coach', 'active', 'fr', 'UTC',
       'FR', now(), now()
     FROM generate_series(1, $1::int) AS n`,
    [COACHES],
  );
  await app.database.query(
    `INSERT INTO coach_profiles (user_id, currency, session_duration_min, discovery_enabled, discovery_free,
       discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, created_at, updated_at)
     SELECT md5('coach ' || n)::uuid, 'EUR', 60, false, true, 60, 30, 0, 2, now(), now()
     FROM generate_series(1, $1::int) AS n`,
    [COACHES],
  );
  // Few words, so that many have the same; some are names, specialties, and parts of both.
  await app.database.query(
    `INSERT INTO coach_listings (coach_id, sort_name, words, search, specialties, currency, discovery, verified,
       certified, certifications, is_open, open_known_from, open_known_until)
     SELECT md5('coach ' || n)::uuid, name, ' ' || name || ' ', ' ' || name || ' ' || kind || ' ', ARRAY[kind], 'EUR',
       false, n % 7 = 0, n % 7 = 0 OR n % 3 = 0, n % 3, n % 5 > 0, '-infinity', 'infinity'
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT (ARRAY['anna', 'yog', 'yoga', 'boxer', 'marie yoga'])[1 + n % 5] || ' '
         || (ARRAY['martin', 'marie', 'yogarelli', 'cardio', 'nato', 'bo'])[1 + n / 5 % 6] AS name,
         (ARRAY['yoga', 'yoga', 'boxe', 'cardio'])[1 + n / 30 % 4] AS kind) AS made`,
    [COACHES],
  );
  await app.database.query('DELETE FROM coach_listing_changes');
  await app.database.query('UPDATE coach_listing_state SET version = version + 1');
  await app.database.query('ANALYZE coach_listings');
});
afterAll(() => app.close());

interface Asked {
  words: string[];
  specialty: string | null;
  certified: boolean | null;
}

async function page(
  { words, specialty, certified }: Asked,
  offset: number,
  limit: number,
): Promise<[string[], number]> {
  const query = new URLSearchParams({ q: words.join(' '), offset: String(offset), limit: String(limit) });
  if (specialty !== null) query.append('specialty', specialty);
  if (certified !== null) query.append('certified', String(certified));
  const found = await expectStatus<{ items: { id: string }[]; total: number }>(
    seeker.http.get(`/coaches/search?${query.toString()}`),
    200,
  );
  return [found.items.map(({ id }) => id), found.total];
}

async function byDefinition({ words, specialty, certified }: Asked): Promise<string[]> {
  const { rows } = await app.database.query<{ id: string }>(BY_DEFINITION, [words, specialty, certified]);
  return rows.map(({ id }) => id);
}

const WORDS = ['yoga', 'yog', 'marie', 'mar', 'martin', 'bo', 'boxe', 'cardio', 'card', 'a', 'o', 'oga', 'nato', 'ar'];

describe('coaches who have the words', () => {
  it('come in the order of the rules on every page, few or many', async () => {
    let many = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 }),
          specialty: fc.constantFrom(null, null, 'yoga', 'boxe'),
          certified: fc.constantFrom(null, null, true, false),
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        async (asked, share, limit) => {
          const all = await byDefinition(asked);
          fc.pre(all.length > 0);
          if (all.length >= 1_000) many += 1;
          const offset = Math.floor(share * all.length);
          expect(await page(asked, offset, limit)).toEqual([all.slice(offset, offset + limit), all.length]);
        },
      ),
      { numRuns: 60, seed: 19 },
    );
    expect(many).toBeGreaterThan(20);
  });

  it('come in that order where those who are called so end and those who have it begin', async () => {
    const asked: Asked = { words: ['yoga'], specialty: null, certified: null };
    const all = await byDefinition(asked);
    const { rows } = await app.database.query<{ called: number; begins: number; has: number }>(
      `SELECT count(*) FILTER (WHERE words LIKE '% yoga %')::int AS called,
         count(*) FILTER (WHERE words LIKE '% yoga%')::int AS begins,
         count(*) FILTER (WHERE words LIKE '% yoga%' OR search LIKE '% yoga %')::int AS has FROM coach_listings`,
    );
    const [ends] = rows;
    if (!ends) throw new Error('nobody is listed');
    expect([ends.called, ends.begins - ends.called].map((size) => size > 10)).toEqual([true, true]);
    for (const end of [ends.called, ends.begins, ends.has])
      for (const offset of [end - 20, end - 1, end])
        expect(await page(asked, offset, 40)).toEqual([all.slice(offset, offset + 40), all.length]);
  });
});
