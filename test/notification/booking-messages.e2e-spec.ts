import { EventBus } from 'src/common/events/event-bus';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import {
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  BookingMoved,
  BookingNoShow,
  BookingRejected,
  BookingRequested,
} from 'src/modules/booking/booking.events';
import { PushSpreadService } from 'src/modules/notification/devices/push-spread.service';
import { MailDeliveryService } from 'src/modules/notification/mail-delivery.service';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { CASES, EXPIRES, FORMER, REASON, type Told } from './booking-message-cases';
import { publish, sessionOf } from './publishing';
import { plain } from './stories/wording';

/** Half past ten in the morning in Paris, a day before the session. */
const NOW = '2026-03-02T09:30:00Z';

describe('the messages about a booking', () => {
  let app: TestApp;
  let client: TestPerson;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock(NOW);
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

  it('say from where to where a session moved, and whether it waits for an answer', async () => {
    const asked = sessionOf(client, coach);
    await publish(app, new BookingMoved(asked, FORMER, 'client', REASON, EXPIRES));
    const [toCoach] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(plain(toCoach?.body ?? '')).toBe(
      'Zoé souhaite déplacer la séance. Ancien horaire : lundi 2 mars 2026 à 16:00. ' +
        'Nouvel horaire : mardi 3 mars 2026 à 10:30. Merci de répondre avant l’échéance : lundi 2 mars 2026 à 13:00.',
    );
    expect(toCoach?.data).toEqual({
      type: 'booking_rescheduled',
      deep_link: `mycoach://bookings/${asked.bookingId}`,
      booking_id: asked.bookingId,
      previous_booking_id: FORMER.bookingId,
      scheduled_at: '2026-03-03T09:30:00Z',
      status: 'pending_coach_validation',
    });
    await publish(app, new BookingMoved(sessionOf(client, coach), FORMER, 'coach', REASON, null));
    const [toClient] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(plain(toClient?.body ?? '')).toMatch(
      /^Marc has moved your session\. Before: Monday.* at 15:00 .*Now: Tuesday.* at 09:30 .*knee surgery\. The session is c/,
    );
    expect(toClient?.data?.['status']).toBe('confirmed');
  });

  it('say what is left of the package that pays, and where the session takes place', async () => {
    const booking = { ...sessionOf(client, coach), gymName: 'Salle Bellecour' };
    await publish(app, new BookingRequested(booking, EXPIRES, 1));
    const [toCoach] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(plain(toCoach?.body ?? '')).toContain('10:30, Salle Bellecour. Solde du forfait : 1 séance. Merci');
    await publish(app, new BookingConfirmed(booking));
    const [toClient] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(toClient?.body).toMatch(/\), Salle Bellecour\.$/);
  });

  it('say whether an absence is due', async () => {
    await publish(app, new BookingNoShow(sessionOf(client, coach), false));
    const [free] = await app.messages();
    expect(free?.body).toMatch(/You owe nothing\.$/);
    await publish(app, new BookingNoShow(sessionOf(client, coach), true));
    const [due] = await app.messages();
    expect(due?.body).toMatch(/The cancellation policy of this booking applies\.$/);
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
      await app.nest.get(PushSpreadService).spread(id);
      await app.nest.get(MailDeliveryService).mail(id);
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
