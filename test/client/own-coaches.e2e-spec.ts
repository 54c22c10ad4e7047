import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface MyCoach {
  coach: { id: string; name: string };
  relation: { id: string; status: string; client_id: string; coach_id: string; share_performances: boolean };
  sessions_remaining: number;
}
interface MyCoachPage {
  items: MyCoach[];
  total: number;
  has_more: boolean;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function coachNamed(first_name: string, last_name: string): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach', first_name, last_name });
  await expectStatus(coach.http.post('/coaches/profile').send({}), 201);
  return coach;
}

async function relate(coach: TestPerson, client: TestPerson, status: string): Promise<void> {
  await app.database.query(
    `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, now(), now())
     ON CONFLICT (coach_id, client_id) DO UPDATE SET status = $3`,
    [coach.id, client.id, status],
  );
}

const coachesOf = (client: TestPerson, query = ''): Promise<MyCoachPage> =>
  expectStatus<MyCoachPage>(client.http.get(`/clients/coaches${query}`), 200);
const namesOf = ({ items }: MyCoachPage): string[] => items.map(({ coach }) => coach.name);

describe('the own coaches', () => {
  let client: TestPerson;
  let coaches: TestPerson[];

  beforeAll(async () => {
    client = await app.register();
    coaches = [
      await coachNamed('Zoé', 'Zidane'),
      await coachNamed('Émile', 'Blanc'),
      await coachNamed('Fanny', 'Noir'),
      await coachNamed('Ancien', 'Coach'),
      await coachNamed('Peut', 'Être'),
    ];
    const statuses = ['active', 'discovery', 'paused', 'ended', 'pending'];
    for (const [at, coach] of coaches.entries()) await relate(coach, client, statuses[at] ?? 'active');
  });

  it('are those with whom the client trains, by name', async () => {
    const page = await coachesOf(client);
    expect(namesOf(page)).toEqual(['Émile Blanc', 'Fanny Noir', 'Zoé Zidane']);
    expect(page).toMatchObject({ total: 3, has_more: false });
    expect(page.items[2]).toMatchObject({
      coach: { id: coaches[0]?.id, accepting_clients: true, shows_discovery_badge: false },
      relation: { status: 'active', client_id: client.id, coach_id: coaches[0]?.id, share_performances: false },
      sessions_remaining: 0,
    });
  });

  it.each([
    ['active', ['Zoé Zidane']],
    ['discovery', ['Émile Blanc']],
    ['paused', ['Fanny Noir']],
  ])('in %s are %p', async (status, names) => {
    expect(namesOf(await coachesOf(client, `?status=${status}`))).toEqual(names);
  });

  it('come in pages', async () => {
    const first = await coachesOf(client, '?limit=2');
    const second = await coachesOf(client, '?limit=2&offset=2');
    expect([namesOf(first), first.has_more]).toEqual([['Émile Blanc', 'Fanny Noir'], true]);
    expect([namesOf(second), second.has_more]).toEqual([['Zoé Zidane'], false]);
  });

  it.each(['status=ended', 'status=pending', 'status=x', 'status=active&status=paused', 'limit=0'])(
    'are refused for %s',
    async (query) => {
      expect((await client.http.get(`/clients/coaches?${query}`)).status).toBe(422);
    },
  );

  it('say how many sessions are left with each', async () => {
    const [coach] = coaches;
    if (!coach) throw new Error('no coach');
    const offer = { type: 'package', name: 'Dix séances', session_count: 10, price_cents: 40_000 };
    const price = await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(offer), 201);
    await expectStatus(coach.http.post(`/coaches/clients/${client.id}/packages`).send({ pricing_id: price.id }), 201);
    const { items } = await coachesOf(client);
    expect(items.map(({ sessions_remaining }) => sessions_remaining)).toEqual([0, 0, 10]);
  });

  it('cost the same number of queries however many they are', async () => {
    const cost = async (query: string): Promise<number> => {
      const counts = [];
      for (let asked = 0; asked < 3; asked += 1) {
        const before = app.queryCount();
        await coachesOf(client, query);
        counts.push(app.queryCount() - before);
      }
      return Math.min(...counts);
    };
    expect(await cost('')).toBe(await cost('?status=paused'));
  });

  it('are nobody else’s', async () => {
    expect(await coachesOf(await app.register())).toMatchObject({ items: [], total: 0 });
  });
});

describe('sharing performances with a coach', () => {
  const share = (client: TestPerson, coachId: string, share_performances: unknown) =>
    client.http.put(`/clients/coaches/${coachId}/sharing`).send({ share_performances });

  it('is switched on and off by the client, for that coach only', async () => {
    const client = await app.register();
    const [one, other] = [await coachNamed('Une', 'Coach'), await coachNamed('Autre', 'Coach')];
    await relate(one, client, 'active');
    await relate(other, client, 'active');
    const shared = await expectStatus<MyCoach['relation']>(share(client, one.id, true), 200);
    expect(shared).toMatchObject({ coach_id: one.id, client_id: client.id, share_performances: true });
    const { items } = await coachesOf(client);
    expect(items.map(({ coach, relation }) => [coach.id, relation.share_performances])).toEqual([
      [other.id, false],
      [one.id, true],
    ]);
    expect(await expectStatus(share(client, one.id, false), 200)).toMatchObject({ share_performances: false });
  });

  it('stays off once the relation has ended, so that a new one needs a new yes', async () => {
    const client = await app.register();
    const coach = await coachNamed('Fini', 'Nous');
    await relate(coach, client, 'ended');
    expect(await expectStatus(share(client, coach.id, true), 200)).toMatchObject({ share_performances: false });
    await relate(coach, client, 'active');
    expect((await coachesOf(client)).items).toMatchObject([{ relation: { share_performances: false } }]);
  });

  it('needs a relation: a coach without one looks like a missing one', async () => {
    const client = await app.register();
    const coach = await coachNamed('Sans', 'Lien');
    await relate(coach, await app.register(), 'active');
    const [foreign, missing] = [await share(client, coach.id, true), await share(client, randomUUID(), true)];
    expect([foreign.status, (foreign.body as { detail: string }).detail]).toEqual([404, 'coach_not_found']);
    expect({ ...(foreign.body as object), request_id: '' }).toEqual({ ...(missing.body as object), request_id: '' });
    const { rows } = await app.database.query('SELECT FROM relations WHERE coach_id = $1 AND share_performances', [
      coach.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('refuses what is neither yes nor no', async () => {
    const client = await app.register();
    const coach = await coachNamed('Oui', 'Non');
    await relate(coach, client, 'active');
    for (const value of ['true', 1, null, undefined]) expect((await share(client, coach.id, value)).status).toBe(422);
    expect((await share(client, 'x', true)).status).toBe(422);
  });
});
