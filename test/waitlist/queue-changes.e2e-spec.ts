import { randomUUID } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { entryOf, join, liveQueueOf, type WireEntry } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { QueueStage, refused, SLOT } from './queue-stage';

describe('the queue of a slot', () => {
  let app: TestApp;
  let admin: TestPerson;
  let stage: QueueStage;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    stage = await QueueStage.of(app);
  });
  afterEach(() => expectInvariants(app.database));

  const reorder = (rows: unknown, person = stage.coach) =>
    person.http.put(`/waitlist/${stage.coach.id}/${SLOT}/reorder`).send(rows as object);

  describe('is left', () => {
    it('by who waits, and closes up', async () => {
      const [one, two, three] = await stage.threeWaiting();
      await expectStatus(stage.first.http.delete(`/waitlist/${one.id}`), 204);
      expect(await liveQueueOf(stage.coach, SLOT)).toEqual([
        [stage.second.id, 'waiting'],
        [stage.third.id, 'waiting'],
      ]);
      expect(await refused(stage.first.http.delete(`/waitlist/${one.id}`))).toEqual([404, 'waitlist_entry_not_found']);
      expect([(await entryOf(stage.coach, two)).position, (await entryOf(stage.coach, three)).position]).toEqual([
        1, 2,
      ]);
      expect(await join(stage.first, stage.coach.id, SLOT)).toMatchObject({ position: 3 });
    });

    it('at the wish of its coach or an admin, and of nobody else', async () => {
      const [one, two] = await stage.threeWaiting();
      for (const other of [stage.second, stage.holder, await aCoach(app)])
        expect(await refused(other.http.delete(`/waitlist/${one.id}`))).toEqual([404, 'waitlist_entry_not_found']);
      await expectStatus(stage.coach.http.delete(`/waitlist/${one.id}`), 204);
      await expectStatus(admin.http.delete(`/waitlist/${two.id}`), 204);
      expect(await liveQueueOf(stage.coach, SLOT)).toEqual([[stage.third.id, 'waiting']]);
    });

    it('by who was offered the place, which goes to the next', async () => {
      const [one, two] = await stage.threeWaiting();
      const { items } = await expectStatus<{ items: { id: string }[] }>(stage.holder.http.get('/bookings'), 200);
      await expectStatus(stage.holder.http.delete(`/bookings/${items[0]?.id ?? ''}`), 200);
      expect((await entryOf(stage.coach, one)).status).toBe('notified');
      await expectStatus(stage.first.http.delete(`/waitlist/${one.id}`), 204);
      expect(await entryOf(stage.coach, two)).toMatchObject({ status: 'notified', position: 1 });
    });
  });

  describe('is put in another order', () => {
    it('by its coach: those named first, the rest behind them', async () => {
      const [one, two, three] = await stage.threeWaiting();
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
      const [one, two, three] = await stage.threeWaiting();
      const { items } = await expectStatus<{ items: { id: string }[] }>(stage.holder.http.get('/bookings'), 200);
      await expectStatus(stage.holder.http.delete(`/bookings/${items[0]?.id ?? ''}`), 200);
      const rows = await expectStatus<WireEntry[]>(reorder([{ id: three.id, position: 1 }]), 200);
      expect(rows.map(({ id, position }) => [id, position])).toEqual([
        [three.id, 2],
        [two.id, 3],
      ]);
      expect(await refused(reorder([{ id: one.id, position: 1 }]))).toEqual([404, 'waitlist_entry_not_found']);
      await expectStatus(stage.first.http.delete(`/waitlist/${one.id}`), 204);
      expect((await entryOf(stage.coach, three)).status).toBe('notified');
    });

    it('of people who wait there, each at a place of his own', async () => {
      const [one, two] = await stage.threeWaiting();
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
      await book(stage.third, elsewhere.id, '2026-03-07T09:00:00Z');
      const foreign = await join(stage.first, elsewhere.id, '2026-03-07T09:00:00Z');
      expect(await refused(reorder([{ id: foreign.id, position: 1 }]))).toEqual([404, 'waitlist_entry_not_found']);
      expect(await refused(reorder([{ id: one.id, position: 1 }], elsewhere))).toEqual([404, 'coach_not_found']);
      expect(await refused(reorder([{ id: one.id, position: 1 }], stage.first))).toEqual([403, 'forbidden']);
    });

    it('while people come and go, without losing anybody', async () => {
      const people = await crowd(app, 8);
      const entries = await Promise.all(people.map((person) => join(person, stage.coach.id, SLOT)));
      await Promise.all([
        ...people.slice(0, 4).map((person, index) => person.http.delete(`/waitlist/${entries[index]?.id ?? ''}`)),
        ...entries.slice(4).map(({ id }, index) => reorder([{ id, position: index + 1 }])),
        join(stage.first, stage.coach.id, SLOT),
      ]);
      expect(await liveQueueOf(stage.coach, SLOT)).toHaveLength(5);
    });
  });

  it('gives on a session that the coach made outside his hours, as long as it was', async () => {
    await bond(app, stage.coach, stage.holder);
    const start = '2026-03-04T21:00:00Z';
    const made = stage.coach.http.post('/bookings').send({
      coach_id: stage.coach.id,
      client_id: stage.holder.id,
      scheduled_at: start,
      duration_min: 90,
    });
    const { id } = await expectStatus<{ id: string }>(made, 201);
    const entry = await join(stage.first, stage.coach.id, start);
    await expectStatus(stage.holder.http.delete(`/bookings/${id}`), 200);
    const { booking } = await expectStatus<{ booking: object }>(
      stage.first.http.post(`/waitlist/${entry.id}/confirm`),
      200,
    );
    expect(booking).toMatchObject({ duration_min: 90, ends_at: '2026-03-04T22:30:00Z' });
  });
});
