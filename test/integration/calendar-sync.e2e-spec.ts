import { randomUUID } from 'node:crypto';
import { bond, confirm } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { EVENTS_PATH, GoogleCalendarServer, SLOW_DOWN } from 'test/support/google-calendar-server';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { calendarOf, connect, eventId, hurry, settle, startWithCalendars, waitingJobs } from './calendars';

const AT = '2026-03-03T09:00:00Z';

describe('asking for the own calendar', () => {
  let server: GoogleCalendarServer;
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    server = await new GoogleCalendarServer().start();
    app = await startWithCalendars(server);
  });

  beforeEach(async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    server.forget();
    coach = await aCoach(app);
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB' });
    await bond(app, coach, client, 'active', { allowUnitBooking: true });
  });

  // What waits for a later attempt belongs to its test.
  afterEach(() => app.database.query('DELETE FROM graphile_worker._private_jobs'));

  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const confirmed = async (at = AT): Promise<WireBooking> => confirm(coach, await book(client, coach.id, at));
  const sync = (person: TestPerson, id: string) => person.http.post(`/integrations/calendar/sync/${id}`);
  const syncAll = (person: TestPerson) => person.http.post('/integrations/calendar/sync-all');
  /** Connects, and what that brings about is done. */
  const join = async (person: TestPerson): Promise<void> => {
    await connect(server, person);
    await settle(app);
    server.requests.length = 0;
  };

  describe('for one booking', () => {
    it('puts it there while it is confirmed, and takes it out when it is not', async () => {
      await join(client);
      const asked = await book(client, coach.id, AT);
      const id = eventId(asked.id, client);
      expect(await expectStatus(sync(client, asked.id), 200)).toEqual({ status: 'deleted', event_id: id });
      await confirm(coach, asked);
      // Before the job has come to it: both do the same.
      expect(await expectStatus(sync(client, asked.id), 200)).toEqual({ status: 'synced', event_id: id });
      expect(await expectStatus(sync(client, asked.id), 200)).toEqual({ status: 'synced', event_id: id });
      expect((await calendarOf(app, server, client)).map((event) => event.id)).toEqual([id]);
      await expectStatus(client.http.delete(`/bookings/${asked.id}`), 200);
      expect(await expectStatus(sync(client, asked.id), 200)).toEqual({ status: 'deleted', event_id: id });
      expect(server.eventsOf(client.id)).toEqual([]);
    });

    it('brings back what was deleted by hand, and mends what was changed, but for what is not ours', async () => {
      await join(client);
      const booking = await confirmed();
      await settle(app);
      const id = eventId(booking.id, client);
      server.delete(client.id, id);
      expect(server.eventsOf(client.id)).toEqual([]);
      await expectStatus(sync(client, booking.id), 200);
      expect(server.eventsOf(client.id)).toHaveLength(1);

      server.change(client.id, id, { summary: 'Sport', colorId: '5', reminders: { useDefault: false } });
      await expectStatus(sync(client, booking.id), 200);
      const mended = { summary: 'Session with Inès', colorId: '5', reminders: { useDefault: false } };
      expect(server.eventsOf(client.id)).toEqual([expect.objectContaining(mended)]);

      server.purge(client.id, id);
      await expectStatus(sync(client, booking.id), 200);
      expect(server.eventsOf(client.id)).toEqual([expect.objectContaining({ id, reminders: { useDefault: true } })]);
    });

    it('is for its people: a booking that is missing and one of others are the same', async () => {
      const stranger = await app.register();
      await join(stranger);
      const booking = await confirmed();
      for (const id of [booking.id, randomUUID()])
        expect(await expectStatus(sync(stranger, id), 404)).toMatchObject({ detail: 'booking_not_found' });
      await expectStatus(app.http.post(`/integrations/calendar/sync/${booking.id}`), 401);
      expect(await expectStatus(sync(stranger, 'x'), 422)).toMatchObject({ detail: 'validation_error' });
      expect(server.requests).toEqual([]);
    });

    it('shows an admin what the coach sees, in his own calendar', async () => {
      const admin = await app.register({ locale: 'es-ES' });
      await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
      await join(admin);
      const booking = await confirmed();
      await expectStatus(sync(admin, booking.id), 200);
      expect(server.eventsOf(admin.id)).toEqual([expect.objectContaining({ summary: 'Sesión con Zoé' })]);
    });

    it('needs a connection', async () => {
      const booking = await confirmed();
      const refused = { detail: 'integration_not_connected' };
      expect(await expectStatus(sync(client, booking.id), 422)).toMatchObject(refused);
      expect(await expectStatus(syncAll(client), 422)).toMatchObject(refused);
      await join(client);
      server.grants.revokeAccount(client.id);
      expect(await expectStatus(sync(client, booking.id), 422)).toMatchObject(refused);
      const asked = server.requests.length;
      // It is not asked again and again.
      expect(await expectStatus(syncAll(client), 422)).toMatchObject(refused);
      expect(server.requests).toHaveLength(asked);
    });

    it.each([
      ['a fault of Google', { status: 500 }, undefined],
      ['a limit', { status: 429, retryAfter: 30 }, 30],
      ['a limit of the person', SLOW_DOWN, 7],
      ['what is no event', { text: '{"id":"x"}' }, undefined],
      ['what is no JSON', { text: '<html>' }, undefined],
      ['a redirect', 'elsewhere' as const, undefined],
      ['a refusal for good', { status: 403 }, undefined],
    ])('answers 502 for %s', async (_, fault, retryAfter) => {
      await join(client);
      const booking = await confirmed();
      await settle(app);
      server.fail(EVENTS_PATH, fault);
      const answer = await expectStatus(sync(client, booking.id), 502);
      expect(answer).toMatchObject({ detail: 'provider_error' });
      expect(answer['retry_after']).toBe(retryAfter);
      expect(JSON.stringify(answer)).not.toContain('camille');
    });
  });

  describe('for all coming bookings', () => {
    it('writes what is confirmed on either side, and nothing else', async () => {
      const other = await aCoach(app);
      await bond(app, other, coach, 'active', { allowUnitBooking: true });
      const past = await confirmed('2026-03-02T09:00:00Z');
      const mine = await confirmed();
      const pending = await book(client, coach.id, '2026-03-04T09:00:00Z');
      const cancelled = await confirmed('2026-03-05T09:00:00Z');
      await expectStatus(client.http.delete(`/bookings/${cancelled.id}`), 200);
      const asClient = await confirm(other, await book(coach, other.id, '2026-03-06T09:00:00Z'));
      await app.setClock('2026-03-02T12:00:00Z');
      await join(coach);
      server.forgetEvents();
      expect(await expectStatus(syncAll(coach), 200)).toEqual({ synced_count: 2, failed_count: 0 });
      const there = server.eventsOf(coach.id).map(({ id, summary }) => [id, summary]);
      expect(there).toEqual([
        [eventId(mine.id, coach), 'Séance avec Zoé'],
        [eventId(asClient.id, coach), 'Séance avec Inès'],
      ]);
      expect([past.id, pending.id]).not.toContain(mine.id);
      expect(await expectStatus(syncAll(coach), 200)).toEqual({ synced_count: 2, failed_count: 0 });
      expect(server.eventsOf(coach.id)).toHaveLength(2);
    });

    it('has nothing to do for somebody without sessions', async () => {
      await join(client);
      expect(await expectStatus(syncAll(client), 200)).toEqual({ synced_count: 0, failed_count: 0 });
      await expectStatus(app.http.post('/integrations/calendar/sync-all'), 401);
    });

    /** Sessions of the pair, one a day at two hours, that are in no calendar yet. */
    const sessions = async (count: number): Promise<void> => {
      for (let place = 0; place < count; place += 1) {
        const day = String(3 + Math.floor(place / 4)).padStart(2, '0');
        await confirmed(`2026-03-${day}T${String(9 + (place % 4)).padStart(2, '0')}:00:00Z`);
      }
      await settle(app);
    };

    it('does a few at a time, with so many statements however many they are', async () => {
      await sessions(2);
      await join(client);
      const cost = async (): Promise<number> => {
        const before = app.queryCount();
        await expectStatus(syncAll(client), 200);
        return app.queryCount() - before;
      };
      const few = await cost();
      for (const hour of ['13', '14', '15', '16', '17', '18']) await confirmed(`2026-03-04T${hour}:00:00Z`);
      await settle(app);
      Object.assign(server, { delayMs: 30, mostAtOnce: 0 });
      expect(await cost()).toBe(few);
      expect(server.mostAtOnce).toBeGreaterThan(1);
      expect(server.mostAtOnce).toBeLessThanOrEqual(4);
    });

    it('goes on when one fails, counts it, and leaves it to a job', async () => {
      await sessions(3);
      await join(client);
      server.forgetEvents();
      server.fail(EVENTS_PATH, { status: 500 });
      expect(await expectStatus(syncAll(client), 200)).toEqual({ synced_count: 2, failed_count: 1 });
      expect(server.eventsOf(client.id)).toHaveLength(2);
      expect(await waitingJobs(app)).toHaveLength(1);
      // Asked again before the job has run, it is still one job.
      server.fail(EVENTS_PATH, { status: 500 }, Infinity);
      expect(await expectStatus(syncAll(client), 200)).toEqual({ synced_count: 0, failed_count: 3 });
      expect(await waitingJobs(app)).toHaveLength(3);
      server.mend();
      await hurry(app);
      expect(await calendarOf(app, server, client)).toHaveLength(3);
    });

    it('counts what is refused for good, and does not try that again', async () => {
      await sessions(2);
      await join(client);
      server.forgetEvents();
      server.fail(EVENTS_PATH, { status: 400 });
      expect(await expectStatus(syncAll(client), 200)).toEqual({ synced_count: 1, failed_count: 1 });
      expect(await waitingJobs(app)).toEqual([]);
    });

    it('renews the access once, and writes everything with the new one', async () => {
      await sessions(3);
      await join(client);
      server.forgetEvents();
      server.grants.expireAccess();
      expect(await expectStatus(syncAll(client), 200)).toEqual({ synced_count: 3, failed_count: 0 });
      expect(server.requestsTo(server.tokenPath)).toHaveLength(1);
      expect(server.eventsOf(client.id)).toHaveLength(3);
    });
  });
});
