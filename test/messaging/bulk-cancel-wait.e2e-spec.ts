import { randomUUID } from 'node:crypto';
import { IdempotencyRepository } from 'src/common/idempotency/idempotency.repository';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { beMorePatient, reachable, textsTo } from './audience';

const NOW = '2026-03-27T06:00:00Z';
const PATH = '/coaches/bookings/bulk-cancel';
const SATURDAY = '2026-03-28T09:00:00Z';
const TEXT = 'Bonjour {prénom}, séance du {date} à {heure} annulée. {coach}';

interface Answered {
  cancelled_count: number;
  sms_pending_count: number;
  sms_sent_count: number;
  sms_failed_count: number;
  failed_clients: string[];
}

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
afterEach(() => expectInvariants(app.database));

describe('what became of the SMS', () => {
  it('is told although it cannot be kept for a repeat, who is told what was true at the commit', async () => {
    const answers = app.nest.get(IdempotencyRepository);
    const amend = answers.amend.bind(answers);
    answers.amend = () => Promise.reject(new Error('the database is away'));
    const client = await reachable(app);
    const { id } = await book(client, coach.id, SATURDAY);
    const key = randomUUID();
    const send = () =>
      coach.http
        .post(PATH)
        .set('Idempotency-Key', key)
        .send({ booking_ids: [id], custom_message: TEXT });
    try {
      expect(await expectStatus<Answered>(send(), 200)).toMatchObject({ cancelled_count: 1, sms_sent_count: 1 });
    } finally {
      answers.amend = amend;
    }
    expect(await expectStatus<Answered>(send(), 200)).toMatchObject({ cancelled_count: 1, sms_pending_count: 1 });
  });
});

describe('where nobody sends SMS', () => {
  let idle: TestApp;

  beforeAll(async () => {
    idle = await startTestApp();
    await idle.setClock(NOW);
  });
  afterAll(() => idle.close());

  it('the answer comes after five seconds and counts them as pending; a repeat meanwhile is answered at once', async () => {
    const busy = await aCoach(idle);
    const client = await reachable(idle);
    const { id } = await book(client, busy.id, SATURDAY);
    const key = randomUUID();
    const send = () =>
      busy.http
        .post(PATH)
        .set('Idempotency-Key', key)
        .send({ booking_ids: [id], custom_message: TEXT });
    const begun = performance.now();
    const first = send().then((answer) => ({ answer, after: performance.now() - begun }));
    // The sessions are cancelled before the wait, and no transaction is open during it.
    const status = async (): Promise<string> =>
      (await expectStatus<WireBooking>(busy.http.get(`/bookings/${id}`), 200)).status;
    while ((await status()) !== 'cancelled_by_coach') expect(performance.now() - begun).toBeLessThan(4_000);
    const { rows } = await idle.database.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(rows[0]?.open).toBe(0);
    const repeat = await send();
    expect(performance.now() - begun).toBeLessThan(4_500);
    const pending = { cancelled_count: 1, sms_pending_count: 1, sms_sent_count: 0, sms_failed_count: 0 };
    expect([repeat.status, repeat.body]).toMatchObject([200, pending]);
    const { answer, after } = await first;
    expect(after).toBeGreaterThan(4_900);
    expect(answer.body).toEqual({ ...pending, failed_clients: [] });
    expect(await textsTo(idle, client)).toHaveLength(1);
  });
});
