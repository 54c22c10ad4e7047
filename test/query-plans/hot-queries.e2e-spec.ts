import { Client } from 'pg';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { fillLargeSet } from 'src/database/large-set/large-set';
import { ListingService } from 'src/modules/client/search/listing.service';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type HttpClient, type TestApp } from 'test/support/test-app';
import { faultsOf, type Judge, largeTables } from './plan';
import { recorder, type Sent } from './recording';

/** With ten bookings for each of them. */
const COACHES = 1_000;
const DAY = '2026-03-02';
/** Smaller ones are read whole, and rightly so. */
const LARGE = 900;
/** The catalogue does not grow with the number of people. */
const CATALOGUE = ['exercise_types', 'exercise_texts', 'exercise_muscles'];
/** More than anybody has of anything, and far less than there is of it. */
const IN_VAIN = 600;

let app: TestApp;
let database: Client;
let judge: Judge;
let record: (work: () => Promise<unknown>) => Promise<Sent[]>;
let coach: HttpClient;
let quietCoach: HttpClient;
let client: HttpClient;
let ids: { coach: string; quietCoach: string; client: string; pack: string; exercise: string; session: string };

beforeAll(async () => {
  app = await startTestApp();
  database = new Client(app.databaseUrl);
  await database.connect();
  const cipher = app.nest.get(FieldCipher);
  await fillLargeSet(database, {
    coaches: COACHES,
    day: new Date(DAY),
    seal: (text, place) => cipher.encrypt(place, text),
  });
  await app.setClock(`${DAY}T06:00:00Z`);
  await app.nest.get(ListingService).renewAll();
  await database.query('VACUUM ANALYZE');
  const large = await largeTables(database, LARGE);
  judge = { large: new Set([...large].filter((table) => !CATALOGUE.includes(table))), inVain: IN_VAIN };
  record = recorder(app);
  coach = await signedIn('coach-100');
  quietCoach = await signedIn('coach-7');
  client = await signedIn('client-200');
  const { rows } = await database.query<typeof ids>(
    `SELECT md5('coach 100')::uuid AS coach, md5('coach 7')::uuid AS "quietCoach", md5('client 200')::uuid AS client,
       md5('package 100 0')::uuid AS pack, md5('training 200 1')::uuid AS session,
       (SELECT id FROM exercise_types ORDER BY slug LIMIT 1) AS exercise`,
  );
  if (!rows[0]) throw new Error('no ids');
  [ids] = rows;
}, 300_000);
afterAll(async () => {
  await database.end();
  await app.close();
});

async function signedIn(name: string): Promise<HttpClient> {
  const body = { email: `${name}@large.example`, password: 'Large-Set-1' };
  const { api_key: key } = await expectStatus<{ api_key: string }>(app.http.post('/auth/login').send(body), 200);
  return app.client(key);
}

/** What is wrong with the plans of everything that was asked. */
async function faultsWhile(
  work: () => Promise<unknown>,
  isForgiven: (sent: Sent) => boolean = () => false,
): Promise<string[]> {
  const sent = await record(work);
  expect(sent.length).toBeGreaterThan(0);
  const faults: string[] = [];
  for (const one of sent)
    if (!isForgiven(one))
      for (const fault of await faultsOf(database, one, judge))
        faults.push(`${fault}: ${one.text.replace(/\s+/g, ' ').slice(0, 300)}`);
  return faults;
}

describe('the plans of what is asked often', () => {
  it('are judged on tables that are large', () => {
    expect([...judge.large].sort()).toEqual(
      expect.arrayContaining([
        ...['api_keys', 'availabilities', 'booking_transitions', 'bookings', 'coach_listings', 'coach_profiles'],
        ...['engagements', 'exercise_sets', 'idempotency_keys', 'notifications', 'package_movements', 'packages'],
        ...['payments', 'performance_sessions', 'relations', 'seats', 'users', 'waitlist_entries'],
      ]),
    );
  });

  it.each<[string, () => [HttpClient, string][]]>([
    [
      'a key and who holds it',
      () => [
        [client, '/auth/me'],
        [coach, '/users/me'],
      ],
    ],
    [
      'free slots',
      () => [
        [client, `/coaches/${ids.coach}/slots`],
        [client, `/coaches/${ids.quietCoach}/slots?from=2026-03-02&to=2026-04-01`],
        [coach, `/coaches/${ids.coach}/slots?explain=true`],
      ],
    ],
    [
      'own bookings',
      () => [
        [client, '/bookings'],
        [client, '/bookings?bucket=upcoming'],
        [client, `/bookings?status=done&coach_id=${ids.coach}`],
        [coach, '/bookings?as=coach&limit=100'],
        [coach, '/bookings?as=coach&status=pending_coach_validation'],
        [coach, `/bookings?as=coach&client_id=${ids.client}&from=2026-02-01&to=2026-03-01`],
        [quietCoach, '/bookings?as=coach&bucket=past&offset=2'],
      ],
    ],
    [
      'the agenda and the dashboard',
      () => [
        [coach, '/agenda?from=2026-03-02&to=2026-03-09'],
        [client, '/agenda?from=2026-02-02&to=2026-03-09'],
        [coach, '/coaches/dashboard'],
      ],
    ],
    [
      'the inbox',
      () => [
        [coach, '/notifications'],
        [coach, '/notifications?unread=true&offset=20'],
        [client, '/notifications?limit=100'],
        [client, '/notifications/unread-count'],
      ],
    ],
    [
      'packages and payments',
      () => [
        [client, '/packages/me'],
        [client, `/packages/available?coach_id=${ids.coach}`],
        [client, `/packages/${ids.pack}/movements`],
        [client, '/payments/me'],
        [coach, `/coaches/clients/${ids.client}/packages`],
        [coach, `/coaches/clients/${ids.client}/payments?from=2026-01-01&to=2026-03-01`],
      ],
    ],
    [
      'the clients of a coach',
      () => [
        [coach, '/coaches/clients'],
        [coach, '/coaches/clients?q=martin'],
        [coach, '/coaches/clients?status=active&sort=name&order=desc'],
        [coach, `/coaches/clients/${ids.client}`],
        [coach, `/coaches/clients/${ids.client}/hours`],
        [client, '/clients/coaches'],
      ],
    ],
    [
      'trainings',
      () => [
        [client, '/performances'],
        [client, `/performances?exercise_type_id=${ids.exercise}&from=2026-02-01&to=2026-03-01`],
        [client, `/performances/${ids.session}`],
        [client, '/performances/personal-records'],
        [client, '/performances/stats/week'],
        [client, `/performances/stats/exercise/${ids.exercise}`],
      ],
    ],
    ['queues', () => [[client, '/waitlist']]],
    ['the page of a coach', () => [[client, `/coaches/${ids.coach}/public`]]],
  ])('use indexes: %s', async (_, asked) => {
    const faults = await faultsWhile(async () => {
      for (const [person, path] of asked()) await expectStatus(person.get(path), 200);
    });
    expect(faults).toEqual([]);
  });

  it.each<Record<string, string>>([
    {},
    { sort: 'name', offset: '50' },
    { sort: 'price_asc', specialty: 'yoga', available_this_week: 'true' },
    { sort: 'price_desc', certified: 'true' },
    { q: 'martin' },
    { q: 'camille dubois' },
    { q: 'yoga' },
    { specialty: 'boxe', city: 'Ville-sur-Rivière 7' },
    { city: 'Ville-sur-Rivière 7', max_price_cents: '5000' },
  ])('use indexes: the search for %o', async (query) => {
    const faults = await faultsWhile(
      () => expectStatus(client.get(`/coaches/search?${new URLSearchParams(query).toString()}`), 200),
      // It reads what it counts, once for as long as no listing changes.
      ({ text }) => text.startsWith('SELECT count(*)::int AS total'),
    );
    expect(faults).toEqual([]);
  });

  it('use indexes: a booking from the request to its end', async () => {
    const faults = await faultsWhile(async () => {
      const { slots } = await expectStatus<{ slots: { scheduled_at: string }[] }>(
        client.get(`/coaches/${ids.coach}/slots?from=2026-03-10&to=2026-03-20`),
        200,
      );
      const order = { coach_id: ids.coach, scheduled_at: slots.at(-1)?.scheduled_at, pricing_type: 'package' };
      const { id } = await expectStatus<{ id: string }>(client.post('/bookings').send(order), 201);
      await expectStatus(coach.post(`/bookings/${id}/confirm`), 200);
      await expectStatus(client.get(`/bookings/${id}/history`), 200);
      await expectStatus(client.delete(`/bookings/${id}`), 200);
    });
    expect(faults).toEqual([]);
  });

  it('use indexes: what every periodic job looks for', async () => {
    const faults: string[] = [];
    for (const job of app.nest.get(PeriodicJobs).all())
      faults.push(...(await faultsWhile(() => job.run())).map((fault) => `${job.name}: ${fault}`));
    expect(faults).toEqual([]);
  });

  it('are found at fault when there is no index for them, or rows are read in vain', async () => {
    const bad = { text: 'SELECT id FROM bookings WHERE cancelled_at > $1 ORDER BY policy_mode', values: [DAY] };
    expect(await faultsOf(database, bad, judge)).toEqual(expect.arrayContaining(['reads all of bookings']));
    const vain = {
      text: `SELECT id FROM bookings WHERE coach_id = ANY ($1::uuid[]) AND policy_mode = 'manual'`,
      values: [Array.from({ length: 9 }, () => ids.coach).concat(ids.quietCoach)],
    };
    expect(await faultsOf(database, vain, { ...judge, inVain: 100 })).toEqual(
      expect.arrayContaining([expect.stringMatching(/of bookings reads \d+ in vain$/)]),
    );
  });
});
