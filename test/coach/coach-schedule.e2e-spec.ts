import { randomUUID } from 'node:crypto';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { CoachService } from 'src/modules/coach/coach.service';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

let app: TestApp;
let coaches: CoachService;
let unit: UnitOfWork;

beforeAll(async () => {
  app = await startTestApp();
  coaches = app.nest.get(CoachService, { strict: false });
  unit = app.nest.get(UnitOfWork, { strict: false });
});
afterAll(async () => {
  await app.close();
});

async function coachWith(profile: Record<string, unknown> = {}): Promise<TestPerson> {
  const person = await app.register({ role: 'coach' });
  expect((await person.http.post('/coaches/profile').send(profile)).status).toBe(201);
  return person;
}

async function add(coach: TestPerson, path: string, body: Record<string, unknown>): Promise<string> {
  const answer = await coach.http.post(path).send(body);
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

/** Waits for what another connection of this database is blocked on, instead of for a time. */
async function untilSomebodyWaitsForALock(): Promise<void> {
  for (;;) {
    const { rows } = await app.database.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows[0]?.waiting) return;
  }
}

describe('what other modules read of a coach', () => {
  it('is his hours, his settings and the policy that holds for him', async () => {
    const coach = await coachWith({
      currency: 'CHF',
      session_duration_min: 45,
      discovery_enabled: true,
      discovery_free: false,
      discovery_price_cents: 1500,
      discovery_duration_min: 30,
      max_clients: 12,
      booking_horizon_days: 20,
      buffer_min: 15,
      min_notice_hours: 6,
    });
    await add(coach, '/coaches/availability', { day_of_week: 4, start_time: '14:00', end_time: '23:59', max_slots: 3 });
    await add(coach, '/coaches/availability', {
      day_of_week: 4,
      start_time: '09:00',
      end_time: '12:30',
      active: false,
    });
    await add(coach, '/coaches/availability', {
      day_of_week: 1,
      start_time: '00:00',
      end_time: '01:00',
      booking_horizon_days: 7,
    });
    expect(await coaches.findSchedule(coach.id)).toEqual({
      coachId: coach.id,
      timezone: 'Europe/Paris',
      sessionDurationMin: 45,
      bufferMin: 15,
      minNoticeHours: 6,
      horizonDays: 20,
      currency: 'CHF',
      discoveryEnabled: true,
      discoveryFree: false,
      discoveryPriceCents: 1500,
      discoveryDurationMin: 30,
      maxClients: 12,
      policy: { thresholdHours: 24, mode: 'auto', noshowIsDue: true, clientMessage: null },
      windows: [
        { dayOfWeek: 1, startMinute: 0, endMinute: 60, maxSlots: 1, horizonDays: 7, active: true },
        { dayOfWeek: 4, startMinute: 540, endMinute: 750, maxSlots: 1, horizonDays: null, active: false },
        { dayOfWeek: 4, startMinute: 840, endMinute: 1439, maxSlots: 3, horizonDays: null, active: true },
      ],
    });
  });

  it('has no hours for a coach who gave none', async () => {
    const coach = await coachWith();
    expect(await coaches.findSchedule(coach.id)).toMatchObject({ windows: [], horizonDays: 30 });
  });

  it('has the policy that the coach stored, in the same query', async () => {
    const coach = await coachWith();
    const before = app.queryCount();
    const plain = await coaches.findSchedule(coach.id);
    const cost = app.queryCount() - before;
    const policy = { threshold_hours: 48, mode: 'manual', noshow_is_due: false, client_message: 'À bientôt' };
    expect((await coach.http.put('/coaches/cancellation-policy').send(policy)).status).toBe(200);
    const between = app.queryCount();
    const stored = await coaches.findSchedule(coach.id);
    expect([cost, app.queryCount() - between]).toEqual([1, 1]);
    expect(plain).toMatchObject({ discoveryFree: true, discoveryPriceCents: null, maxClients: null });
    expect(stored).toMatchObject({
      policy: { thresholdHours: 48, mode: 'manual', noshowIsDue: false, clientMessage: 'À bientôt' },
    });
  });

  it('has the default policy where none is stored', async () => {
    const coach = await coachWith();
    await app.database.query('DELETE FROM cancellation_policies WHERE coach_id = $1', [coach.id]);
    expect(await coaches.findSchedule(coach.id)).toMatchObject({
      policy: { thresholdHours: 24, mode: 'auto', noshowIsDue: true, clientMessage: null },
    });
  });

  it('is his profile, where he has one', async () => {
    const coach = await coachWith({ max_clients: 3 });
    const person = await app.register({ role: 'coach' });
    expect(await coaches.profileOf(coach.id)).toMatchObject({ userId: coach.id, maxClients: 3 });
    expect(await coaches.profileOf(person.id)).toBeNull();
    await coaches.assertProfile(coach.id);
    await expect(coaches.assertProfile(person.id)).rejects.toMatchObject({ code: 'coach_profile_not_found' });
  });

  it('is nothing for somebody without a profile', async () => {
    const coach = await app.register({ role: 'coach' });
    for (const id of [coach.id, randomUUID()]) {
      expect(await coaches.findSchedule(id)).toBeNull();
      expect(await unit.run(() => coaches.lockSchedule(id))).toBeNull();
      await expect(unit.run(() => coaches.lockTimezone(id))).rejects.toMatchObject({ code: 'coach_profile_not_found' });
    }
  });

  it.each([
    ['active', true],
    ['unverified', true],
    ['suspended', false],
    ['deletion_pending', false],
    ['deleted', false],
  ])('of an account that is %s: bookable is %s', async (status, bookable) => {
    const coach = await coachWith();
    await app.database.query('UPDATE users SET status = $2, status_before_suspension = $3 WHERE id = $1', [
      coach.id,
      status,
      status === 'suspended' ? 'active' : null,
    ]);
    expect((await coaches.findSchedule(coach.id)) !== null).toBe(bookable);
    expect((await unit.run(() => coaches.lockSchedule(coach.id))) !== null).toBe(bookable);
    // What is booked with him can still be cancelled.
    expect(await unit.run(() => coaches.lockTimezone(coach.id))).toBe('Europe/Paris');
  });
});

describe("the coach's lock", () => {
  it('shows the hours as they are once it is held, not as they were when it was asked for', async () => {
    const coach = await coachWith();
    const id = await add(coach, '/coaches/availability', { day_of_week: 0, start_time: '09:00', end_time: '12:00' });
    const other = await app.database.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM coach_profiles WHERE user_id = $1 FOR NO KEY UPDATE', [coach.id]);
      await other.query('UPDATE availabilities SET max_slots = 4 WHERE id = $1', [id]);
      const locked = unit.run(() => coaches.lockSchedule(coach.id));
      await untilSomebodyWaitsForALock();
      await other.query('COMMIT');
      expect((await locked)?.windows).toMatchObject([{ maxSlots: 4 }]);
    } finally {
      other.release();
    }
  });

  it('makes a change of hours wait', async () => {
    const coach = await coachWith();
    const hours = { day_of_week: 0, start_time: '09:00', end_time: '12:00' };
    const held = await unit.run(async () => {
      await coaches.lockSchedule(coach.id);
      const change = coach.http
        .post('/coaches/availability')
        .send(hours)
        .then(({ status }) => status);
      await untilSomebodyWaitsForALock();
      const seen = await coaches.findSchedule(coach.id);
      return { change, windows: seen?.windows };
    });
    expect(held.windows).toEqual([]);
    expect(await held.change).toBe(201);
  });
});

describe('the price of a single session', () => {
  it('is the cheapest public one, and the elder of two alike', async () => {
    const coach = await coachWith();
    expect(await coaches.sessionPriceFor(coach.id, { includePrivate: false })).toBeNull();
    const session = { type: 'per_session', name: 'Séance' };
    await add(coach, '/coaches/pricing', { ...session, price_cents: 100, is_public: false });
    await add(coach, '/coaches/pricing', { type: 'package', name: 'Dix', price_cents: 50, session_count: 10 });
    expect(await coaches.sessionPriceFor(coach.id, { includePrivate: false })).toBeNull();
    await add(coach, '/coaches/pricing', { ...session, price_cents: 6000 });
    await add(coach, '/coaches/pricing', { ...session, price_cents: 100, currency: 'CHF' });
    const elder = await add(coach, '/coaches/pricing', { ...session, price_cents: 5000 });
    await app.advance(1);
    await add(coach, '/coaches/pricing', { ...session, price_cents: 5000 });
    expect(await coaches.sessionPriceFor(coach.id, { includePrivate: false })).toEqual({
      pricingId: elder,
      priceCents: 5000,
      currency: 'EUR',
      isPublic: true,
    });
  });

  it('may be a private one where those are meant too, after every public one', async () => {
    const coach = await coachWith();
    const session = { type: 'per_session', name: 'Séance' };
    expect(await coaches.hasPrices(coach.id)).toBe(false);
    const dear = await add(coach, '/coaches/pricing', { ...session, price_cents: 900, is_public: false });
    expect(await coaches.hasPrices(coach.id)).toBe(true);
    const priceFor = (includePrivate: boolean) => coaches.sessionPriceFor(coach.id, { includePrivate });
    expect(await priceFor(false)).toBeNull();
    expect(await priceFor(true)).toMatchObject({ pricingId: dear });
    expect(await coaches.getSessionPrice(coach.id, dear, { includePrivate: true })).toMatchObject({ priceCents: 900 });
    const open = await add(coach, '/coaches/pricing', { ...session, price_cents: 5000 });
    expect(await priceFor(true)).toMatchObject({ pricingId: open });
  });

  it("is found by its id only when it is this coach's, public and of a single session", async () => {
    const coach = await coachWith();
    const session = { type: 'per_session', name: 'Séance', price_cents: 5000 };
    const open = await add(coach, '/coaches/pricing', session);
    const closed = await add(coach, '/coaches/pricing', { ...session, is_public: false });
    const several = await add(coach, '/coaches/pricing', { ...session, type: 'package', session_count: 5 });
    const foreign = await add(await coachWith(), '/coaches/pricing', session);
    expect(await coaches.getSessionPrice(coach.id, open, { includePrivate: false })).toEqual({
      pricingId: open,
      priceCents: 5000,
      currency: 'EUR',
      isPublic: true,
    });
    for (const id of [closed, several, foreign, randomUUID()])
      await expect(coaches.getSessionPrice(coach.id, id, { includePrivate: false })).rejects.toMatchObject({
        code: 'pricing_not_found',
      });
  });
});
