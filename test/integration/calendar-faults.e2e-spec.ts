import { JobQueue } from 'src/common/jobs/job-queue';
import { CalendarSyncService } from 'src/modules/integration/calendar/calendar-sync.service';
import { bond, confirm } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { EVENTS_PATH, GoogleCalendarServer, SLOW_DOWN } from 'test/support/google-calendar-server';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { calendarOf, connect, eventId, hurry, settle, startWithCalendars, waitingJobs } from './calendars';

const AT = '2026-03-03T09:00:00Z';

/** What goes wrong between a booking and the calendars of its people. */
describe('a calendar that is out of reach', () => {
  let server: GoogleCalendarServer;
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeEach(async () => {
    server = await new GoogleCalendarServer().start();
    // Each test its own: a provider that has failed too often is left alone by the process.
    app = await startWithCalendars(server);
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app);
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB' });
    await bond(app, coach, client, 'active', { allowUnitBooking: true });
    await connect(server, client);
    await settle(app);
    server.requests.length = 0;
  });

  afterEach(async () => {
    await app.close();
    await server.stop();
  });

  const confirmed = async (at = AT): Promise<WireBooking> => confirm(coach, await book(client, coach.id, at));
  const follow = (booking: WireBooking): Promise<void> =>
    app.nest.get(CalendarSyncService, { strict: false }).follow(client.id, booking.id);

  it.each([
    ['429, as long as it asks', { status: 429, retryAfter: 120 }, 120],
    ['its limits, as long as it asks', SLOW_DOWN, 7],
    ['a fault', { status: 500 }, 5],
    ['a connection that is reset', 'reset' as const, 5],
    ['what is no answer', { text: 'nothing' }, 5],
  ])('is tried again later after %s', async (_, fault, wait) => {
    server.fail(EVENTS_PATH, fault);
    await confirmed();
    expect(await calendarOf(app, server, client)).toEqual([]);
    const [job] = await waitingJobs(app);
    expect(job?.attempts).toBe(1);
    expect(job?.wait).toBeGreaterThan(wait - 2);
    // At most half as long again, so that what failed together does not come back together.
    expect(job?.wait).toBeLessThan(wait * 1.5 + 1);
    await hurry(app);
    expect(await calendarOf(app, server, client)).toHaveLength(1);
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('is given up on after ten seconds of silence, and tried again', async () => {
    server.fail(EVENTS_PATH, 'silent');
    await confirmed();
    const begun = performance.now();
    await settle(app);
    expect(performance.now() - begun).toBeGreaterThan(9_500);
    expect((await waitingJobs(app)).map(({ attempts }) => attempts)).toEqual([1]);
    await hurry(app);
    expect(await calendarOf(app, server, client)).toHaveLength(1);
  }, 40_000);

  it('has one event after an answer that never arrived', async () => {
    server.fail(EVENTS_PATH, 'accept and drop');
    const booking = await confirmed();
    await settle(app);
    await hurry(app);
    const events = await calendarOf(app, server, client);
    expect(events.map(({ id }) => id)).toEqual([eventId(booking.id, client)]);
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH']);
  });

  it('is not tried again after a refusal for good', async () => {
    server.fail(EVENTS_PATH, { status: 400 });
    await confirmed();
    await settle(app);
    await hurry(app);
    await settle(app);
    expect(server.requests).toHaveLength(1);
    // Nobody has to look at what nobody can mend.
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('is let be, without a word, once the person has taken the access back at Google', async () => {
    server.grants.revokeAccount(client.id);
    await confirmed();
    await settle(app);
    expect(await waitingJobs(app)).toEqual([]);
    const { rows } = await app.database.query('SELECT needs_reconnect FROM oauth_connections WHERE user_id = $1', [
      client.id,
    ]);
    expect(rows).toEqual([{ needs_reconnect: true }]);
    // No job is even made from then on.
    const asked = server.requests.length;
    await confirmed('2026-03-04T09:00:00Z');
    expect(await waitingJobs(app)).toEqual([]);
    await settle(app);
    expect(server.requests).toHaveLength(asked);
  });

  it('is let be where a job is left of somebody who has disconnected, or of a booking that is no more', async () => {
    const booking = await confirmed();
    await expectStatus(client.http.delete('/integrations/disconnect/google_calendar'), 204);
    await settle(app);
    expect(server.requestsTo(EVENTS_PATH)).toEqual([]);
    await connect(server, client);
    await settle(app);
    server.requests.length = 0;
    await follow({ ...booking, id: '0c7d1f2e-0000-4000-8000-000000000001' });
    await app.nest.get(CalendarSyncService, { strict: false }).follow(coach.id, booking.id);
    expect(server.requests).toEqual([]);
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('agrees with the booking however often and late its jobs run', async () => {
    const booking = await confirmed();
    const jobs = app.nest.get(JobQueue, { strict: false });
    const again = async (): Promise<void> => {
      for (let time = 0; time < 3; time += 1)
        await jobs.add('sync_calendar_event', { bookingId: booking.id, userId: client.id });
    };
    await again();
    expect(await calendarOf(app, server, client)).toHaveLength(1);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    // Those of the confirmation come after that of the cancellation.
    await again();
    expect(await calendarOf(app, server, client)).toEqual([]);
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('ends without the event when the insert arrives after the deletion that overtook it', async () => {
    const booking = await confirmed();
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    server.fail(EVENTS_PATH, { delayMs: 600 });
    const late = follow(booking);
    await eventually(
      () => server.requests.length,
      (count) => count === 1,
    );
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    await follow(booking);
    // The cancellation has had its say, and the insert is still on its way.
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    await late;
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'DELETE']);
    expect(server.eventsOf(client.id)).toEqual([]);
  });

  it('agrees with every booking after many were confirmed and cancelled at once', async () => {
    const asked: WireBooking[] = [];
    for (const hour of ['08', '09', '10', '11', '12'])
      asked.push(await book(client, coach.id, `2026-03-03T${hour}:00:00Z`));
    server.delayMs = 20;
    await Promise.all([
      ...asked.map((booking) => coach.http.post(`/bookings/${booking.id}/confirm`)),
      ...asked.map((booking) => client.http.delete(`/bookings/${booking.id}`)),
      ...asked.map((booking) => client.http.post(`/integrations/calendar/sync/${booking.id}`)),
      client.http.post('/integrations/calendar/sync-all'),
      settle(app),
      settle(app),
    ]);
    const page = await expectStatus<{ items: WireBooking[] }>(client.http.get('/bookings?status=confirmed'), 200);
    const there = page.items.map(({ id }) => eventId(id, client)).sort();
    expect((await calendarOf(app, server, client)).map(({ id }) => id).sort()).toEqual(there);
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('is left alone for a while when it fails for one session after another, and nothing is lost', async () => {
    server.fail(EVENTS_PATH, { status: 503 }, Infinity);
    const bookings: WireBooking[] = [];
    for (const hour of ['08', '09', '10', '11', '12', '13', '14'])
      bookings.push(await confirmed(`2026-03-03T${hour}:00:00Z`));
    await settle(app);
    expect(server.requests).toHaveLength(5);
    // Those that were not even tried have used up nothing.
    expect((await waitingJobs(app)).map(({ attempts }) => attempts).sort()).toEqual([0, 0, 1, 1, 1, 1, 1]);
    const answer = await expectStatus(client.http.post(`/integrations/calendar/sync/${bookings[0]?.id ?? ''}`), 502);
    expect(answer).toMatchObject({ detail: 'provider_error', retry_after: expect.any(Number) as number });
    expect(await expectStatus(client.http.post('/integrations/calendar/sync-all'), 200)).toEqual({
      synced_count: 0,
      failed_count: 7,
    });
    expect(server.requests).toHaveLength(5);
  });

  it('hears of sessions that many people change at once, each in his own', async () => {
    const others = await Promise.all(['Ana', 'Béa', 'Cléo'].map((first_name) => app.register({ first_name })));
    const starts = ['2026-03-05T09:00:00Z', '2026-03-05T11:00:00Z', '2026-03-05T13:00:00Z'];
    for (const person of others) {
      await bond(app, coach, person, 'active', { allowUnitBooking: true });
      await connect(server, person);
    }
    await connect(server, coach);
    const asked = await Promise.all(others.map((person, place) => book(person, coach.id, starts[place] ?? '')));
    await Promise.all(asked.map((booking) => confirm(coach, booking)));
    expect((await calendarOf(app, server, coach)).map(({ summary }) => summary)).toEqual([
      'Séance avec Ana',
      'Séance avec Béa',
      'Séance avec Cléo',
    ]);
    for (const [place, person] of others.entries())
      expect(server.eventsOf(person.id).map(({ start }) => Date.parse(start.dateTime))).toEqual([
        Date.parse(starts[place] ?? ''),
      ]);
  });
});
