import { Translator } from 'src/common/i18n/translator';
import { SMS_FAILURES } from 'src/modules/messaging/sms/sms-failure.rules';
import { SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPhone } from './audience';
import { settle } from './texting';

const PHONE = '+33612345678';

interface WireSms {
  id: string;
  client_id: string | null;
  recipient_phone: string;
  message_body: string;
  status: string;
  template_id: string | null;
  provider_message_id: string | null;
  error_message: string | null;
  sent_at: string | null;
  created_at: string;
}
interface WirePage {
  items: WireSms[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}

describe('the log of SMS', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T10:00:00Z');
    client = await app.register();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock('2026-03-02T10:00:00Z');
    coach = await aCoach(app, { timezone: 'Europe/Paris' });
    await bond(app, coach, client);
    // A number gets twenty SMS a day, and here it is always the same day.
    await app.database.query('TRUNCATE sms_number_days');
  });

  let batch = 0;
  const write = async (bodies: string[], templateId: string | null = null): Promise<void> => {
    batch += 1;
    const id = `00000000-0000-4000-8000-${String(batch).padStart(12, '0')}`;
    await app.nest.get(SmsRegister).write(
      { id, coachId: coach.id, templateId },
      bodies.map((body, place) => ({ clientId: client.id, phone: place === 0 ? PHONE : aPhone(), body })),
    );
  };
  const log = (query = '', by = coach): Promise<WirePage> =>
    expectStatus<WirePage>(by.http.get(`/coaches/sms/logs${query}`), 200);
  const bodies = async (query = ''): Promise<string[]> =>
    (await log(query)).items.map(({ message_body }) => message_body);
  const fail = async (body: string, code: string): Promise<void> => {
    await write([body]);
    await app.database.query(
      `UPDATE sms_messages SET status = 'failed', error_code = $1
       WHERE id = (SELECT id FROM sms_messages WHERE coach_id = $2 ORDER BY batch_id DESC LIMIT 1)`,
      [code, coach.id],
    );
  };

  it('shows what was sent, in clear and with every field', async () => {
    const [template] = await expectStatus<{ id: string }[]>(coach.http.get('/coaches/cancellation-templates'), 200);
    await write(['Bonjour Zoé'], template?.id ?? null);
    const pending = {
      id: expect.any(String),
      client_id: client.id,
      recipient_phone: PHONE,
      message_body: 'Bonjour Zoé',
      status: 'pending',
      template_id: template?.id,
      provider_message_id: null,
      error_message: null,
      sent_at: null,
      created_at: '2026-03-02T10:00:00Z',
    };
    expect(await log()).toEqual({ items: [pending], total: 1, offset: 0, limit: 50, has_more: false });
    await app.setClock('2026-03-02T10:00:05Z');
    await settle(app);
    await app.database.query("UPDATE sms_messages SET provider_message_id = 'SM42' WHERE coach_id = $1", [coach.id]);
    expect((await log()).items).toEqual([
      { ...pending, status: 'sent', provider_message_id: 'SM42', sent_at: '2026-03-02T10:00:05Z' },
    ]);
  });

  it('is the caller’s own', async () => {
    await write(['Bonjour']);
    const other = await aCoach(app);
    expect(await log('', other)).toMatchObject({ items: [], total: 0 });
    await expectStatus(client.http.get('/coaches/sms/logs'), 403);
    await expectStatus(app.http.get('/coaches/sms/logs'), 401);
    // A coach without a profile has sent nothing.
    const newcomer = await app.register({ role: 'coach' });
    expect(await log('', newcomer)).toMatchObject({ total: 0 });
  });

  it('is newest first, by pages that repeat nothing', async () => {
    await write(['old']);
    await app.setClock('2026-03-02T11:00:00Z');
    await write(['a', 'b', 'c', 'd']);
    const all = await bodies();
    expect(all).toHaveLength(5);
    expect(all[4]).toBe('old');
    const pages = [await log('?limit=2'), await log('?limit=2&offset=2'), await log('?limit=2&offset=4')];
    expect(pages.flatMap(({ items }) => items.map(({ message_body }) => message_body))).toEqual(all);
    expect(pages.map(({ has_more }) => has_more)).toEqual([true, true, false]);
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
  });

  it('can be asked for one status', async () => {
    await write(['gone']);
    await settle(app);
    await fail('lost', 'twilio 30003');
    await write(['waiting']);
    expect(await bodies('?status=sent')).toEqual(['gone']);
    expect(await bodies('?status=failed')).toEqual(['lost']);
    expect(await bodies('?status=pending')).toEqual(['waiting']);
    const refusal = await coach.http.get('/coaches/sms/logs?status=delivered');
    expect(refusal.body).toMatchObject({
      detail: 'validation_error',
      errors: [{ field: 'status', code: 'invalid_value' }],
    });
  });

  it('can be asked for days of the caller’s zone, or for instants', async () => {
    // In Paris the second of March ends at 23:00 UTC.
    for (const [at, body] of [
      ['2026-03-01T22:59:59Z', 'before'],
      ['2026-03-01T23:00:00Z', 'first'],
      ['2026-03-02T22:59:59Z', 'last'],
      ['2026-03-02T23:00:00Z', 'after'],
    ] as const) {
      await app.setClock(at);
      await write([body]);
    }
    expect(await bodies('?date_from=2026-03-02&date_to=2026-03-02')).toEqual(['last', 'first']);
    expect(await bodies('?date_from=2026-03-03')).toEqual(['after']);
    expect(await bodies('?date_to=2026-03-01')).toEqual(['before']);
    expect(await bodies('?date_from=2026-03-01T23:00:00Z&date_to=2026-03-02T22:59:59Z')).toEqual(['first']);
    for (const query of ['?date_from=2026-03-03&date_to=2026-03-02', '?date_from=yesterday', '?date_to=2026-02-30']) {
      const refusal = await coach.http.get(`/coaches/sms/logs${query}`);
      expect(refusal.status).toBe(422);
      expect(refusal.body.errors).toMatchObject([{ code: 'invalid_date_range' }]);
    }
    const backwards = await coach.http.get('/coaches/sms/logs?date_from=2026-03-03&date_to=2026-03-02');
    expect(backwards.body.errors).toMatchObject([{ field: 'date_to', code: 'invalid_date_range' }]);
  });

  it.each([
    ['en', 'The phone could not be reached: it may be switched off or out of range.'],
    ['fr', 'Le téléphone n’a pas pu être joint : il est peut-être éteint ou hors réseau.'],
    ['es', 'No se ha podido contactar con el teléfono: puede estar apagado o sin cobertura.'],
    ['pt', 'Não foi possível contactar o telefone: pode estar desligado ou sem rede.'],
  ])('says in %s why one did not arrive', async (language, message) => {
    await fail('lost', 'twilio 30003');
    const answer = await coach.http.get('/coaches/sms/logs').set('Accept-Language', language);
    expect(answer.body.items).toMatchObject([{ status: 'failed', error_message: message }]);
  });

  it.each(SMS_FAILURES)('has words for %s in every language', (failure) => {
    expect(app.nest.get(Translator).has(`messaging.sms_failures.${failure}`)).toBe(true);
  });

  it('says it in the own language where none is asked for', async () => {
    await fail('lost', 'twilio timeout');
    expect((await log()).items[0]?.error_message).toBe('Le message n’a pas pu être remis.');
  });

  it('asks the database as often for a hundred as for one', async () => {
    const statementsFor = async (): Promise<number> => {
      const before = app.queryCount();
      await log('?limit=100');
      return app.queryCount() - before;
    };
    await write(['one']);
    await log();
    const forOne = await statementsFor();
    await write(Array.from({ length: 99 }, (_, place) => `Bonjour ${place}`));
    expect(await statementsFor()).toBe(forOne);
  });

  it.each<[Parameters<typeof bond>[3], string]>([
    ['pending', '+33•••••••78'],
    ['discovery', PHONE],
    ['active', PHONE],
    ['paused', PHONE],
    ['ended', '+33•••••••78'],
  ])('shows the number of somebody whose relation is %s as %s', async (status, shown) => {
    const other = await aCoach(app);
    await bond(app, other, client, status);
    coach = other;
    await write(['Bonjour']);
    expect((await log()).items).toMatchObject([{ client_id: client.id, recipient_phone: shown }]);
  });

  it('does not tell the number of a stranger who has only asked for a session', async () => {
    const stranger = await app.register({ phone: '+33611223344' });
    const booking = await book(stranger, coach.id, '2026-03-04T09:00:00Z');
    const terms = { booking_ids: [booking.id], custom_message: 'Bonjour' };
    await expectStatus(coach.http.post('/coaches/bookings/bulk-cancel').send(terms), 200);
    const answer = await coach.http.get('/coaches/sms/logs');
    expect(answer.body.items).toMatchObject([{ client_id: stranger.id, recipient_phone: '+33•••••••44' }]);
    expect(answer.text).not.toContain('11223344');
  });

  it('keeps the text of a client who is no more, without naming him', async () => {
    await write(['Bonjour']);
    await app.database.query('UPDATE sms_messages SET client_id = NULL WHERE coach_id = $1', [coach.id]);
    expect((await log()).items).toMatchObject([
      { client_id: null, message_body: 'Bonjour', recipient_phone: '+33•••••••78' },
    ]);
  });

  it('is kept for twelve months, and quotas for their day', async () => {
    await write(['old']);
    await app.advance(86_400);
    await write(['younger']);
    const { rows } = await app.database.query(
      'SELECT day::text FROM sms_days WHERE coach_id = $1 UNION ALL SELECT day::text FROM sms_number_days',
      [coach.id],
    );
    expect(rows).toEqual([{ day: '2026-03-03' }, { day: '2026-03-03' }]);
    await app.setClock('2027-03-01T12:00:00Z');
    await app.advance(86_400);
    expect(await bodies()).toEqual(['younger', 'old']);
    await app.advance(86_400);
    expect(await bodies()).toEqual(['younger']);
    await app.advance(86_400);
    expect(await bodies()).toEqual([]);
  });
});
