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
      discovery_duration_min: 30,
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
      discoveryDurationMin: 30,
      clientMessage: null,
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
    expect(await coaches.cheapestPublicSessionPrice(coach.id)).toBeNull();
    const session = { type: 'per_session', name: 'Séance' };
    await add(coach, '/coaches/pricing', { ...session, price_cents: 100, is_public: false });
    await add(coach, '/coaches/pricing', { type: 'package', name: 'Dix', price_cents: 50, session_count: 10 });
    expect(await coaches.cheapestPublicSessionPrice(coach.id)).toBeNull();
    await add(coach, '/coaches/pricing', { ...session, price_cents: 6000 });
    await add(coach, '/coaches/pricing', { ...session, price_cents: 100, currency: 'CHF' });
    const elder = await add(coach, '/coaches/pricing', { ...session, price_cents: 5000 });
    await app.advance(1);
    await add(coach, '/coaches/pricing', { ...session, price_cents: 5000 });
    expect(await coaches.cheapestPublicSessionPrice(coach.id)).toEqual({
      pricingId: elder,
      priceCents: 5000,
      currency: 'EUR',
    });
  });

  it("is found by its id only when it is this coach's, public and of a single session", async () => {
    const coach = await coachWith();
    const session = { type: 'per_session', name: 'Séance', price_cents: 5000 };
    const open = await add(coach, '/coaches/pricing', session);
    const closed = await add(coach, '/coaches/pricing', { ...session, is_public: false });
    const several = await add(coach, '/coaches/pricing', { ...session, type: 'package', session_count: 5 });
    const foreign = await add(await coachWith(), '/coaches/pricing', session);
    expect(await coaches.getSessionPrice(coach.id, open)).toEqual({
      pricingId: open,
      priceCents: 5000,
      currency: 'EUR',
    });
    for (const id of [closed, several, foreign, randomUUID()])
      await expect(coaches.getSessionPrice(coach.id, id)).rejects.toMatchObject({ code: 'pricing_not_found' });
  });
});
