import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { type RelationStatus, RelationService } from 'src/modules/coach/relations/relation.service';
import { RELATION_STATUSES } from 'src/modules/coach/relations/relation.types';
import { aCoach } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

/** One day after the other. */
const day = (number: number): Date => new Date(Date.UTC(2026, 2, number, 9));

describe('what happens between a coach and a client', () => {
  let app: TestApp;
  let relations: RelationService;
  let coach: TestPerson;
  let people: TestPerson[];
  let next = 0;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    relations = app.nest.get(RelationService);
    coach = await aCoach(app, { days: [] });
    people = await crowd(app, 80);
  });
  afterAll(() => app.close());

  const somebody = (): string => people[next++]?.id ?? '';
  const statusOf = async (clientId: string): Promise<RelationStatus | null> =>
    (await relations.find(coach.id, clientId))?.status ?? null;
  const standing = async (status: RelationStatus | 'none'): Promise<string> => {
    const clientId = somebody();
    if (status !== 'none')
      await app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, share_performances, allow_unit_booking, created_at, updated_at)
         VALUES ($1, $2, $3, $3 <> 'ended', true, $4, $4)`,
        [coach.id, clientId, status, day(1)],
      );
    return clientId;
  };

  it('opens a relation with what was confirmed, and nothing shared', async () => {
    const clientId = somebody();
    await relations.bookingConfirmed(coach.id, clientId, 'session', day(3));
    expect(await relations.find(coach.id, clientId)).toEqual({
      id: expect.any(String),
      coachId: coach.id,
      clientId,
      status: 'active',
      allowUnitBooking: false,
      sharePerformances: false,
      firstDoneAt: null,
      createdAt: day(3),
      updatedAt: day(3),
    });
  });

  it.each<[RelationStatus | 'none', RelationStatus, RelationStatus, RelationStatus]>([
    // from, after a confirmed discovery, after a confirmed session, after a done discovery
    ['none', 'discovery', 'active', 'active'],
    ['pending', 'discovery', 'active', 'active'],
    ['discovery', 'discovery', 'active', 'active'],
    ['active', 'active', 'active', 'active'],
    ['paused', 'paused', 'paused', 'paused'],
    ['ended', 'discovery', 'active', 'ended'],
  ])('leads from %s to %s, %s or %s', async (from, discovered, trained, done) => {
    const [first, second, third] = [await standing(from), await standing(from), await standing(from)];
    await relations.bookingConfirmed(coach.id, first, 'discovery', day(3));
    await relations.bookingConfirmed(coach.id, second, 'session', day(3));
    await relations.sessionDone(coach.id, third, 'discovery', day(3));
    expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([discovered, trained, done]);
  });

  it('told again changes nothing', async () => {
    const clientId = somebody();
    await relations.bookingConfirmed(coach.id, clientId, 'session', day(3));
    await relations.sessionDone(coach.id, clientId, 'session', day(4));
    const once = await relations.find(coach.id, clientId);
    await relations.bookingConfirmed(coach.id, clientId, 'session', day(5));
    await relations.sessionDone(coach.id, clientId, 'session', day(5));
    expect(await relations.find(coach.id, clientId)).toEqual(once);
    expect(once).toMatchObject({ firstDoneAt: day(4), updatedAt: day(4), createdAt: day(3) });
  });

  it('keeps the earliest done session, and another one when that was judged otherwise', async () => {
    const clientId = somebody();
    await relations.sessionDone(coach.id, clientId, 'session', day(6));
    await relations.sessionDone(coach.id, clientId, 'session', day(4));
    await relations.sessionDone(coach.id, clientId, 'session', day(8));
    expect((await relations.find(coach.id, clientId))?.firstDoneAt).toEqual(day(4));
    await relations.setFirstDone(coach.id, clientId, day(6));
    expect((await relations.find(coach.id, clientId))?.firstDoneAt).toEqual(day(6));
    await relations.setFirstDone(coach.id, clientId, null);
    expect((await relations.find(coach.id, clientId))?.firstDoneAt).toBeNull();
  });

  it('remembers the first done session when it wakes again', async () => {
    const clientId = somebody();
    await relations.sessionDone(coach.id, clientId, 'session', day(4));
    await relations.change(coach.id, clientId, { status: 'ended' }, day(5));
    await relations.bookingConfirmed(coach.id, clientId, 'session', day(6));
    expect(await relations.find(coach.id, clientId)).toMatchObject({ status: 'active', firstDoneAt: day(4) });
  });

  it('is asked for: a pending relation, taken back when nothing else carried it on', async () => {
    const clientId = somebody();
    const { before } = await relations.requested(coach.id, clientId, day(3));
    expect(before).toBeNull();
    expect(await statusOf(clientId)).toBe('pending');
    await relations.requestWithdrawn(coach.id, clientId, before);
    await relations.requestWithdrawn(coach.id, clientId, before);
    expect(await statusOf(clientId)).toBeNull();
  });

  it.each(RELATION_STATUSES)('is asked for again without a change, and taken back without one: %s', async (status) => {
    const clientId = await standing(status);
    const found = await relations.find(coach.id, clientId);
    const { before } = await relations.requested(coach.id, clientId, day(3));
    expect(before).toBe(status);
    await relations.requestWithdrawn(coach.id, clientId, before);
    expect(await relations.find(coach.id, clientId)).toEqual(found);
  });

  it('is not taken back when a session was confirmed meanwhile', async () => {
    const clientId = somebody();
    const { before } = await relations.requested(coach.id, clientId, day(3));
    await relations.bookingConfirmed(coach.id, clientId, 'session', day(4));
    await relations.requestWithdrawn(coach.id, clientId, before);
    expect(await statusOf(clientId)).toBe('active');
  });

  it.each<[RelationStatus | 'none', RelationStatus]>([
    ['none', 'discovery'],
    ['pending', 'discovery'],
    ['ended', 'discovery'],
    ['active', 'active'],
    ['paused', 'paused'],
  ])('accepted, leads from %s to %s', async (from, to) => {
    const clientId = await standing(from);
    expect(await relations.requestAccepted(coach.id, clientId, day(4))).toMatchObject({ clientId, status: to });
    expect(await statusOf(clientId)).toBe(to);
  });

  it('makes one relation, whoever comes first of many at once', async () => {
    const clientId = somebody();
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        index % 3 === 0
          ? relations.requested(coach.id, clientId, day(3))
          : relations.bookingConfirmed(coach.id, clientId, index % 3 === 1 ? 'discovery' : 'session', day(3)),
      ),
    );
    const { rows } = await app.database.query('SELECT status FROM relations WHERE client_id = $1', [clientId]);
    expect(rows).toEqual([{ status: 'active' }]);
  });

  it('tells exactly one of many requests that it made the relation', async () => {
    const clientId = somebody();
    const told = await Promise.all(Array.from({ length: 20 }, () => relations.requested(coach.id, clientId, day(3))));
    expect(told.filter(({ before }) => before === null)).toHaveLength(1);
    expect(told.filter(({ before }) => before === 'pending')).toHaveLength(19);
  });

  it('is not lost when it is taken back and confirmed at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const clientId = somebody();
      await relations.requested(coach.id, clientId, day(3));
      await Promise.all([
        relations.requestWithdrawn(coach.id, clientId, null),
        relations.bookingConfirmed(coach.id, clientId, 'session', day(3)),
      ]);
      expect(await statusOf(clientId)).toBe('active');
    }
  });

  it('goes with the act that it belongs to: nothing is left when that is undone', async () => {
    const clientId = somebody();
    const act = app.nest.get(UnitOfWork).run(async () => {
      await relations.bookingConfirmed(coach.id, clientId, 'session', day(3));
      throw new Error('undone');
    });
    await expect(act).rejects.toThrow('undone');
    expect(await statusOf(clientId)).toBeNull();
  });

  it('is shared by the client, and no more once the coach ends it', async () => {
    const clientId = await standing('active');
    expect(await relations.share(coach.id, clientId, false, day(4))).toMatchObject({ sharePerformances: false });
    expect(await relations.share(coach.id, clientId, true, day(5))).toMatchObject({
      sharePerformances: true,
      allowUnitBooking: true,
      updatedAt: day(5),
    });
    const ended = await relations.change(coach.id, clientId, { status: 'ended' }, day(6));
    expect(ended).toMatchObject({ status: 'ended', sharePerformances: false, allowUnitBooking: true });
    const resumed = await relations.change(coach.id, clientId, { status: 'active' }, day(7));
    expect(resumed).toMatchObject({ status: 'active', sharePerformances: false });
    expect(await relations.share(coach.id, somebody(), true, day(4))).toBeNull();
  });

  it('counts discovery and active as taken, and paused as a client too', async () => {
    const other = await aCoach(app, { days: [] });
    for (const status of RELATION_STATUSES)
      await app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)`,
        [other.id, somebody(), status, day(1)],
      );
    expect(await relations.countClients(other.id)).toBe(3);
    expect(await relations.isFull(other.id, null)).toBe(false);
    expect(await relations.isFull(other.id, 3)).toBe(false);
    expect(await relations.isFull(other.id, 2)).toBe(true);
    expect(await relations.isFull(other.id, 1)).toBe(true);
  });

  it('is found from both sides, for many in one query', async () => {
    const other = await aCoach(app, { days: [] });
    const [one, two, stranger] = [somebody(), somebody(), somebody()];
    for (const [coachId, clientId, status] of [
      [coach.id, one, 'active'],
      [other.id, one, 'paused'],
      [coach.id, two, 'ended'],
    ])
      await app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)`,
        [coachId, clientId, status, day(1)],
      );
    const before = app.queryCount();
    const ofCoach = await relations.ofCoachAndClients(coach.id, [one, two, stranger]);
    expect(app.queryCount() - before).toBe(1);
    expect([...ofCoach].map(([id, { status }]) => [id, status]).sort()).toEqual(
      [
        [one, 'active'],
        [two, 'ended'],
      ].sort(),
    );
    const ofClient = await relations.ofClientAndCoaches(one, [coach.id, other.id]);
    expect(ofClient.get(other.id)?.status).toBe('paused');
    expect((await relations.findOfClient(one)).map(({ coachId }) => coachId).sort()).toEqual(
      [coach.id, other.id].sort(),
    );
    expect((await relations.findOfClient(one, ['paused'])).map(({ coachId }) => coachId)).toEqual([other.id]);
    await expect(relations.get(other.id, two)).rejects.toMatchObject({ code: 'client_not_found' });
    expect(await relations.get(coach.id, two)).toMatchObject({ status: 'ended' });
  });
});
