import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import {
  WaitlistCancelled,
  WaitlistExpired,
  type WaitlistFact,
  WaitlistJoined,
  WaitlistOffered,
} from 'src/modules/waitlist/waitlist.events';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { entryOf, join, liveQueueOf, runQueueJob, take } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-04T09:00:00Z';
/** 10:00 in Paris, on a Wednesday. */
const WEDNESDAY = 2;

describe('what happens to slots', () => {
  let app: TestApp;
  let coach: TestPerson;
  let holder: TestPerson;
  let first: TestPerson;
  let second: TestPerson;
  let admin: TestPerson;
  let booked: WireBooking;
  const told: [event: string, clientId: string, because: string | undefined][] = [];

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    const note = (event: DomainEvent & { entry: WaitlistFact; because?: string }): Promise<void> => {
      told.push([event.name, event.entry.clientId, event.because]);
      return Promise.resolve();
    };
    const events = app.nest.get(EventBus);
    events.subscribe(WaitlistJoined, 'test', note);
    events.subscribe(WaitlistOffered, 'test', note);
    events.subscribe(WaitlistExpired, 'test', note);
    events.subscribe(WaitlistCancelled, 'test', note);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    [holder, first, second] = (await crowd(app, 3)) as [TestPerson, TestPerson, TestPerson];
    booked = await book(holder, coach.id, SLOT);
    told.length = 0;
  });
  afterEach(() => expectInvariants(app.database));

  const leave = (booking = booked, person = holder): Promise<unknown> =>
    expectStatus(person.http.delete(`/bookings/${booking.id}`), 200);
  const wednesdays = async (): Promise<{ id: string }> => {
    const rows = await expectStatus<{ id: string; day_of_week: number }[]>(
      coach.http.get('/coaches/availability'),
      200,
    );
    const found = rows.find(({ day_of_week }) => day_of_week === WEDNESDAY);
    if (!found) throw new Error('no hours on that day');
    return found;
  };
  const changeHours = async (terms: object): Promise<unknown> =>
    expectStatus(coach.http.put(`/coaches/availability/${(await wednesdays()).id}`).send(terms), 200);
  const changeProfile = (terms: object): Promise<unknown> =>
    expectStatus(coach.http.put('/coaches/profile').send(terms), 200);
  const namesTold = (): string[] => told.map(([name]) => name);

  it('is told: who joins to the coach, who is asked, too late or put out to himself, who leaves to nobody', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await leave();
    await app.setClock('2026-03-02T06:30:00.001Z');
    await runQueueJob(app);
    await expectStatus(coach.http.delete(`/waitlist/${two.id}`), 204);
    const again = await join(first, coach.id, SLOT).catch(() => null);
    expect(again).toBeNull();
    expect(told).toEqual([
      ['waitlist.joined.v1', first.id, undefined],
      ['waitlist.joined.v1', second.id, undefined],
      ['waitlist.offered.v1', first.id, undefined],
      ['waitlist.expired.v1', first.id, undefined],
      ['waitlist.offered.v1', second.id, undefined],
      ['waitlist.cancelled.v1', second.id, 'removed'],
    ]);
    expect((await entryOf(coach, one)).status).toBe('expired');
    told.length = 0;
    await book(holder, coach.id, SLOT);
    const left = await join(first, coach.id, SLOT);
    await expectStatus(first.http.delete(`/waitlist/${left.id}`), 204);
    expect(namesTold()).toEqual(['waitlist.joined.v1']);
  });

  describe('a time off', () => {
    it('cancels who waits and who has an offer, and tells them', async () => {
      const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
      await leave();
      told.length = 0;
      const away = { starts_at: '2026-03-04T09:59:59.999Z', ends_at: '2026-03-04T12:00:00Z' };
      const { id } = await expectStatus<{ id: string }>(coach.http.post('/coaches/time-off').send(away), 201);
      expect(told).toEqual([
        ['waitlist.cancelled.v1', first.id, 'slot_gone'],
        ['waitlist.cancelled.v1', second.id, 'slot_gone'],
      ]);
      expect([(await entryOf(coach, one)).status, (await entryOf(coach, two)).status]).toEqual([
        'cancelled',
        'cancelled',
      ]);
      // The slot comes back, its queue does not.
      await expectStatus(coach.http.delete(`/coaches/time-off/${id}`), 204);
      expect(await liveQueueOf(coach, SLOT)).toEqual([]);
      await book(second, coach.id, SLOT);
    });

    it('cancels a queue by how long its session is now, not when people began to wait', async () => {
      await bond(app, coach, holder);
      await expectStatus(coach.http.delete(`/bookings/${booked.id}`), 200);
      const early = '2026-03-04T07:00:00Z';
      const beside = { coach_id: coach.id, client_id: holder.id, scheduled_at: '2026-03-04T07:30:00Z' };
      await expectStatus(coach.http.post('/bookings').send(beside), 201);
      const entry = await join(first, coach.id, early);
      await changeProfile({ session_duration_min: 90 });
      told.length = 0;
      const away = { starts_at: '2026-03-04T08:00:00Z', ends_at: '2026-03-04T09:00:00Z' };
      await expectStatus(coach.http.post('/coaches/time-off').send(away), 201);
      expect(told).toEqual([['waitlist.cancelled.v1', first.id, 'slot_gone']]);
      expect((await entryOf(coach, entry)).status).toBe('cancelled');
    });

    it('leaves the queues of slots that it only touches', async () => {
      const entry = await join(first, coach.id, SLOT);
      for (const [starts_at, ends_at] of [
        ['2026-03-04T08:00:00Z', '2026-03-04T09:00:00Z'],
        ['2026-03-04T10:00:00Z', '2026-03-04T11:00:00Z'],
      ])
        await expectStatus(coach.http.post('/coaches/time-off').send({ starts_at, ends_at }), 201);
      await leave();
      expect((await entryOf(coach, entry)).status).toBe('notified');
    });
  });

  describe('hours', () => {
    it.each<[string, () => Promise<unknown>]>([
      ['shortened', () => changeHours({ start_time: '11:00' })],
      ['switched off', () => changeHours({ active: false })],
      ['removed', async () => expectStatus(coach.http.delete(`/coaches/availability/${(await wednesdays()).id}`), 204)],
      ['rewritten', () => expectStatus(coach.http.put('/coaches/work-schedule').send({ days: [] }), 200)],
      ['in another grid', () => changeProfile({ session_duration_min: 45 })],
      ['in another zone', () => expectStatus(coach.http.patch('/users/me').send({ timezone: 'Asia/Kathmandu' }), 200)],
    ])('%s cancel the queues of slots that are gone', async (_, change) => {
      const entry = await join(first, coach.id, SLOT);
      told.length = 0;
      await change();
      expect(told).toEqual([['waitlist.cancelled.v1', first.id, 'slot_gone']]);
      expect((await entryOf(coach, entry)).status).toBe('cancelled');
    });

    it('removed take back the offer as well', async () => {
      const entry = await join(first, coach.id, SLOT);
      await leave();
      await changeHours({ active: false });
      expect((await entryOf(coach, entry)).status).toBe('cancelled');
      expect((await first.http.post(`/waitlist/${entry.id}/confirm`)).body).toMatchObject({ detail: 'not_notified' });
    });

    it('that still have the slot leave its queue alone', async () => {
      const entry = await join(first, coach.id, SLOT);
      await changeHours({ start_time: '10:00', end_time: '11:00' });
      await changeProfile({ bio: 'Autre chose', min_notice_hours: 48 });
      expect((await entryOf(coach, entry)).status).toBe('waiting');
    });

    it('with more places offer them to the queue first, one to each', async () => {
      const [third] = (await crowd(app, 1)) as [TestPerson];
      for (const person of [first, second, third]) await join(person, coach.id, SLOT);
      await changeHours({ max_slots: 3 });
      expect(await liveQueueOf(coach, SLOT)).toEqual([
        [first.id, 'notified'],
        [second.id, 'notified'],
        [third.id, 'waiting'],
      ]);
      // Fewer places again put nobody out.
      await changeHours({ max_slots: 1 });
      const [entry] = (await expectStatus<{ items: { id: string }[] }>(second.http.get('/waitlist'), 200)).items;
      expect((await take(second, { id: entry?.id ?? '' })).booking.status).toBe('confirmed');
      await leave();
      expect((await liveQueueOf(coach, SLOT)).map(([, status]) => status)).toEqual(['notified', 'waiting']);
    });
  });

  describe('a session nearby', () => {
    it('that keeps the coach from a place gives it to the queue when it goes', async () => {
      await bond(app, coach, second);
      await leave();
      const made = { coach_id: coach.id, client_id: second.id, scheduled_at: '2026-03-04T09:30:00Z' };
      const other = await expectStatus<WireBooking>(coach.http.post('/bookings').send(made), 201);
      const entry = await join(first, coach.id, SLOT);
      expect(await runQueueJob(app)).toBe(0);
      await leave(other, second);
      expect((await entryOf(coach, entry)).status).toBe('notified');
    });

    it('at which the coach is somebody’s client keeps his place until the job finds that it is over', async () => {
      const colleague = await aCoach(app);
      await leave();
      const visit = await book(coach, colleague.id, SLOT);
      const entry = await join(first, coach.id, SLOT);
      expect(await runQueueJob(app)).toBe(0);
      await leave(visit, coach);
      expect((await entryOf(coach, entry)).status).toBe('waiting');
      expect(await runQueueJob(app)).toBe(1);
      expect((await entryOf(coach, entry)).status).toBe('notified');
    });
  });

  describe('people', () => {
    const suspend = (person: TestPerson): Promise<unknown> =>
      expectStatus(admin.http.post(`/admin/users/${person.id}/suspend`).send({ reason: 'x' }), 200);

    it('who are suspended wait no more, and what they were offered goes on', async () => {
      const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
      await leave();
      told.length = 0;
      await suspend(first);
      expect((await entryOf(coach, one)).status).toBe('cancelled');
      expect(await entryOf(coach, two)).toMatchObject({ status: 'notified', position: 1 });
      expect(told).toEqual([['waitlist.offered.v1', second.id, undefined]]);
    });

    it('who cannot be booked offer nothing until they are back', async () => {
      const entry = await join(first, coach.id, SLOT);
      await suspend(coach);
      await leave();
      expect((await expectStatus<{ items: unknown[] }>(first.http.get('/waitlist'), 200)).items).toMatchObject([
        { status: 'waiting' },
      ]);
      expect(await runQueueJob(app)).toBe(0);
      await expectStatus(admin.http.post(`/admin/users/${coach.id}/reactivate`), 200);
      expect((await entryOf(coach, entry)).status).toBe('notified');
    });

    it('who are suspended with an offer out keep it, and it is taken by nobody', async () => {
      const entry = await join(first, coach.id, SLOT);
      await leave();
      await suspend(coach);
      const answer = await first.http.post(`/waitlist/${entry.id}/confirm`);
      expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([409, 'slot_unavailable']);
    });

    it('who close their account wait no more, and nobody waits for them', async () => {
      const colleague = await aCoach(app);
      await book(holder, colleague.id, '2026-03-05T09:00:00Z');
      await join(coach, colleague.id, '2026-03-05T09:00:00Z');
      await join(first, coach.id, SLOT);
      told.length = 0;
      await expectStatus(coach.http.delete('/users/me'), 200);
      expect(await expectStatus(first.http.get('/waitlist'), 200)).toMatchObject({ items: [], total: 0 });
      expect(await liveQueueOf(colleague, '2026-03-05T09:00:00Z')).toEqual([]);
      expect(told).toEqual([['waitlist.cancelled.v1', first.id, 'slot_gone']]);
    });
  });

  it('is left alone by a job that runs twice, or late', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await leave();
    await app.setClock('2026-03-03T12:00:00Z');
    expect(await runQueueJob(app)).toBeGreaterThanOrEqual(2);
    expect(await entryOf(coach, two)).toMatchObject({ status: 'notified', notified_at: '2026-03-03T12:00:00Z' });
    const before = await Promise.all([one, two].map((entry) => entryOf(coach, entry)));
    expect(await Promise.all([runQueueJob(app), runQueueJob(app)])).toEqual([0, 0]);
    expect(await Promise.all([one, two].map((entry) => entryOf(coach, entry)))).toEqual(before);
  });

  it('is made up for by the job when nobody told of it', async () => {
    const entry = await join(first, coach.id, SLOT);
    await app.database.query('UPDATE availabilities SET max_slots = 2 WHERE coach_id = $1', [coach.id]);
    const ran = await app.advance(60);
    expect(ran.map(({ name }) => name)).toContain('expire_waitlist_notifications');
    expect((await entryOf(coach, entry)).status).toBe('notified');
  });
});
