import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface ReadEvent {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  description: string;
  location: string | null;
  start: string;
  end: string;
}

/** What another library reads in a calendar file. */
function eventsOf(file: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      summary: event.summary,
      description: event.description,
      location: event.location,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
    };
  });
}

describe('calendar files', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app);
    client = await app.register({ first_name: 'Zoé', last_name: 'Le Gall', locale: 'en-GB' });
  });

  const fileOf = async (person: TestPerson, id: string): Promise<ReadEvent> => {
    const answer = await person.http.get(`/bookings/${id}/calendar.ics`).buffer(true).expect(200);
    const [event, ...others] = eventsOf(answer.text);
    if (!event) throw new Error('no event');
    expect(others).toEqual([]);
    return event;
  };
  const open = async (person: TestPerson): Promise<string> => {
    const { url } = await expectStatus<{ url: string }>(person.http.post('/users/me/calendar-feed'), 201);
    return new URL(url).pathname;
  };
  const feedOf = async (path: string): Promise<ReadEvent[]> =>
    eventsOf((await app.http.get(path).buffer(true).expect(200)).text);

  describe('of one booking', () => {
    it('say who, when and how sure, to each party about the other one', async () => {
      const { id } = await book(client, coach.id, '2026-03-03T09:00:00Z');
      expect(await fileOf(client, id)).toEqual({
        uid: `${id}@mycoach`,
        sequence: 0,
        status: 'TENTATIVE',
        summary: 'Inès Martin',
        description: 'Coaching session\nThe coach has not answered yet.',
        location: null,
        start: '2026-03-03T09:00:00Z',
        end: '2026-03-03T10:00:00Z',
      });
      expect(await fileOf(coach, id)).toMatchObject({
        uid: `${id}@mycoach`,
        summary: 'Zoé Le Gall',
        description: 'Séance de coaching\nLe coach n’a pas encore répondu.',
      });
    });

    it('come as a calendar to download, and are kept by nobody on the way', async () => {
      const { id } = await book(client, coach.id, '2026-03-03T09:00:00Z');
      const { headers, text } = await client.http.get(`/bookings/${id}/calendar.ics`).buffer(true).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="session.ics"',
        'cache-control': 'no-store',
      });
      // The time is written in UTC, so no description of a zone has to come with it.
      expect(text).toContain('DTSTART:20260303T090000Z\r\n');
      expect(text).not.toContain('TZID');
    });

    it('grow in number with each change, and end as cancelled', async () => {
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      await expectStatus(coach.http.post(`/bookings/${id}/confirm`), 200);
      expect(await fileOf(client, id)).toMatchObject({
        sequence: 1,
        status: 'CONFIRMED',
        description: 'Coaching session',
      });
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      expect(await fileOf(client, id)).toMatchObject({ uid: `${id}@mycoach`, sequence: 2, status: 'CANCELLED' });
    });

    it.each([
      ['rejected', (id: string) => coach.http.post(`/bookings/${id}/reject`)],
      ['cancelled by the coach', (id: string) => coach.http.delete(`/bookings/${id}`)],
    ])('are cancelled when the booking is %s', async (_, act) => {
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      await expectStatus(act(id), 200);
      expect(await fileOf(client, id)).toMatchObject({ sequence: 1, status: 'CANCELLED' });
    });

    it('tell an admin about the client, whose coach he stands for', async () => {
      const admin = await app.register();
      await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
      const { id } = await book(client, coach.id, '2026-03-03T09:00:00Z');
      expect(await fileOf(admin, id)).toMatchObject({ summary: 'Zoé Le Gall' });
    });

    it('are not there for a stranger, as if the booking were not', async () => {
      const { id } = await book(client, coach.id, '2026-03-03T09:00:00Z');
      const stranger = await aCoach(app);
      const refused = await expectStatus(stranger.http.get(`/bookings/${id}/calendar.ics`), 404);
      expect(refused).toMatchObject({ detail: 'booking_not_found' });
    });
  });

  describe('behind a secret address', () => {
    it('hold the own sessions of both parts, earliest first', async () => {
      const colleague = await aCoach(app);
      const taught = await book(client, coach.id, '2026-03-04T09:00:00Z');
      const taken = await book(coach, colleague.id, '2026-03-03T09:00:00Z');
      const events = await feedOf(await open(coach));
      expect(events.map(({ uid, summary }) => [uid, summary])).toEqual([
        [`${taken.id}@mycoach`, 'Inès Martin'],
        [`${taught.id}@mycoach`, 'Zoé Le Gall'],
      ]);
    });

    it('are random, known once, and stored as a hash', async () => {
      const path = await open(client);
      expect(path).toMatch(/^\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
      const token = path.slice('/calendar/'.length, -'.ics'.length);
      const { rows } = await app.database.query<{ feed: string }>(
        'SELECT f::text AS feed FROM calendar_feeds f WHERE user_id = $1',
        [client.id],
      );
      expect(rows[0]?.feed).toContain(createHash('sha256').update(token).digest('hex'));
      expect(rows[0]?.feed).not.toContain(token);
    });

    it('end with the next one, and with the wish to have none', async () => {
      const first = await open(client);
      const second = await open(client);
      expect(second).not.toBe(first);
      expect(await expectStatus(app.http.get(first), 404)).toMatchObject({ detail: 'calendar_feed_not_found' });
      await app.http.get(second).expect(200);
      await expectStatus(client.http.delete('/users/me/calendar-feed'), 204);
      await app.http.get(second).expect(404);
      await expectStatus(client.http.delete('/users/me/calendar-feed'), 204);
    });

    it('do not repeat their secret for an idempotency key', async () => {
      const ask = (): PromiseLike<{ status: number; body: unknown }> =>
        client.http.post('/users/me/calendar-feed').set('Idempotency-Key', 'the-same');
      const first = await expectStatus<{ url: string }>(ask(), 201);
      const second = await expectStatus<{ url: string }>(ask(), 201);
      expect(second.url).not.toBe(first.url);
    });

    it('are one, however many are asked for at once', async () => {
      const paths = await Promise.all(Array.from({ length: 10 }, () => open(client)));
      const statuses = await Promise.all(paths.map(async (path) => (await app.http.get(path)).status));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    });

    it.each(['a', 'a'.repeat(43), '%00', '..%2f..', 'a'.repeat(5_000)])('are not guessed', async (token) => {
      const answer = await app.http.get(`/calendar/${token}.ics`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ detail: 'calendar_feed_not_found' });
    });

    it('show what changed meanwhile, in the language of their owner', async () => {
      const path = await open(client);
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      expect(await feedOf(path)).toMatchObject([{ sequence: 0, status: 'TENTATIVE' }]);
      await expectStatus(coach.http.post(`/bookings/${id}/confirm`), 200);
      expect(await feedOf(path)).toMatchObject([{ sequence: 1, status: 'CONFIRMED', description: 'Coaching session' }]);
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      expect(await feedOf(path)).toMatchObject([{ uid: `${id}@mycoach`, sequence: 2, status: 'CANCELLED' }]);
      await expectStatus(client.http.patch('/users/me').send({ locale: 'pt-PT' }), 200);
      expect(await feedOf(path)).toMatchObject([{ description: 'Sessão de treino' }]);
    });

    it('show a session that was moved as the old one cancelled and a new one', async () => {
      const path = await open(client);
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      const moved = await expectStatus<WireBooking>(
        coach.http.post(`/bookings/${id}/reschedule`).send({ scheduled_at: '2026-03-06T10:00:00Z' }),
        201,
      );
      expect(await feedOf(path)).toMatchObject([
        { uid: `${id}@mycoach`, status: 'CANCELLED', sequence: 1, start: '2026-03-05T09:00:00Z' },
        { uid: `${moved.id}@mycoach`, status: 'CONFIRMED', sequence: 0, start: '2026-03-06T10:00:00Z' },
      ]);
    });

    it('go 30 days back, to the second', async () => {
      const path = await open(client);
      await book(client, coach.id, '2026-03-03T09:00:00Z');
      await app.setClock('2026-04-02T09:00:00Z');
      expect(await feedOf(path)).toHaveLength(1);
      await app.setClock('2026-04-02T09:00:01Z');
      expect(await feedOf(path)).toEqual([]);
    });

    it('name the gym as the place, and survive any name', async () => {
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      const gym = 'Le Gymnase; "Chez Léo", 1er étage \\ côté cour, '.repeat(4).trim();
      const name = 'Marie-Hélène, "Malou" 🏋️‍♀️; de la Très-Longue-Maison-au-Bout-du-Chemin';
      const { rows } = await app.database.query<{ id: string }>(
        `INSERT INTO gyms (name, city, country, created_at, updated_at)
         VALUES ($1, 'Paris', 'FR', '2026-03-01', '2026-03-01') RETURNING id`,
        [gym],
      );
      await app.database.query('UPDATE bookings SET gym_id = $2 WHERE id = $1', [id, rows[0]?.id]);
      await expectStatus(coach.http.patch('/users/me').send({ last_name: name }), 200);
      const [event] = await feedOf(await open(client));
      expect(event).toMatchObject({ location: gym, summary: `Inès ${name}` });
    });

    it('are not kept, but need not be sent again while nothing changed', async () => {
      const path = await open(client);
      const { id } = await book(client, coach.id, '2026-03-05T09:00:00Z');
      const first = await app.http.get(path).buffer(true).expect(200);
      expect(first.headers).toMatchObject({
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, no-cache',
      });
      const etag = first.headers['etag'] ?? '';
      expect(etag).toMatch(/^"[A-Za-z0-9_-]+"$/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const repeat = await app.http.get(path).set('If-None-Match', known);
        expect(repeat.status).toBe(304);
        expect(repeat.text).toBeFalsy();
        expect(repeat.headers).toMatchObject({ etag, 'cache-control': 'private, no-cache' });
      }
      await app.http.get(path).set('If-None-Match', '"other"').expect(200);
      await expectStatus(coach.http.post(`/bookings/${id}/confirm`), 200);
      const changed = await app.http.get(path).set('If-None-Match', etag);
      expect(changed.status).toBe(200);
      expect(changed.headers['etag']).not.toBe(etag);
    });

    it.each(['suspended', 'deletion_pending', 'deleted'])('are not there for an account that is %s', async (status) => {
      const path = await open(client);
      await app.http.get(path).expect(200);
      await app.database.query('UPDATE users SET status = $2, status_before_suspension = $3 WHERE id = $1', [
        client.id,
        status,
        status === 'suspended' ? 'active' : null,
      ]);
      const refused = await app.http.get(path);
      expect(refused.status).toBe(404);
      expect(refused.headers['cache-control']).toBe('no-store');
      expect(refused.headers['etag']).toBeUndefined();
    });

    it('cost two queries, whether they hold one session or many', async () => {
      const busy = await aCoach(app, { maxSlots: 20 });
      const path = await open(busy);
      const cost = async (): Promise<number> => {
        const before = app.queryCount();
        await app.http.get(path).expect(200);
        return app.queryCount() - before;
      };
      await book(client, busy.id, '2026-03-03T09:00:00Z');
      expect(await cost()).toBe(2);
      for (const hour of ['10', '11', '12', '13']) await book(client, busy.id, `2026-03-03T${hour}:00:00Z`);
      expect(await cost()).toBe(2);
      expect(await feedOf(path)).toHaveLength(5);
    });
  });
});
