import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { BookingCancelledByCoach } from 'src/modules/booking/booking.events';
import { bond, creditsOf, pushesTo, sell } from 'test/booking/dealings';
import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { join, liveQueueOf } from 'test/support/queues';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/coaches/bookings/bulk-cancel';
const at = (hour: number, day = 3): string => `2026-03-0${String(day)}T${String(hour).padStart(2, '0')}:00:00Z`;

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app);
  client = await app.register();
});
afterEach(() => expectInvariants(app.database));

const cancel = (ids: readonly string[], terms: object = {}, person = coach) =>
  person.http.post(PATH).send({ booking_ids: ids, ...terms });
const cancelled = (ids: readonly string[], terms: object = {}): Promise<Record<string, unknown>> =>
  expectStatus(cancel(ids, terms), 200);
const read = async (booking: { id: string }, person = coach): Promise<WireBooking> =>
  expectStatus<WireBooking>(person.http.get(`/bookings/${booking.id}`), 200);
const statuses = async (...bookings: { id: string }[]): Promise<string[]> =>
  (await Promise.all(bookings.map((each) => read(each)))).map(({ status }) => status);
const NOTHING = {
  cancelled_count: 0,
  sms_pending_count: 0,
  sms_sent_count: 0,
  sms_failed_count: 0,
  failed_clients: [],
};

describe('all of them or none', () => {
  it('trust 2: with an id of nobody, or of another coach, nothing changes, and each such id is named', async () => {
    const other = await aCoach(app);
    const own = await book(client, coach.id, at(9));
    const foreign = await book(client, other.id, at(11));
    const asked = cancel([own.id, foreign.id, randomUUID()]);
    const { detail, errors } = await expectStatus<Refusal>(asked.set('Accept-Language', 'fr'), 404);
    expect(detail).toBe('booking_not_owned');
    expect(errors).toEqual(
      ['booking_ids.1', 'booking_ids.2'].map((field) => ({
        field,
        code: 'booking_not_owned',
        message: expect.stringContaining('rien n’a été annulé') as string,
      })),
    );
    expect((await read(own)).status).toBe('pending_coach_validation');
    expect((await read(foreign, other)).status).toBe('pending_coach_validation');
    expect(await pushesTo(app, client)).not.toContain('booking_cancelled_by_coach');
  });

  it('a coach does not cancel so what he has booked himself, nor an admin what is another’s', async () => {
    const mine = await book(coach, (await aCoach(app)).id, at(9));
    expect((await expectStatus<Refusal>(cancel([mine.id]), 404)).detail).toBe('booking_not_owned');
    const booking = await book(client, coach.id, at(11));
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    expect((await expectStatus<Refusal>(cancel([booking.id], {}, admin), 404)).detail).toBe('booking_not_owned');
    expect(await expectStatus(cancel([], {}, admin), 200)).toEqual(NOTHING);
    expect(await statuses(booking)).toEqual(['pending_coach_validation']);
  });

  it('a failure in the middle leaves every session, seat and credit as it was', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 10);
    const ids = [];
    for (const hour of [9, 11, 13]) ids.push((await book(client, coach.id, at(hour))).id);
    let heard = 0;
    app.nest.get(EventBus).subscribe(BookingCancelledByCoach, 'test', ({ booking }) => {
      heard += booking.coachId === coach.id ? 1 : 0;
      return heard === 2 ? Promise.reject(new Error('the second one fails')) : Promise.resolve();
    });
    const waiting = await app.register();
    await join(waiting, coach.id, at(9));
    const answer = await cancel(ids, { block_slots: true });
    expect([answer.status, heard]).toEqual([500, 2]);
    expect(await statuses(...ids.map((id) => ({ id })))).toEqual(Array(3).fill('pending_coach_validation'));
    expect(await creditsOf(coach, client)).toEqual([10, 7, 'active']);
    expect(await liveQueueOf(coach, at(9))).toEqual([[waiting.id, 'waiting']]);
    expect((await expectStatus<{ total: number }>(coach.http.get('/coaches/time-off'), 200)).total).toBe(0);
    expect(await pushesTo(app, client)).not.toContain('booking_cancelled_by_coach');
    expect(await cancelled(ids)).toMatchObject({ cancelled_count: 3 });
  });
});

describe('what becomes of the places', () => {
  it('goes to the first who waits', async () => {
    const waiting = [await app.register(), await app.register()] as const;
    const booking = await book(client, coach.id, at(9));
    for (const person of waiting) await join(person, coach.id, at(9));
    await cancelled([booking.id]);
    expect(await liveQueueOf(coach, at(9))).toEqual([
      [waiting[0].id, 'notified'],
      [waiting[1].id, 'waiting'],
    ]);
  });

  it('with block_slots goes to nobody: queues are told, slots are gone, sessions that touch are one absence', async () => {
    const waiting = await app.register();
    const bookings = [];
    for (const hour of [10, 9, 13]) bookings.push(await book(client, coach.id, at(hour)));
    await join(waiting, coach.id, at(9));
    expect(
      await cancelled(
        bookings.map(({ id }) => id),
        { block_slots: true },
      ),
    ).toMatchObject({ cancelled_count: 3 });
    expect(await liveQueueOf(coach, at(9))).toEqual([]);
    expect(await pushesTo(app, waiting)).toEqual(['waitlist_cancelled']);
    const { items } = await expectStatus<{ items: { starts_at: string; ends_at: string; reason: null }[] }>(
      coach.http.get('/coaches/time-off'),
      200,
    );
    expect(items.map(({ starts_at, ends_at, reason }) => [starts_at, ends_at, reason])).toEqual([
      [at(9), at(11), null],
      [at(13), at(14), null],
    ]);
    const open = (await slotsOf(waiting, coach.id)).map(({ scheduled_at }) => scheduled_at);
    expect(open).toContain(at(8));
    expect(open).toContain(at(11));
    for (const hour of [9, 10, 13]) expect(open).not.toContain(at(hour));
    const again = waiting.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: at(9) });
    expect((await expectStatus<Refusal>(again, 422)).detail).toBe('coach_on_time_off');
  });

  it('with block_slots and nothing left to cancel is no absence', async () => {
    const booking = await book(client, coach.id, at(9));
    await cancelled([booking.id]);
    await cancelled([booking.id], { block_slots: true });
    expect((await expectStatus<{ total: number }>(coach.http.get('/coaches/time-off'), 200)).total).toBe(0);
  });

  it('of a group whose other sessions stay, is covered too: the absence takes the whole slot', async () => {
    const group = await aCoach(app, { maxSlots: 3 });
    const stays = await book(await app.register(), group.id, at(9));
    const goes = await book(client, group.id, at(9));
    await expectStatus(cancel([goes.id], { block_slots: true }, group), 200);
    expect((await read(stays, group)).status).toBe('pending_coach_validation');
    expect((await slotsOf(client, group.id)).some(({ scheduled_at }) => scheduled_at === at(9))).toBe(false);
  });
});
