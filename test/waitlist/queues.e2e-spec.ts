import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { entryOf, join, liveQueueOf, queueOf, type WireEntry } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond } from 'test/booking/dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-04T09:00:00Z';

type Refusal = [status: number, detail: string];

async function refused(request: PromiseLike<{ status: number; body: unknown }>): Promise<Refusal> {
  const { status, body } = await request;
  return [status, (body as { detail: string }).detail];
}

describe('the queue of a slot', () => {
  let app: TestApp;
  let coach: TestPerson;
  let holder: TestPerson;
  let first: TestPerson;
  let second: TestPerson;
  let third: TestPerson;
  let admin: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    [holder, first, second, third] = (await crowd(app, 4)) as [TestPerson, TestPerson, TestPerson, TestPerson];
    await book(holder, coach.id, SLOT);
  });
  afterEach(() => expectInvariants(app.database));

  const tryJoin = (person: TestPerson, startsAt = SLOT, coachId = coach.id): Promise<Refusal> =>
    refused(person.http.post(`/waitlist/${coachId}/${startsAt}`));
  const reorder = (rows: unknown, person = coach) =>
    person.http.put(`/waitlist/${coach.id}/${SLOT}/reorder`).send(rows as object);
  const threeWaiting = async (): Promise<[WireEntry, WireEntry, WireEntry]> => [
    await join(first, coach.id, SLOT),
    await join(second, coach.id, SLOT),
    await join(third, coach.id, SLOT),
  ];

  describe('is joined', () => {
    it('by anybody, last, without a session to pay with', async () => {
      const penniless = await aCoach(app, { priceCents: null });
      await bond(app, penniless, holder);
      await expectStatus(
        penniless.http
          .post(`/coaches/clients/${holder.id}/packages`)
          .send({ name: 'Une', sessions_total: 1, price_cents: 1 }),
        201,
      );
      await book(holder, penniless.id, '2026-03-05T09:00:00Z');
      const entry = await join(first, penniless.id, '2026-03-05T09:00:00Z');
      expect(entry).toEqual({
        id: expect.any(String) as string,
        coach_id: penniless.id,
        client_id: first.id,
        coach_name: 'Inès Martin',
        client_name: 'Client Crowd',
        slot_datetime: '2026-03-05T09:00:00Z',
        position: 1,
        status: 'waiting',
        notified_at: null,
        expires_at: null,
        booking_id: null,
        created_at: NOW,
      });
      expect(await join(coach, penniless.id, '2026-03-05T09:00:00Z')).toMatchObject({ position: 2 });
    });

    it('until it begins', async () => {
      await app.setClock('2026-03-04T08:59:59.999Z');
      expect((await first.http.post(`/waitlist/${coach.id}/${SLOT}`)).status).toBe(201);
      await app.setClock('2026-03-04T09:00:00.000Z');
      expect(await tryJoin(second)).toEqual([422, 'slot_in_past']);
    });

    it('only where there is a slot, or a session that the coach made outside his hours', async () => {
      expect(await tryJoin(first, '2026-03-04T09:30:00Z')).toEqual([422, 'slot_outside_availability']);
      expect(await tryJoin(first, '2026-03-04T21:00:00Z')).toEqual([422, 'slot_outside_availability']);
      await bond(app, coach, holder);
      const late = { coach_id: coach.id, client_id: holder.id, scheduled_at: '2026-03-04T21:00:00Z' };
      await expectStatus(coach.http.post('/bookings').send(late), 201);
      expect(await join(first, coach.id, '2026-03-04T21:00:00Z')).toMatchObject({ status: 'waiting' });
    });

    it('only when no place is left', async () => {
      expect(await tryJoin(first, '2026-03-04T10:00:00Z')).toEqual([422, 'slot_not_full']);
      const group = await aCoach(app, { maxSlots: 2 });
      await book(second, group.id, '2026-03-06T09:00:00Z');
      expect(await tryJoin(first, '2026-03-06T09:00:00Z', group.id)).toEqual([422, 'slot_not_full']);
      await book(third, group.id, '2026-03-06T09:00:00Z');
      await join(first, group.id, '2026-03-06T09:00:00Z');
    });

    it('not by the coach, not by who has the session, and once by each', async () => {
      expect(await tryJoin(coach)).toEqual([422, 'cannot_book_self']);
      expect(await tryJoin(holder)).toEqual([409, 'already_booked']);
      await join(first, coach.id, SLOT);
      expect(await tryJoin(first)).toEqual([409, 'already_in_waitlist']);
    });

    it('not while the coach is away, and not for a coach whom nobody can book', async () => {
      const away = { starts_at: '2026-03-04T09:59:59Z', ends_at: '2026-03-04T12:00:00Z' };
      await expectStatus(coach.http.post('/coaches/time-off').send(away), 201);
      expect(await tryJoin(first)).toEqual([422, 'coach_on_time_off']);
      expect(await tryJoin(first, SLOT, randomUUID())).toEqual([404, 'coach_not_found']);
      expect(await tryJoin(first, SLOT, holder.id)).toEqual([404, 'coach_not_found']);
      await expectStatus(admin.http.post(`/admin/users/${coach.id}/suspend`).send({ reason: 'x' }), 200);
      expect(await tryJoin(first)).toEqual([404, 'coach_not_found']);
    });

    it('with an instant as the slot has it', async () => {
      for (const start of ['tomorrow', '2026-02-30T09:00:00Z', '2026-03-04', '1772614800'])
        expect((await first.http.post(`/waitlist/${coach.id}/${start}`)).body).toMatchObject({
          detail: 'validation_error',
          errors: [{ field: 'slot_datetime', code: 'invalid_datetime' }],
        });
      const encoded = encodeURIComponent('2026-03-04T10:00:00+01:00');
      expect(await join(first, coach.id, encoded)).toMatchObject({ slot_datetime: SLOT });
    });

    it('once for all repeats of one request', async () => {
      const ask = () => first.http.post(`/waitlist/${coach.id}/${SLOT}`).set('Idempotency-Key', 'join');
      const [one, again] = [await ask(), await ask()];
      expect([one.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(one.body);
    });

    it('by a crowd at once, each once and in a row', async () => {
      const people = await crowd(app, 12);
      const answers = await Promise.all(
        [...people, ...people].map((person) => person.http.post(`/waitlist/${coach.id}/${SLOT}`)),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(12);
      const positions = (await queueOf(coach, SLOT)).map(({ position }) => position);
      expect(positions).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });
  });

  describe('is seen', () => {
    it('by who waits: the own entries, newest first, the running ones unless asked otherwise', async () => {
      await join(first, coach.id, SLOT);
      await book(holder, coach.id, '2026-03-05T09:00:00Z');
      await app.setClock('2026-03-02T06:01:00Z');
      const newer = await join(first, coach.id, '2026-03-05T09:00:00Z');
      const own = async (query = ''): Promise<string[]> => {
        const page = await expectStatus<{ items: WireEntry[] }>(first.http.get(`/waitlist${query}`), 200);
        return page.items.map(({ slot_datetime }) => slot_datetime);
      };
      expect(await own()).toEqual(['2026-03-05T09:00:00Z', SLOT]);
      await expectStatus(first.http.delete(`/waitlist/${newer.id}`), 204);
      expect(await own()).toEqual([SLOT]);
      expect(await own('?status=cancelled')).toEqual(['2026-03-05T09:00:00Z']);
      expect(await own('?status=cancelled&status=waiting&limit=1&offset=1')).toEqual([SLOT]);
      expect((await first.http.get('/waitlist?status=gone')).status).toBe(422);
      expect((await expectStatus<{ total: number }>(second.http.get('/waitlist'), 200)).total).toBe(0);
    });

    it('by its coach and by admins, whole and by position', async () => {
      const [one, two, three] = await threeWaiting();
      await expectStatus(second.http.delete(`/waitlist/${two.id}`), 204);
      const seen = (await queueOf(coach, SLOT)).map(({ id, status, position }) => [id, status, position]);
      expect(seen).toEqual([
        [one.id, 'waiting', 1],
        [three.id, 'waiting', 2],
        [two.id, 'cancelled', 2],
      ]);
      const path = `/waitlist/${coach.id}/${SLOT}`;
      expect((await expectStatus<{ total: number }>(admin.http.get(path), 200)).total).toBe(3);
      expect(await refused(first.http.get(path))).toEqual([403, 'forbidden']);
      expect(await refused((await aCoach(app)).http.get(path))).toEqual([404, 'coach_not_found']);
      expect(await refused(admin.http.get(`/waitlist/${first.id}/${SLOT}`))).toEqual([404, 'coach_not_found']);
    });

    it('in the slots, for one query whatever their number', async () => {
      await threeWaiting();
      await book(holder, coach.id, '2026-03-05T09:00:00Z');
      await join(first, coach.id, '2026-03-05T09:00:00Z');
      const cost = async (query: string): Promise<number> => {
        await slotsOf(second, coach.id, query);
        const before = app.queryCount();
        await slotsOf(second, coach.id, query);
        return app.queryCount() - before;
      };
      const short = await cost('?from=2026-03-04&to=2026-03-04');
      expect(await cost('?from=2026-03-03&to=2026-03-31')).toBe(short);
      expect(short).toBeLessThanOrEqual(9);
      const slots = await slotsOf(second, coach.id, '?from=2026-03-04&to=2026-03-05');
      const counts = slots.map((slot) => {
        const { waitlist_count, my_waitlist_position } = slot as unknown as WireEntry;
        return [slot.scheduled_at, waitlist_count, my_waitlist_position];
      });
      expect(counts.filter(([, count]) => count !== 0)).toEqual([
        [SLOT, 3, 2],
        ['2026-03-05T09:00:00Z', 1, null],
      ]);
    });
  });

  describe('is left', () => {
    it('by who waits, and closes up', async () => {
      const [one, two, three] = await threeWaiting();
      await expectStatus(first.http.delete(`/waitlist/${one.id}`), 204);
      expect(await liveQueueOf(coach, SLOT)).toEqual([
        [second.id, 'waiting'],
        [third.id, 'waiting'],
      ]);
      expect(await refused(first.http.delete(`/waitlist/${one.id}`))).toEqual([404, 'waitlist_entry_not_found']);
      expect([(await entryOf(coach, two)).position, (await entryOf(coach, three)).position]).toEqual([1, 2]);
      expect(await join(first, coach.id, SLOT)).toMatchObject({ position: 3 });
    });

    it('at the wish of its coach or an admin, and of nobody else', async () => {
      const [one, two] = await threeWaiting();
      for (const other of [second, holder, await aCoach(app)])
        expect(await refused(other.http.delete(`/waitlist/${one.id}`))).toEqual([404, 'waitlist_entry_not_found']);
      await expectStatus(coach.http.delete(`/waitlist/${one.id}`), 204);
      await expectStatus(admin.http.delete(`/waitlist/${two.id}`), 204);
      expect(await liveQueueOf(coach, SLOT)).toEqual([[third.id, 'waiting']]);
    });

    it('by who was offered the place, which goes to the next', async () => {
      const [one, two] = await threeWaiting();
      const { items } = await expectStatus<{ items: { id: string }[] }>(holder.http.get('/bookings'), 200);
      await expectStatus(holder.http.delete(`/bookings/${items[0]?.id ?? ''}`), 200);
      expect((await entryOf(coach, one)).status).toBe('notified');
      await expectStatus(first.http.delete(`/waitlist/${one.id}`), 204);
      expect(await entryOf(coach, two)).toMatchObject({ status: 'notified', position: 1 });
    });
  });

  describe('is put in another order', () => {
    it('by its coach: those named first, the rest behind them', async () => {
      const [one, two, three] = await threeWaiting();
      const rows = await expectStatus<WireEntry[]>(reorder([{ id: three.id.toUpperCase(), position: 40 }]), 200);
      expect(rows.map(({ id, position }) => [id, position])).toEqual([
        [three.id, 1],
        [one.id, 2],
        [two.id, 3],
      ]);
      const all = [
        { id: one.id, position: 9 },
        { id: two.id, position: 1 },
        { id: three.id, position: 5 },
      ];
      expect((await expectStatus<WireEntry[]>(reorder(all, admin), 200)).map(({ id }) => id)).toEqual([
        two.id,
        three.id,
        one.id,
      ]);
    });

    it('behind who has an offer', async () => {
      const [one, two, three] = await threeWaiting();
      const { items } = await expectStatus<{ items: { id: string }[] }>(holder.http.get('/bookings'), 200);
      await expectStatus(holder.http.delete(`/bookings/${items[0]?.id ?? ''}`), 200);
      const rows = await expectStatus<WireEntry[]>(reorder([{ id: three.id, position: 1 }]), 200);
      expect(rows.map(({ id, position }) => [id, position])).toEqual([
        [three.id, 2],
        [two.id, 3],
      ]);
      expect(await refused(reorder([{ id: one.id, position: 1 }]))).toEqual([404, 'waitlist_entry_not_found']);
      await expectStatus(first.http.delete(`/waitlist/${one.id}`), 204);
      expect((await entryOf(coach, three)).status).toBe('notified');
    });

    it('of people who wait there, each at a place of his own', async () => {
      const [one, two] = await threeWaiting();
      const faults = async (rows: unknown): Promise<unknown> => {
        const { body } = (await reorder(rows)) as { body: { errors?: { field: string; code: string }[] } };
        return body.errors?.map(({ field, code }) => `${field} ${code}`);
      };
      expect(await faults([])).toEqual(['body too_few']);
      expect(await faults({})).toEqual(['body invalid_type']);
      expect(await faults([{ id: one.id, position: 0 }])).toEqual(['0.position too_small']);
      expect(await faults([{ position: 1 }])).toEqual(['0.id required']);
      expect(
        await faults([
          { id: one.id, position: 2 },
          { id: two.id, position: 2 },
          { id: one.id, position: 3 },
        ]),
      ).toEqual(['1.position duplicate_position', '2.id invalid_value']);
      const tooMany = Array.from({ length: 101 }, (_, index) => ({ id: randomUUID(), position: index + 1 }));
      expect(await faults(tooMany)).toEqual(['body too_many']);
      expect(await refused(reorder(tooMany.slice(1)))).toEqual([404, 'waitlist_entry_not_found']);
      const elsewhere = await aCoach(app);
      await book(third, elsewhere.id, '2026-03-07T09:00:00Z');
      const foreign = await join(first, elsewhere.id, '2026-03-07T09:00:00Z');
      expect(await refused(reorder([{ id: foreign.id, position: 1 }]))).toEqual([404, 'waitlist_entry_not_found']);
      expect(await refused(reorder([{ id: one.id, position: 1 }], elsewhere))).toEqual([404, 'coach_not_found']);
      expect(await refused(reorder([{ id: one.id, position: 1 }], first))).toEqual([403, 'forbidden']);
    });

    it('while people come and go, without losing anybody', async () => {
      const people = await crowd(app, 8);
      const entries = await Promise.all(people.map((person) => join(person, coach.id, SLOT)));
      await Promise.all([
        ...people.slice(0, 4).map((person, index) => person.http.delete(`/waitlist/${entries[index]?.id ?? ''}`)),
        ...entries.slice(4).map(({ id }, index) => reorder([{ id, position: index + 1 }])),
        join(first, coach.id, SLOT),
      ]);
      expect(await liveQueueOf(coach, SLOT)).toHaveLength(5);
    });
  });

  it('gives on a session that the coach made outside his hours, as long as it was', async () => {
    await bond(app, coach, holder);
    const start = '2026-03-04T21:00:00Z';
    const made = coach.http.post('/bookings').send({
      coach_id: coach.id,
      client_id: holder.id,
      scheduled_at: start,
      duration_min: 90,
    });
    const { id } = await expectStatus<{ id: string }>(made, 201);
    const entry = await join(first, coach.id, start);
    await expectStatus(holder.http.delete(`/bookings/${id}`), 200);
    const { booking } = await expectStatus<{ booking: object }>(first.http.post(`/waitlist/${entry.id}/confirm`), 200);
    expect(booking).toMatchObject({ duration_min: 90, ends_at: '2026-03-04T22:30:00Z' });
  });
});
