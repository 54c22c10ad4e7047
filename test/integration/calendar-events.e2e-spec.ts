import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { bond, confirm } from 'test/booking/dealings';
import { aClub } from 'test/support/clubs';
import { eventually } from 'test/auth/links';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { GoogleCalendarServer } from 'test/support/google-calendar-server';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { calendarOf, connect, eventId, settle, startWithCalendars, waitingJobs } from './calendars';

const AT = '2026-03-03T09:00:00Z';
const LATER = '2026-03-04T10:00:00Z';

describe('a session in the calendars of its people', () => {
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
    await connect(server, coach);
    await connect(server, client);
    await settle(app);
    server.requests.length = 0;
  });

  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const confirmed = async (at = AT): Promise<WireBooking> => confirm(coach, await book(client, coach.id, at));
  const calendars = async (): Promise<[coach: string[], client: string[]]> => {
    const [own, other] = [await calendarOf(app, server, coach), await calendarOf(app, server, client)];
    return [own.map(({ id }) => id), other.map(({ id }) => id)];
  };

  it('comes when it is confirmed, to each with the other one’s first name, in the reader’s language', async () => {
    const asked = await book(client, coach.id, AT);
    expect(await calendars()).toEqual([[], []]);
    expect(server.requests).toEqual([]);

    await confirm(coach, asked);
    const told = {
      kind: 'calendar#event',
      location: null,
      start: { dateTime: '2026-03-03T09:00:00.000Z', timeZone: 'Europe/Paris' },
      end: { dateTime: '2026-03-03T10:00:00.000Z', timeZone: 'Europe/Paris' },
      status: 'confirmed',
      transparency: 'opaque',
      reminders: { useDefault: true },
      extendedProperties: { private: { mycoach_booking_id: asked.id } },
      etag: expect.any(String) as string,
    };
    expect(await calendarOf(app, server, coach)).toEqual([
      { ...told, id: eventId(asked.id, coach), summary: 'Séance avec Zoé' },
    ]);
    expect(await calendarOf(app, server, client)).toEqual([
      { ...told, id: eventId(asked.id, client), summary: 'Session with Inès' },
    ]);
    // Nobody gets a mail of Google's about it.
    expect(server.requests.map(({ query }) => query.get('sendUpdates'))).toEqual(['none', 'none']);
  });

  it.each([
    ['es-ES', 'Sesión con Inès'],
    ['pt-BR', 'Sessão com Inès'],
    ['fr-FR', 'Séance avec Inès'],
  ])('is called in %s', async (locale, title) => {
    const reader = await app.register({ locale });
    await bond(app, coach, reader, 'active', { allowUnitBooking: true });
    await connect(server, reader);
    await confirm(coach, await book(reader, coach.id, AT));
    expect((await calendarOf(app, server, reader)).map(({ summary }) => summary)).toEqual([title]);
  });

  it('has the gym as its place', async () => {
    const gymId = await aClub(app, { name: 'Club Bastille' });
    const booking = await confirmed();
    await app.database.query('UPDATE bookings SET gym_id = $2 WHERE id = $1', [booking.id, gymId]);
    const [event] = await calendarOf(app, server, coach);
    expect(event?.location).toBe('Club Bastille');
  });

  it('goes when the client cancels, in time or late', async () => {
    const booking = await confirmed();
    expect(await calendars()).toEqual([[eventId(booking.id, coach)], [eventId(booking.id, client)]]);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`).send({}), 200);
    expect(await calendars()).toEqual([[], []]);

    const late = await confirmed(LATER);
    await settle(app);
    await app.setClock('2026-03-04T08:00:00Z');
    const ended = await expectStatus<WireBooking>(client.http.delete(`/bookings/${late.id}`).send({}), 200);
    expect(ended.status).toBe('cancelled_late_by_client');
    expect(await calendars()).toEqual([[], []]);
  });

  it('goes when the coach cancels, one session or many of them', async () => {
    const one = await confirmed();
    await settle(app);
    await expectStatus(coach.http.delete(`/bookings/${one.id}`).send({ reason: 'Grippe' }), 200);
    expect(await calendars()).toEqual([[], []]);

    const ids: string[] = [];
    for (const hour of ['08', '09', '10']) ids.push((await confirmed(`2026-03-05T${hour}:00:00Z`)).id);
    const [before] = await calendars();
    expect(before).toHaveLength(3);
    await expectStatus(
      coach.http.post('/coaches/bookings/bulk-cancel').send({ booking_ids: ids, send_sms: false }),
      200,
    );
    expect(await calendars()).toEqual([[], []]);
  });

  it('moves as an event that goes and another one that comes', async () => {
    const old = await confirmed();
    await settle(app);
    const moved = await expectStatus<WireBooking>(
      coach.http.post(`/bookings/${old.id}/reschedule`).send({ scheduled_at: LATER }),
      201,
    );
    expect(await calendars()).toEqual([[eventId(moved.id, coach)], [eventId(moved.id, client)]]);
    expect(server.find(coach.id, eventId(old.id, coach))?.status).toBe('cancelled');
    expect(server.eventsOf(client.id)[0]?.start.dateTime).toBe('2026-03-04T10:00:00.000Z');
  });

  it('is gone while the coach has not said yes to the client’s move, and back when he has', async () => {
    const old = await confirmed();
    await settle(app);
    const moved = await expectStatus<WireBooking>(
      client.http.post(`/bookings/${old.id}/reschedule`).send({ scheduled_at: LATER }),
      201,
    );
    expect(await calendars()).toEqual([[], []]);
    await confirm(coach, moved);
    expect(await calendars()).toEqual([[eventId(moved.id, coach)], [eventId(moved.id, client)]]);
  });

  it('stays when it is done, and when the client did not come', async () => {
    const done = await confirmed();
    const missed = await confirmed(LATER);
    await settle(app);
    await app.setClock('2026-03-04T12:00:00Z');
    await expectStatus(coach.http.post(`/bookings/${done.id}/done`), 200);
    await expectStatus(coach.http.post(`/bookings/${missed.id}/no-show`), 200);
    expect((await calendars())[0]).toHaveLength(2);
    expect((await expectStatus(client.http.post(`/integrations/calendar/sync/${done.id}`), 200))['status']).toBe(
      'synced',
    );
  });

  it('is written for those alone who are connected, and no job is made for others', async () => {
    await expectStatus(client.http.delete('/integrations/disconnect/google_calendar'), 204);
    const booking = await confirmed();
    expect(await waitingJobs(app)).toHaveLength(1);
    expect(await calendars()).toEqual([[eventId(booking.id, coach)], []]);
  });

  it('stays as it is in the calendar of somebody who disconnects: nothing opens it any more', async () => {
    const booking = await confirmed();
    await settle(app);
    await expectStatus(client.http.delete('/integrations/disconnect/google_calendar'), 204);
    await settle(app);
    expect(server.eventsOf(client.id)).toHaveLength(1);
    // What was cancelled meanwhile goes when he connects again, and what was confirmed comes.
    await expectStatus(coach.http.delete(`/bookings/${booking.id}`).send({ reason: 'Grippe' }), 200);
    const other = await confirmed(LATER);
    await settle(app);
    expect(server.eventsOf(client.id)).toHaveLength(1);
    await connect(server, client);
    expect(await calendars()).toEqual([[eventId(other.id, coach)], [eventId(other.id, client)]]);
  });

  it('is gone once somebody is back who had closed his account, and gave it up by that', async () => {
    const booking = await confirmed();
    await settle(app);
    await expectStatus(client.http.delete('/users/me'), 200);
    // Nobody writes for him now.
    expect(await calendars()).toEqual([[], [eventId(booking.id, client)]]);
    await expectStatus(client.http.post('/users/me/restore').send({}), 200);
    expect(await calendars()).toEqual([[], []]);
  });

  it('is as it should be once a suspension is lifted, and no job is made for who has no calendar', async () => {
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    const other = await app.register();
    const booking = await confirmed();
    await settle(app);
    for (const { id } of [client, other])
      await eventually(async () => (await admin.http.post(`/admin/users/${id}/suspend`).send({})).status === 200);
    await expectStatus(coach.http.delete(`/bookings/${booking.id}`).send({ reason: 'Grippe' }), 200);
    expect(await calendars()).toEqual([[], [eventId(booking.id, client)]]);
    await expectStatus(admin.http.post(`/admin/users/${other.id}/reactivate`), 200);
    expect(await waitingJobs(app, 'sync_calendar')).toEqual([]);
    await expectStatus(admin.http.post(`/admin/users/${client.id}/reactivate`), 200);
    expect(await calendars()).toEqual([[], []]);
  });

  it('of a discovery comes and goes like others', async () => {
    const newcomer = await app.register({ first_name: 'Noé' });
    await connect(server, newcomer);
    await expectStatus(
      coach.http
        .put('/coaches/profile')
        .send({ discovery_enabled: true, discovery_free: true, discovery_duration_min: 30 }),
      200,
    );
    const asked = await expectStatus<WireBooking>(
      newcomer.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: AT, pricing_type: 'discovery' }),
      201,
    );
    await confirm(coach, asked);
    expect((await calendarOf(app, server, newcomer)).map(({ id }) => id)).toEqual([eventId(asked.id, newcomer)]);
    await expectStatus(newcomer.http.delete(`/bookings/${asked.id}`).send({}), 200);
    expect(await calendarOf(app, server, newcomer)).toEqual([]);
    expect(await calendarOf(app, server, coach)).toEqual([]);
  });

  it('asks once who is connected, however many sessions one act ends', async () => {
    const ids: string[] = [];
    for (const hour of ['08', '09', '10', '11', '12']) ids.push((await confirmed(`2026-03-05T${hour}:00:00Z`)).id);
    await settle(app);
    server.requests.length = 0;
    const asked = jest.spyOn(app.nest.get(ConnectionService, { strict: false }), 'connectedAmong');
    const terms = { booking_ids: ids, send_sms: false };
    await expectStatus(coach.http.post('/coaches/bookings/bulk-cancel').send(terms), 200);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
    expect(await waitingJobs(app)).toHaveLength(10);
    await settle(app);
    expect(server.requests.map(({ method }) => method)).toEqual(new Array(10).fill('DELETE'));
  });
});
