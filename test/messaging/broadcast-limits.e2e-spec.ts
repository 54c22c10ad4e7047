import { randomUUID } from 'node:crypto';
import { SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPhone, beMorePatient, refuse, textsTo, useUp } from './audience';

const NOW = '2026-03-27T06:00:00Z';
const TODAY = '2026-03-27';
const PATH = '/coaches/sms/broadcast';
const ALL = { scope: 'all', custom_message: 'Bonjour {prénom}' };

interface Counts {
  total_recipients: number;
  sent_count: number;
  failed_count: number;
  pending_count: number;
}

/** So many clients with a phone each, in an active relation. */
async function audience(app: TestApp, coach: TestPerson, size: number): Promise<TestPerson[]> {
  const people = await crowd(app, size);
  const ids = people.map(({ id }) => id);
  await app.database.query(
    `UPDATE users SET phone = numbered.phone FROM unnest($1::uuid[], $2::text[]) AS numbered (id, phone)
     WHERE users.id = numbered.id`,
    [ids, ids.map(aPhone)],
  );
  await relateAll(app, coach, ids);
  return people;
}

/** The same for thousands, who need no keys. */
async function multitude(app: TestApp, coach: TestPerson, size: number): Promise<void> {
  const ids = Array.from({ length: size }, () => randomUUID());
  await app.database.query(
    `INSERT INTO users (id, email, phone, first_name, last_name, role, status, locale, timezone, country, created_at,
       updated_at)
     SELECT id, id || '@example.com', phone, 'Zoé', 'Roy', 'client', 'unverified', 'fr', 'Europe/Paris', 'FR', now(), now()
     FROM unnest($1::uuid[], $2::text[]) AS people (id, phone)`,
    [ids, ids.map(aPhone)],
  );
  await relateAll(app, coach, ids);
}

async function relateAll(app: TestApp, coach: TestPerson, ids: readonly string[]): Promise<void> {
  await app.database.query(
    `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at)
     SELECT $1, id, 'active', now(), now() FROM unnest($2::uuid[]) AS id`,
    [coach.id, ids],
  );
}

describe('the limits of a broadcast', () => {
  let app: TestApp;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp({ ROLE: 'all' });
    beMorePatient(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app, { maxSlots: 5 });
  });

  const send = (body: object = ALL) => coach.http.post(PATH).send(body);

  it('trust 42: on a day of UTC no more than 200 SMS leave; whose session is next is told first', async () => {
    const [late, soon, none] = (await audience(app, coach, 3)) as [TestPerson, TestPerson, TestPerson];
    await book(late, coach.id, '2026-03-28T10:00:00Z');
    await book(soon, coach.id, '2026-03-28T09:00:00Z');
    await useUp(app, coach, TODAY, 198);
    expect(await expectStatus(send(), 200)).toMatchObject({
      total_recipients: 3,
      sent_count: 2,
      failed_count: 1,
      pending_count: 0,
    });
    const counts = [];
    for (const person of [soon, late, none]) counts.push((await textsTo(app, person)).length);
    expect(counts).toEqual([1, 1, 0]);
  });

  it('trust 42: to a number that has had its SMS of the day none leaves, and that counts as failed', async () => {
    const [full, fine] = (await audience(app, coach, 2)) as [TestPerson, TestPerson];
    await app.database.query(
      'INSERT INTO sms_number_days (phone, day, used) SELECT phone, $2, 20 FROM users WHERE id = $1',
      [full.id, TODAY],
    );
    const counts = { pending_count: 0, no_phone_count: 0, opted_out_count: 0 };
    const manual = { scope: 'manual', client_ids: [full.id], custom_message: 'Bonjour' };
    expect(await expectStatus(send(), 200)).toEqual({ ...counts, total_recipients: 2, sent_count: 1, failed_count: 1 });
    expect(await expectStatus(send(manual), 200)).toEqual({
      ...counts,
      total_recipients: 1,
      sent_count: 0,
      failed_count: 1,
    });
    expect([await textsTo(app, full), await textsTo(app, fine)]).toEqual([[], ['Bonjour Client']]);
  });

  it('once the day is used up refuses until the next one, also what is for somebody without a phone and others', async () => {
    await audience(app, coach, 2);
    await bond(app, coach, await app.register());
    await useUp(app, coach, TODAY, 200);
    const answer = await send();
    expect(answer.status).toBe(429);
    expect(answer.body).toMatchObject({ detail: 'sms_quota_exceeded', retry_after: 18 * 3_600 });
    expect(answer.headers['retry-after']).toBe(String(18 * 3_600));
    await app.setClock('2026-03-27T23:59:59.999Z');
    expect((await expectStatus<Refusal>(send(), 429)).retry_after).toBe(1);
    await app.setClock('2026-03-28T00:00:00Z');
    expect(await expectStatus(send(), 200)).toMatchObject({ total_recipients: 3, sent_count: 2 });
  });

  it('a used up day is no matter where nobody is to be told', async () => {
    await useUp(app, coach, TODAY, 200);
    await bond(app, coach, await app.register());
    expect(await expectStatus(send(), 200)).toMatchObject({ total_recipients: 1, no_phone_count: 1, failed_count: 0 });
  });

  it('trust 42: many at once take no more than the day has', async () => {
    await audience(app, coach, 10);
    await useUp(app, coach, TODAY, 175);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(answers.filter(({ status }) => ![200, 429].includes(status))).toEqual([]);
    const passed = answers.filter(({ status }) => status === 200).map(({ body }) => body as Counts);
    const left = ({ sent_count, pending_count }: Counts): number => sent_count + pending_count;
    expect(passed.reduce((sum, counts) => sum + left(counts), 0)).toBe(25);
    const { rows } = await app.database.query<{ used: number; written: number }>(
      `SELECT used, (SELECT count(*)::int FROM sms_messages WHERE coach_id = $1) AS written
       FROM sms_days WHERE coach_id = $1`,
      [coach.id],
    );
    expect(rows).toEqual([{ used: 200, written: 25 }]);
  });

  it('what the provider refuses counts as failed and stops nobody else', async () => {
    const people = await audience(app, coach, 3);
    const accept = refuse(app, people.slice(0, 1));
    expect(await expectStatus(send(), 200)).toMatchObject({ total_recipients: 3, sent_count: 2, failed_count: 1 });
    accept();
  });

  it('trust 47: a repeat with the same key answers the same, and nobody is told twice', async () => {
    const [client] = (await audience(app, coach, 1)) as [TestPerson];
    const key = randomUUID();
    const once = () => send().set('Idempotency-Key', key);
    const [first, second] = [await once(), await once()];
    expect(first.body).toMatchObject({ total_recipients: 1, sent_count: 1, pending_count: 0 });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await textsTo(app, client)).toHaveLength(1);
  });
});

describe('a broadcast to five thousand', () => {
  let app: TestApp;

  beforeAll(async () => {
    // Nobody sends here, so that only what the request itself asks is counted.
    app = await startTestApp();
    await app.setClock(NOW);
  });
  afterAll(() => app.close());

  it('takes as many queries as one to a few, and is answered after five seconds; the log shows who still waits', async () => {
    const queriesOf = async (coach: TestPerson, path: string): Promise<{ queries: number; body: Counts }> => {
      await expectStatus(coach.http.get('/coaches/cancellation-templates'), 200);
      const before = app.queryCount();
      const body = await expectStatus<Counts>(coach.http.post(path).send(ALL), 200);
      return { queries: app.queryCount() - before, body };
    };
    const [small, large] = [await aCoach(app), await aCoach(app)];
    await audience(app, small, 3);
    await multitude(app, large, 5_000);
    const estimates = [
      await queriesOf(small, '/coaches/sms/estimate'),
      await queriesOf(large, '/coaches/sms/estimate'),
    ] as const;
    expect(estimates[1].body).toMatchObject({ total_recipients: 5_000 });
    expect(estimates[1].queries).toBe(estimates[0].queries);
    const [few, many] = [await queriesOf(small, PATH), await queriesOf(large, PATH)];
    expect(few.body).toMatchObject({ total_recipients: 3, pending_count: 3 });
    expect(many.body).toMatchObject({ total_recipients: 5_000, pending_count: 200, failed_count: 4_800 });
    // While it waits it looks again and again: how often depends on the clock of the machine.
    expect(Math.abs(many.queries - few.queries)).toBeLessThanOrEqual(3);
    const log = await expectStatus<{ total: number }>(large.http.get('/coaches/sms/logs?status=pending'), 200);
    expect(log.total).toBe(200);
  }, 60_000);

  it('says what is known where it cannot learn how it went on, and so does a repeat', async () => {
    const coach = await aCoach(app);
    await audience(app, coach, 1);
    const register = app.nest.get(SmsRegister);
    const settled = register.settled.bind(register);
    register.settled = () => Promise.reject(new Error('the database is away'));
    const key = randomUUID();
    const send = () => coach.http.post(PATH).set('Idempotency-Key', key).send(ALL);
    const first = await expectStatus<Counts>(send(), 200);
    register.settled = settled;
    expect(first).toMatchObject({ total_recipients: 1, pending_count: 1, sent_count: 0 });
    expect(await expectStatus<Counts>(send(), 200)).toEqual(first);
  });
});

describe('how often one may broadcast', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ RATE_LIMIT_FACTOR: '1' });
  });
  afterAll(() => app.close());

  it('trust 41: ten times an hour, whatever the key and the answer, and each for himself', async () => {
    const register = async (): Promise<TestPerson> => {
      const [person] = (await crowd(app, 1)) as [TestPerson];
      await app.database.query(`UPDATE users SET role = 'coach' WHERE id = $1`, [person.id]);
      await expectStatus(person.http.post('/coaches/profile').send({}), 201);
      return person;
    };
    const [coach, other] = [await register(), await register()];
    const send = (person: TestPerson, body: object = ALL) => person.http.post(PATH).send(body);
    for (let count = 1; count <= 10; count += 1) {
      const answer = await send(coach, count % 2 ? ALL : {});
      expect(answer.status).toBe(count % 2 ? 200 : 422);
      expect(answer.headers['ratelimit-limit']).toBe('10');
      expect(answer.headers['ratelimit-remaining']).toBe(String(10 - count));
    }
    const refused = await send(coach);
    expect([refused.status, (refused.body as Refusal).detail]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect((await send(other)).status).toBe(200);
    const estimate = await coach.http.post('/coaches/sms/estimate').send(ALL);
    expect(estimate.status).toBe(200);
    expect(Number(estimate.headers['ratelimit-limit'])).toBe(300);
  });

  it('counts nothing for a key that is no good', async () => {
    const counted = async (): Promise<unknown> =>
      (await app.database.query(`SELECT subject, hits FROM rate_counters WHERE scope = 'sms-broadcast' ORDER BY 1`))
        .rows;
    const before = await counted();
    expect((await app.client('mck_nonsense').post(PATH).send(ALL)).status).toBe(401);
    expect(await counted()).toEqual(before);
  });
});
