import { randomUUID } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { join, queueOf, type WireEntry } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { NOW, QueueStage, type Refusal, refused, SLOT } from './queue-stage';

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

  const tryJoin = (person: TestPerson, startsAt = SLOT, coachId = stage.coach.id): Promise<Refusal> =>
    refused(person.http.post(`/waitlist/${coachId}/${startsAt}`));

  describe('is joined', () => {
    it('by anybody, last, without a session to pay with', async () => {
      const penniless = await aCoach(app, { priceCents: null });
      await bond(app, penniless, stage.holder);
      await expectStatus(
        penniless.http
          .post(`/coaches/clients/${stage.holder.id}/packages`)
          .send({ name: 'Une', sessions_total: 1, price_cents: 1 }),
        201,
      );
      await book(stage.holder, penniless.id, '2026-03-05T09:00:00Z');
      const entry = await join(stage.first, penniless.id, '2026-03-05T09:00:00Z');
      expect(entry).toEqual({
        id: expect.any(String) as string,
        coach_id: penniless.id,
        client_id: stage.first.id,
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
      expect(await join(stage.coach, penniless.id, '2026-03-05T09:00:00Z')).toMatchObject({ position: 2 });
    });

    it('until it begins', async () => {
      await app.setClock('2026-03-04T08:59:59.999Z');
      expect((await stage.first.http.post(`/waitlist/${stage.coach.id}/${SLOT}`)).status).toBe(201);
      await app.setClock('2026-03-04T09:00:00.000Z');
      expect(await tryJoin(stage.second)).toEqual([422, 'slot_in_past']);
    });

    it('only where there is a slot, or a session that the coach made outside his hours', async () => {
      expect(await tryJoin(stage.first, '2026-03-04T09:30:00Z')).toEqual([422, 'slot_outside_availability']);
      expect(await tryJoin(stage.first, '2026-03-04T21:00:00Z')).toEqual([422, 'slot_outside_availability']);
      await bond(app, stage.coach, stage.holder);
      const late = { coach_id: stage.coach.id, client_id: stage.holder.id, scheduled_at: '2026-03-04T21:00:00Z' };
      await expectStatus(stage.coach.http.post('/bookings').send(late), 201);
      expect(await join(stage.first, stage.coach.id, '2026-03-04T21:00:00Z')).toMatchObject({ status: 'waiting' });
    });

    it('only when no place is left', async () => {
      expect(await tryJoin(stage.first, '2026-03-04T10:00:00Z')).toEqual([422, 'slot_not_full']);
      const group = await aCoach(app, { maxSlots: 2 });
      await book(stage.second, group.id, '2026-03-06T09:00:00Z');
      expect(await tryJoin(stage.first, '2026-03-06T09:00:00Z', group.id)).toEqual([422, 'slot_not_full']);
      await book(stage.third, group.id, '2026-03-06T09:00:00Z');
      await join(stage.first, group.id, '2026-03-06T09:00:00Z');
    });

    it('not by the coach, not by who has the session, and once by each', async () => {
      expect(await tryJoin(stage.coach)).toEqual([422, 'cannot_book_self']);
      expect(await tryJoin(stage.holder)).toEqual([409, 'already_booked']);
      await join(stage.first, stage.coach.id, SLOT);
      expect(await tryJoin(stage.first)).toEqual([409, 'already_in_waitlist']);
    });

    it('not while the coach is away, and not for a coach whom nobody can book', async () => {
      const away = { starts_at: '2026-03-04T09:59:59Z', ends_at: '2026-03-04T12:00:00Z' };
      await expectStatus(stage.coach.http.post('/coaches/time-off').send(away), 201);
      expect(await tryJoin(stage.first)).toEqual([422, 'coach_on_time_off']);
      expect(await tryJoin(stage.first, SLOT, randomUUID())).toEqual([404, 'coach_not_found']);
      expect(await tryJoin(stage.first, SLOT, stage.holder.id)).toEqual([404, 'coach_not_found']);
      await expectStatus(admin.http.post(`/admin/users/${stage.coach.id}/suspend`).send({ reason: 'x' }), 200);
      expect(await tryJoin(stage.first)).toEqual([404, 'coach_not_found']);
    });

    it('with an instant as the slot has it', async () => {
      for (const start of ['tomorrow', '2026-02-30T09:00:00Z', '2026-03-04', '1772614800'])
        expect((await stage.first.http.post(`/waitlist/${stage.coach.id}/${start}`)).body).toMatchObject({
          detail: 'validation_error',
          errors: [{ field: 'slot_datetime', code: 'invalid_datetime' }],
        });
      const encoded = encodeURIComponent('2026-03-04T10:00:00+01:00');
      expect(await join(stage.first, stage.coach.id, encoded)).toMatchObject({ slot_datetime: SLOT });
    });

    it('once for all repeats of one request', async () => {
      const ask = () => stage.first.http.post(`/waitlist/${stage.coach.id}/${SLOT}`).set('Idempotency-Key', 'join');
      const [one, again] = [await ask(), await ask()];
      expect([one.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(one.body);
    });

    it('by a crowd at once, each once and in a row', async () => {
      const people = await crowd(app, 12);
      const answers = await Promise.all(
        [...people, ...people].map((person) => person.http.post(`/waitlist/${stage.coach.id}/${SLOT}`)),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(12);
      const positions = (await queueOf(stage.coach, SLOT)).map(({ position }) => position);
      expect(positions).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });
  });

  describe('is seen', () => {
    it('by who waits: the own entries, newest first, the running ones unless asked otherwise', async () => {
      await join(stage.first, stage.coach.id, SLOT);
      await book(stage.holder, stage.coach.id, '2026-03-05T09:00:00Z');
      await app.setClock('2026-03-02T06:01:00Z');
      const newer = await join(stage.first, stage.coach.id, '2026-03-05T09:00:00Z');
      const own = async (query = ''): Promise<string[]> => {
        const page = await expectStatus<{ items: WireEntry[] }>(stage.first.http.get(`/waitlist${query}`), 200);
        return page.items.map(({ slot_datetime }) => slot_datetime);
      };
      expect(await own()).toEqual(['2026-03-05T09:00:00Z', SLOT]);
      await expectStatus(stage.first.http.delete(`/waitlist/${newer.id}`), 204);
      expect(await own()).toEqual([SLOT]);
      expect(await own('?status=cancelled')).toEqual(['2026-03-05T09:00:00Z']);
      expect(await own('?status=cancelled&status=waiting&limit=1&offset=1')).toEqual([SLOT]);
      expect((await stage.first.http.get('/waitlist?status=gone')).status).toBe(422);
      expect((await expectStatus<{ total: number }>(stage.second.http.get('/waitlist'), 200)).total).toBe(0);
    });

    it('by its coach and by admins, whole and by position', async () => {
      const [one, two, three] = await stage.threeWaiting();
      await expectStatus(stage.second.http.delete(`/waitlist/${two.id}`), 204);
      const seen = (await queueOf(stage.coach, SLOT)).map(({ id, status, position }) => [id, status, position]);
      expect(seen).toEqual([
        [one.id, 'waiting', 1],
        [three.id, 'waiting', 2],
        [two.id, 'cancelled', 2],
      ]);
      const path = `/waitlist/${stage.coach.id}/${SLOT}`;
      expect((await expectStatus<{ total: number }>(admin.http.get(path), 200)).total).toBe(3);
      expect(await refused(stage.first.http.get(path))).toEqual([403, 'forbidden']);
      expect(await refused((await aCoach(app)).http.get(path))).toEqual([404, 'coach_not_found']);
      expect(await refused(admin.http.get(`/waitlist/${stage.first.id}/${SLOT}`))).toEqual([404, 'coach_not_found']);
    });

    it('in the slots, for one query whatever their number', async () => {
      await stage.threeWaiting();
      await book(stage.holder, stage.coach.id, '2026-03-05T09:00:00Z');
      await join(stage.first, stage.coach.id, '2026-03-05T09:00:00Z');
      const cost = async (query: string): Promise<number> => {
        await slotsOf(stage.second, stage.coach.id, query);
        const before = app.queryCount();
        await slotsOf(stage.second, stage.coach.id, query);
        return app.queryCount() - before;
      };
      const short = await cost('?from=2026-03-04&to=2026-03-04');
      expect(await cost('?from=2026-03-03&to=2026-03-31')).toBe(short);
      expect(short).toBeLessThanOrEqual(9);
      const slots = await slotsOf(stage.second, stage.coach.id, '?from=2026-03-04&to=2026-03-05');
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
});
