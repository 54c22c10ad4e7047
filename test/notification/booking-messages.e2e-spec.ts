import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import {
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  type BookingFact,
  BookingRejected,
  BookingRequested,
} from 'src/modules/booking/booking.events';
import { DeliveryService } from 'src/modules/notification/delivery.service';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish, sessionOf } from './publishing';

const EXPIRES = new Date('2026-03-02T12:00:00Z');
const REASON = 'Strictly private: knee surgery';

/** Which message reached whom by which channel. */
interface Told {
  to: 'client' | 'coach';
  channel: string;
  type: string | null;
}

const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('the messages about a booking', () => {
  let app: TestApp;
  let client: TestPerson;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/London' });
    coach = await app.register({ first_name: 'Marc', role: 'coach', locale: 'fr-FR', timezone: 'Europe/Paris' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.http.delete('/sandbox/messages').expect(204);
  });

  const told = async (): Promise<Told[]> => {
    const messages = await app.messages();
    return messages
      .map(({ user_id, channel, data, subject }) => ({
        to: user_id === client.id ? ('client' as const) : ('coach' as const),
        channel,
        type: data?.['type'] ?? subject,
      }))
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  };

  const CASES: [string, (booking: BookingFact) => DomainEvent, Told[]][] = [
    [
      'a request is pushed and mailed to the coach, and acknowledged to the client',
      (booking) => new BookingRequested(booking, EXPIRES),
      [
        { to: 'client', channel: 'push', type: 'booking_sent' },
        { to: 'coach', channel: 'email', type: 'Nouvelle demande de séance' },
        { to: 'coach', channel: 'push', type: 'booking_requested' },
      ],
    ],
    [
      'a confirmation is pushed and mailed to the client, and stands in the agenda of the coach',
      (booking) => new BookingConfirmed(booking),
      [
        { to: 'client', channel: 'email', type: 'Session confirmed' },
        { to: 'client', channel: 'push', type: 'booking_confirmed' },
        { to: 'coach', channel: 'push', type: 'session_confirmed' },
      ],
    ],
    [
      'a refusal is pushed to the client',
      (booking) => new BookingRejected(booking, null),
      [{ to: 'client', channel: 'push', type: 'booking_rejected' }],
    ],
    [
      'a request that nobody answered is told to both',
      (booking) => new BookingAutoRejected(booking),
      [
        { to: 'client', channel: 'push', type: 'booking_auto_rejected' },
        { to: 'coach', channel: 'push', type: 'booking_auto_rejected' },
      ],
    ],
    [
      'a cancellation in time is pushed to the coach',
      (booking) => new BookingCancelledByClient(booking),
      [{ to: 'coach', channel: 'push', type: 'booking_cancelled_by_client' }],
    ],
    [
      'a late cancellation is pushed to the coach',
      (booking) => new BookingCancelledLate(booking, true),
      [{ to: 'coach', channel: 'push', type: 'booking_cancelled_late' }],
    ],
    [
      'a cancellation by the coach is pushed and mailed to the client',
      (booking) => new BookingCancelledByCoach(booking, REASON),
      [
        { to: 'client', channel: 'email', type: 'Session cancelled by your coach' },
        { to: 'client', channel: 'push', type: 'booking_cancelled_by_coach' },
      ],
    ],
  ];

  it.each(CASES)('%s', async (_, eventOf, expected) => {
    await publish(app, eventOf(sessionOf(client, coach)));
    expect(await told()).toEqual(expected);
  });

  it('are in the language and zone of their reader, with the coach’s time where it differs', async () => {
    const booking = sessionOf(client, coach);
    await publish(app, new BookingRequested(booking, EXPIRES));
    const [toCoach] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(plain(toCoach?.body ?? '')).toBe(
      'Zoé souhaite une séance avec vous : mardi 3 mars 2026 à 10:30. ' +
        'Merci de répondre avant l’échéance : lundi 2 mars 2026 à 13:00.',
    );
    expect(toCoach?.data).toEqual({
      type: 'booking_requested',
      deep_link: `mycoach://bookings/${booking.bookingId}`,
      booking_id: booking.bookingId,
      client_id: client.id,
      expires_at: '2026-03-02T12:00:00Z',
    });
    const [toClient] = await app.messages({ user_id: client.id });
    expect(plain(toClient?.body ?? '')).toMatch(/^Your request has been sent to Marc: Tuesday.* at 09:30 \(Tue.*10:30/);
  });

  it('quote the reason that was given, and say what is due', async () => {
    await publish(app, new BookingCancelledByCoach(sessionOf(client, coach), REASON));
    await publish(app, new BookingRejected(sessionOf(client, coach), REASON));
    await publish(app, new BookingCancelledLate(sessionOf(client, coach), false));
    const pushes = await app.messages({ channel: 'push' });
    expect(pushes.filter(({ body }) => body.includes(REASON))).toHaveLength(2);
    const late = pushes.find(({ data }) => data?.['type'] === 'booking_cancelled_late');
    expect(late?.data?.['penalty_due']).toBe('false');
    expect(late?.body).toContain('À vous de décider');
    const [mail] = await app.messages({ channel: 'email' });
    expect(mail).toMatchObject({ to: client.email, user_id: client.id });
    expect(mail?.body).toMatch(/^Hello Zoé,\n\nMarc has had to cancel your session/);
  });

  it('keep what people wrote out of the tables', async () => {
    await publish(app, new BookingCancelledByCoach(sessionOf(client, coach), REASON));
    const { rows } = await app.database.query<{ row: string }>('SELECT n::text AS row FROM notifications n');
    const jobs = await app.database.query<{ row: string }>(
      'SELECT j::text AS row FROM graphile_worker._private_jobs j',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(jobs.rows.length).toBeGreaterThan(0);
    for (const { row } of [...rows, ...jobs.rows]) expect(row).not.toContain('knee');
  });

  it('go with the act: rolled back, nobody is told and nothing is kept', async () => {
    const booking = sessionOf(client, coach);
    const undone = app.nest.get(UnitOfWork).run(async () => {
      await app.nest.get(EventBus).publish(new BookingConfirmed(booking));
      throw new Error('the act failed after all');
    });
    await expect(undone).rejects.toThrow('the act failed after all');
    expect(await app.messages()).toEqual([]);
    const { rowCount } = await app.database.query('SELECT 1 FROM notifications WHERE fact = $1', [booking.bookingId]);
    expect(rowCount).toBe(0);
  });

  it('tell one fact once, however often it is published', async () => {
    const booking = sessionOf(client, coach);
    await publish(app, new BookingCancelledByClient(booking), new BookingCancelledByClient(booking));
    await publish(app, new BookingCancelledByClient(booking));
    expect(await app.messages()).toHaveLength(1);
    const { rowCount } = await app.database.query('SELECT 1 FROM notifications WHERE fact = $1', [booking.bookingId]);
    expect(rowCount).toBe(1);
  });

  it('tell one fact once even when it is published twice at the same time', async () => {
    const booking = sessionOf(client, coach);
    await Promise.all([1, 2, 3, 4].map(() => publish(app, new BookingCancelledByClient(booking))));
    expect(await app.messages()).toHaveLength(1);
  });

  it('do not leave again when a delivery runs twice', async () => {
    const booking = sessionOf(client, coach);
    await publish(app, new BookingConfirmed(booking));
    expect(await app.messages()).toHaveLength(3);
    const { rows } = await app.database.query<{ id: string }>(
      `SELECT id FROM notifications WHERE fact = $1 AND type = 'booking_confirmed'`,
      [booking.bookingId],
    );
    expect(rows).toHaveLength(1);
    for (const { id } of rows) {
      await app.nest.get(DeliveryService).push(id);
      await app.nest.get(DeliveryService).mail(id);
    }
    expect(await app.messages()).toHaveLength(3);
  });

  it('wait in the inbox of a suspended account, and leave for nowhere', async () => {
    const away = await app.register({ first_name: 'Ines' });
    await app.messages();
    await app.http.delete('/sandbox/messages').expect(204);
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'unverified' WHERE id = $1`,
      [away.id],
    );
    await publish(app, new BookingConfirmed(sessionOf(away, coach)));
    expect(await app.messages({ user_id: away.id })).toEqual([]);
    expect(await app.messages({ user_id: coach.id })).toHaveLength(1);
    const { rowCount } = await app.database.query('SELECT 1 FROM notifications WHERE user_id = $1', [away.id]);
    expect(rowCount).toBe(1);
  });
});
