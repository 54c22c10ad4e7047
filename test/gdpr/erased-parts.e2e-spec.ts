import { JobWorker } from 'src/common/jobs/job-worker';
import { DELETED_PERSON } from 'src/common/i18n/deleted-person';
import { type PersonalDataPart, PersonalDataParts } from 'src/common/personal-data/personal-data';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { type FullLife, fullLife } from './full-life';
import { exportOf } from './taken-away';

/** Accounts, coaches, clients, their sessions, queues and money. */
const MODULES = ['booking', 'waitlist', 'client', 'coach', 'gym', 'payment', 'auth'];
const AT = new Date('2026-04-10T03:00:00Z');
const WORDS = {
  en: 'Deleted user',
  fr: 'Utilisateur supprimé',
  es: 'Usuario eliminado',
  pt: 'Utilizador eliminado',
} as const;

describe('somebody whose account, dealings and money were erased', () => {
  let app: TestApp;
  let life: FullLife;
  let before: unknown;

  const parts = (): PersonalDataPart[] => {
    const all = app.nest.get(PersonalDataParts).all();
    return MODULES.flatMap((module) => all.filter(({ name }) => name.split('.')[0] === module));
  };
  const erase = async ({ id }: TestPerson): Promise<void> => {
    const person = { userId: id, locale: 'en-GB', timezone: 'Europe/London' };
    for (const part of parts()) while ((await app.nest.get(UnitOfWork).run(() => part.erase(person, AT))) === 'more');
    await app.nest.get(JobWorker).settle();
  };
  /** Every row of the tables of these modules, as text. */
  const tables = async (): Promise<string> => {
    const texts: string[] = [];
    for (const table of parts().flatMap((part) => part.tables.map((claim) => claim.table))) {
      const { rows } = await app.database.query<{ row: string }>(`SELECT t::text AS row FROM ${table} AS t ORDER BY 1`);
      texts.push(...rows.map(({ row }) => `${table} ${row}`));
    }
    return texts.join('\n');
  };
  const sums = async (): Promise<unknown> => {
    const { rows } = await app.database.query(
      `SELECT (SELECT count(*) FROM bookings) AS bookings, (SELECT sum(price_cents) FROM bookings) AS prices,
         (SELECT count(*) FROM booking_transitions) AS steps, (SELECT count(*) FROM package_movements) AS movements,
         (SELECT sum(delta) FROM package_movements) AS balance, (SELECT sum(remaining) FROM packages) AS remaining,
         (SELECT count(*) FROM payments) AS payments, (SELECT sum(amount_cents) FROM payments) AS amounts`,
    );
    return rows[0];
  };
  const foundIn = (text: string, ...names: ('coach' | 'client' | 'between')[]): string[] =>
    names
      .flatMap((name) => life.words[name].entries())
      .filter(([, word]) => text.toLowerCase().includes(word.toLowerCase()))
      .map(([field]) => field);

  beforeAll(async () => {
    app = await startTestApp();
    life = await fullLife(app);
    before = await sums();
    await erase(life.client);
  });
  afterAll(() => app.close());

  const asCoach = (path: string, language: string): ReturnType<TestPerson['http']['get']> =>
    life.coach.http.get(path).set('Accept-Language', language);

  it('is named nowhere, nor is what was written to or about her', async () => {
    expect(foundIn(await tables(), 'client', 'between')).toEqual([]);
    const { rows } = await app.database.query(
      `SELECT id FROM bookings WHERE client_id = $1 AND num_nonnulls(client_message, coach_cancel_reason, waive_reason) > 0
       UNION ALL SELECT booking_id FROM booking_transitions JOIN bookings ON bookings.id = booking_id
                 WHERE client_id = $1 AND reason IS NOT NULL
       UNION ALL SELECT package_id FROM package_movements WHERE client_id = $1 AND reason IS NOT NULL
       UNION ALL SELECT coach_id FROM coach_notes WHERE client_id = $1
       UNION ALL SELECT id FROM coaching_requests WHERE client_id = $1
       UNION ALL SELECT id FROM relations WHERE client_id = $1 AND (status <> 'ended' OR status_reason IS NOT NULL)`,
      [life.client.id],
    );
    expect(rows).toEqual([]);
  });

  it('is an account that nobody opens, without picture, devices and ways to reach it', async () => {
    const { rows } = await app.database.query<Record<string, unknown>>('SELECT * FROM users WHERE id = $1', [
      life.client.id,
    ]);
    expect(rows[0]).toMatchObject({
      ...{ first_name: DELETED_PERSON.firstName, last_name: DELETED_PERSON.lastName, status: 'deleted', phone: null },
      ...{ email: `deleted-${life.client.id}@deleted.invalid`, pending_email: null, password_hash: null },
      ...{ google_sub: null, gender: null, birth_year: null, photo_url: null, email_verified_at: null },
    });
    expect((await life.client.http.get('/auth/me')).status).toBe(401);
    for (const table of ['api_keys', 'account_tokens', 'phone_codes']) {
      const left = await app.database.query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [life.client.id]);
      expect([table, left.rowCount]).toEqual([table, 0]);
    }
    expect((await app.database.query('SELECT 1 FROM stray_photos')).rowCount).toBe(0);
  });

  it('leaves every session and every cent where it was', async () => {
    expect(await sums()).toEqual(before);
    const coachOwn = foundIn(await tables(), 'coach');
    expect(coachOwn).toEqual(expect.arrayContaining(['first_name', 'coach_profiles.bio', 'pricings.name']));
  });

  it.each(Object.entries(WORDS))('is called so by whoever reads %s: %s', async (language, name) => {
    const bookings = await expectStatus<{ items: { client_name: string }[] }>(
      asCoach(`/bookings?as=coach&client_id=${life.client.id}`, language),
      200,
    );
    expect(new Set(bookings.items.map(({ client_name }) => client_name))).toEqual(new Set([name]));
    const clients = await expectStatus<{ items: Record<string, unknown>[] }>(
      asCoach('/coaches/clients?status=ended', language),
      200,
    );
    const [first, last] = name.split(' ');
    expect(clients.items).toEqual([expect.objectContaining({ first_name: first, last_name: last, name, email: null })]);
    const agenda = await asCoach('/agenda?from=2026-03-01&to=2026-03-31', language);
    expect((agenda.body as { items: { title: string }[] }).items.map(({ title }) => title)).toContain(name);
  });

  it('is called so in files, in the language of their owner', async () => {
    const calendar = await life.coach.http.get(`/bookings/${life.coming.id}/calendar.ics`).buffer(true);
    expect(calendar.text).toContain(WORDS.en);
    const payments = await life.coach.http.get('/payments/export');
    expect(payments.text).toContain(WORDS.en);
    const feed = await expectStatus<{ url: string }>(life.coach.http.post('/users/me/calendar-feed').send({}), 201);
    const read = await app.http.get(new URL(feed.url).pathname).set('Accept-Language', 'fr').buffer(true);
    expect(read.text).toContain(WORDS.en);
    for (const text of [calendar.text, payments.text, read.text]) expect(text).not.toContain('\u2063');
  });

  it('is called so in the export of the other, which is whole otherwise', async () => {
    const held = await exportOf(life.coach);
    const theirs = held['bookings']?.filter(({ client_id }) => client_id === life.client.id) ?? [];
    expect(theirs.length).toBeGreaterThan(5);
    expect(new Set(theirs.map(({ client_name }) => client_name))).toEqual(new Set([WORDS.en]));
    expect(JSON.stringify(held)).not.toContain('\u2063');
    expect(held['packages']).toEqual([expect.objectContaining({ name: '-', sessions_remaining: 6 })]);
  });

  it('stays so when it is done again', async () => {
    const former = await tables();
    await erase(life.client);
    expect(await tables()).toBe(former);
  });

  it('may be the coach: then his offer and words go too, and what is left of packages is cancelled', async () => {
    const money = await sums();
    await erase(life.coach);
    expect(foundIn(await tables(), 'coach', 'client', 'between')).toEqual([]);
    expect(await sums()).toEqual(money);
    const { rows } = await app.database.query<{ status: string }>('SELECT status FROM packages WHERE coach_id = $1', [
      life.coach.id,
    ]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
    const answer = await life.other.http.get('/bookings').set('Accept-Language', 'pt');
    expect((answer.body as { items: { coach_name: string }[] }).items).toEqual([
      expect.objectContaining({ coach_name: WORDS.pt }),
    ]);
    expect((await life.other.http.get(`/coaches/${life.coach.id}/public`)).status).toBe(404);
  });
});
