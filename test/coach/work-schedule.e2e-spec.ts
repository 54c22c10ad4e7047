import { EventBus } from 'src/common/events/event-bus';
import { AvailabilityChanged } from 'src/modules/coach/coach.events';
import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { faultsOf } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { IDLE_WEEK } from './profiles';

interface TimeSlot {
  start_time: string;
  end_time: string;
}
interface Day {
  day_of_week: number;
  is_working_day: boolean;
  time_slots: TimeSlot[];
}
interface Hours extends TimeSlot {
  id: string;
  day_of_week: number;
  max_slots: number;
  booking_horizon_days: number;
  active: boolean;
}

const PATH = '/coaches/work-schedule';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  coach = await app.register({ role: 'coach' });
  await expectStatus(coach.http.post('/coaches/profile').send({}), 201);
});

const slots = (...ranges: string[]): TimeSlot[] =>
  ranges.map((range) => ({ start_time: range.slice(0, 5), end_time: range.slice(6) }));
const working = (day_of_week: number, ...ranges: string[]): Day => ({
  day_of_week,
  is_working_day: true,
  time_slots: slots(...ranges),
});
const weekWith = (...days: Day[]): Day[] =>
  IDLE_WEEK.map((idle) => days.find(({ day_of_week }) => day_of_week === idle.day_of_week) ?? idle);
const put = (days: unknown, person = coach) => person.http.put(PATH).send({ days });

async function hours(person = coach): Promise<Hours[]> {
  return expectStatus<Hours[]>(person.http.get('/coaches/availability'), 200);
}

describe('the week of a coach', () => {
  it('has seven days off at first', async () => {
    expect(await expectStatus(coach.http.get(PATH), 200)).toEqual(IDLE_WEEK);
  });

  it('is what was saved, and becomes one range of hours for each of its ranges', async () => {
    const week = weekWith(working(0, '09:00-12:00', '14:00-18:00'), working(6, '00:00-23:59'));
    const answer = await put(week);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(week);
    expect(await expectStatus(coach.http.get(PATH), 200)).toEqual(week);
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ work_schedule: week });
    const made = { id: expect.any(String), max_slots: 1, booking_horizon_days: 30, active: true };
    expect(await hours()).toEqual([
      { ...made, day_of_week: 0, start_time: '09:00', end_time: '12:00' },
      { ...made, day_of_week: 0, start_time: '14:00', end_time: '18:00' },
      { ...made, day_of_week: 6, start_time: '00:00', end_time: '23:59' },
    ]);
  });

  it('is replaced as a whole: a day that is not named is off, and the hours of a day off are not kept', async () => {
    await put(weekWith(working(0, '09:00-12:00'), working(1, '09:00-12:00')));
    const answer = await put([
      working(2, '08:00-09:00'),
      { day_of_week: 3, is_working_day: false, time_slots: slots('09:00-10:00') },
      { day_of_week: 4, is_working_day: true },
    ]);
    expect(answer.body).toEqual(weekWith(working(2, '08:00-09:00')));
    expect(await hours()).toHaveLength(1);
    expect((await put([])).body).toEqual(IDLE_WEEK);
    expect(await hours()).toEqual([]);
  });

  it('keeps seats and horizon of a range that stays, and of no other', async () => {
    await put([working(0, '09:00-12:00', '14:00-18:00')]);
    const [morning, afternoon] = await hours();
    for (const row of [morning, afternoon])
      await expectStatus(
        coach.http.put(`/coaches/availability/${String(row?.id)}`).send({ max_slots: 6, booking_horizon_days: 9 }),
        200,
      );
    await put([working(0, '09:00-12:00', '14:00-18:01'), working(1, '09:00-12:00')]);
    const after = await hours();
    expect(after.map((row) => [row.day_of_week, row.end_time, row.max_slots, row.booking_horizon_days])).toEqual([
      [0, '12:00', 6, 9],
      [0, '18:01', 1, 30],
      [1, '12:00', 1, 30],
    ]);
    expect(after[0]?.id).toBe(morning?.id);
  });

  it('brings a range back that was switched off, with its seats, and removes one that it does not name', async () => {
    await put([working(0, '09:00-12:00'), working(1, '09:00-12:00')]);
    for (const { id } of await hours())
      await coach.http.put(`/coaches/availability/${id}`).send({ active: false, max_slots: 3 });
    expect(await expectStatus(coach.http.get(PATH), 200)).toEqual(IDLE_WEEK);
    await put([working(1, '09:00-12:00')]);
    expect(await hours()).toMatchObject([{ day_of_week: 1, max_slots: 3, active: true }]);
  });

  it('shows what is changed range by range', async () => {
    await put([working(0, '09:00-12:00')]);
    const [row] = await hours();
    await coach.http.put(`/coaches/availability/${String(row?.id)}`).send({ end_time: '11:00' });
    await coach.http.post('/coaches/availability').send({ day_of_week: 2, start_time: '08:00', end_time: '09:00' });
    expect(await expectStatus(coach.http.get(PATH), 200)).toEqual(
      weekWith(working(0, '09:00-11:00'), working(2, '08:00-09:00')),
    );
  });
});

describe('a week that is refused', () => {
  it.each<[string, unknown, string[]]>([
    ['no list', { 0: 'x' }, ['days invalid_type']],
    ['nothing', undefined, ['days required']],
    ['a day that is none', ['monday'], ['days invalid_type']],
    ['eight days', [...IDLE_WEEK, IDLE_WEEK[0]], ['days too_many', 'days invalid_value']],
    ['a day twice', [IDLE_WEEK[0], IDLE_WEEK[0]], ['days invalid_value']],
    ['an eighth weekday', [{ ...IDLE_WEEK[0], day_of_week: 7 }], ['days.0.day_of_week too_large']],
    ['a day of no number', [{ is_working_day: true }], ['days.0.day_of_week required']],
    ['a day that does not say whether it is off', [{ day_of_week: 0 }], ['days.0.is_working_day required']],
    [
      'an end before its start',
      [working(0, '09:00-12:00', '14:00-13:00')],
      ['days.0.time_slots.1.end_time invalid_time_range'],
    ],
    [
      'an end at its start',
      [IDLE_WEEK[0], working(1, '09:00-09:00')],
      ['days.1.time_slots.0.end_time invalid_time_range'],
    ],
    [
      'a time that is none',
      [working(0, '9:00x-noon?')],
      ['days.0.time_slots.0.start_time invalid_format', 'days.0.time_slots.0.end_time invalid_format'],
    ],
    ['midnight as an end', [working(0, '09:00-24:00')], ['days.0.time_slots.0.end_time invalid_format']],
    [
      'ranges a minute over one another',
      [working(0, '09:00-12:00', '11:59-13:00')],
      ['days.0.time_slots overlapping_time_slots'],
    ],
    ['the same range twice', [working(0, '09:00-12:00', '09:00-12:00')], ['days.0.time_slots overlapping_time_slots']],
    ['ranges out of order', [working(0, '14:00-18:00', '09:00-12:00')], ['days.0.time_slots overlapping_time_slots']],
    ['slots that are none', [{ ...IDLE_WEEK[0], time_slots: [null] }], ['days.0.time_slots invalid_type']],
    [
      'thirteen ranges',
      [working(0, ...Array.from({ length: 13 }, (_, hour) => `${String(hour + 10)}:00-${String(hour + 10)}:30`))],
      ['days.0.time_slots too_many'],
    ],
  ])('has %s', async (_, days, expected) => {
    await put([working(3, '09:00-12:00')]);
    const before = await hours();
    const answer = await put(days);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body).sort()).toEqual([...expected].sort());
    expect(await hours()).toEqual(before);
  });

  it('is not one of twelve ranges a day that touch', async () => {
    const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
    const ranges = Array.from({ length: 12 }, (_, hour) => `${clock(hour)}-${clock(hour + 1)}`);
    const week = IDLE_WEEK.map(({ day_of_week }) => working(day_of_week, ...ranges));
    expect((await put(week)).body).toEqual(week);
    expect(await hours()).toHaveLength(84);
  });
});

describe('a change of the week', () => {
  it('leaves bookings as they are, and changes the slots at once', async () => {
    const busy = await aCoach(app, { from: '08:00', to: '12:00' });
    const client = await app.register();
    const booking = await book(client, busy.id, '2026-03-03T08:00:00Z');
    await put([working(1, '14:00-16:00')], busy);
    expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toEqual(booking);
    const starts = (await slotsOf(client, busy.id, '?from=2026-03-03&to=2026-03-03')).map((slot) => slot.scheduled_at);
    expect(starts).toEqual(['2026-03-03T13:00:00Z', '2026-03-03T14:00:00Z']);
    await expectInvariants(app.database);
  });

  it('is told to the other modules once', async () => {
    const told: string[] = [];
    app.nest.get(EventBus).subscribe(AvailabilityChanged, 'test', (event) => {
      told.push(event.coachId);
      return Promise.resolve();
    });
    await put([working(0, '09:00-12:00')]);
    await put([working(0, '12:00-09:00')]);
    expect(told.filter((id) => id === coach.id)).toHaveLength(1);
  });

  it('is one of two whole weeks when two are saved at once', async () => {
    const weeks = [
      weekWith(working(0, '08:00-12:00', '13:00-15:00'), working(2, '09:00-17:00')),
      weekWith(working(0, '09:00-13:00', '14:00-18:00'), working(2, '09:00-17:00'), working(5, '10:00-11:00')),
    ];
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => put(weeks[index % 2])));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const saved = await expectStatus(coach.http.get(PATH), 200);
      expect(weeks).toContainEqual(saved);
      expect((await hours()).map((row) => row.max_slots)).toEqual((await hours()).map(() => 1));
    }
  });

  it('is his own, and closed to clients and to people without a key', async () => {
    const other = await aCoach(app, { days: [4] });
    await put([working(0, '09:00-12:00')]);
    expect(await hours(other)).toMatchObject([{ day_of_week: 4 }]);
    const client = await app.register();
    expect((await client.http.get(PATH)).status).toBe(403);
    expect((await put([], client)).status).toBe(403);
    expect((await app.http.get(PATH)).status).toBe(401);
    expect((await app.http.put(PATH).send({ days: [] })).status).toBe(401);
    expect(await hours()).toHaveLength(1);
  });
});
