import { randomUUID } from 'node:crypto';
import { faultsOf, type Refusal, unsigned } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireAvailability {
  id: string;
  [field: string]: unknown;
}

const MORNING = { day_of_week: 0, start_time: '09:00', end_time: '12:00' };

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  coach = await coachWith();
});

async function coachWith(profile: Record<string, unknown> = {}): Promise<TestPerson> {
  const person = await app.register({ role: 'coach' });
  expect((await person.http.post('/coaches/profile').send(profile)).status).toBe(201);
  return person;
}

async function hours(values: Record<string, unknown> = {}): Promise<WireAvailability> {
  const answer = await coach.http.post('/coaches/availability').send({ ...MORNING, ...values });
  expect(answer.status).toBe(201);
  return answer.body as WireAvailability;
}

async function list(): Promise<WireAvailability[]> {
  const answer = await coach.http.get('/coaches/availability');
  expect(answer.status).toBe(200);
  return answer.body as WireAvailability[];
}

describe('adding hours', () => {
  it('answers the whole range with its defaults', async () => {
    const answer = await coach.http.post('/coaches/availability').send(MORNING);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      ...MORNING,
      max_slots: 1,
      booking_horizon_days: 30,
      active: true,
    });
    expect(await list()).toEqual([answer.body]);
  });

  it('keeps everything that was given', async () => {
    const given = { day_of_week: 6, start_time: '00:00', end_time: '23:59', max_slots: 8, booking_horizon_days: 7 };
    expect(await hours({ ...given, active: false })).toMatchObject({ ...given, active: false });
  });

  it('follows the horizon of the profile until it has its own', async () => {
    const { id } = await hours();
    await coach.http.put('/coaches/profile').send({ booking_horizon_days: 60 });
    expect((await list())[0]).toMatchObject({ booking_horizon_days: 60 });
    const own = await coach.http.put(`/coaches/availability/${id}`).send({ booking_horizon_days: 10 });
    expect(own.body).toMatchObject({ booking_horizon_days: 10 });
    const cleared = await coach.http.put(`/coaches/availability/${id}`).send({ booking_horizon_days: null });
    expect(cleared.body).toMatchObject({ booking_horizon_days: 60 });
  });

  it('names every fault at once', async () => {
    const answer = await coach.http
      .post('/coaches/availability')
      .send({ start_time: '12:00', end_time: '11:59', max_slots: 51 });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body).sort()).toEqual([
      'day_of_week required',
      'end_time invalid_time_range',
      'max_slots too_large',
    ]);
  });

  it.each<[string, object, object, string]>([
    ['day_of_week', { day_of_week: 0 }, { day_of_week: -1 }, 'too_small'],
    ['day_of_week', { day_of_week: 6 }, { day_of_week: 7 }, 'too_large'],
    ['max_slots', { max_slots: 1 }, { max_slots: 0 }, 'too_small'],
    ['max_slots', { max_slots: 50 }, { max_slots: 51 }, 'too_large'],
    ['booking_horizon_days', { booking_horizon_days: 1 }, { booking_horizon_days: 0 }, 'too_small'],
    ['booking_horizon_days', { booking_horizon_days: 365 }, { booking_horizon_days: 366 }, 'too_large'],
    ['start_time', { start_time: '00:00' }, { start_time: '9:00' }, 'invalid_format'],
    ['start_time', { start_time: '11:59' }, { start_time: 9 }, 'invalid_type'],
    ['end_time', { end_time: '23:59' }, { end_time: '24:00' }, 'invalid_format'],
    ['end_time', { end_time: '09:01' }, { end_time: '09:00' }, 'invalid_time_range'],
    ['end_time', { end_time: '10:00' }, { end_time: '08:59' }, 'invalid_time_range'],
    ['active', { active: false }, { active: null }, 'required'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    const refused = await coach.http.post('/coaches/availability').send({ ...MORNING, ...bad });
    expect(refused.status).toBe(422);
    expect(faultsOf(refused.body)).toEqual([`${field} ${code}`]);
    const taken = await coach.http.post('/coaches/availability').send({ ...MORNING, ...good });
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject(good);
  });

  it('lists by day, then by start', async () => {
    await hours({ day_of_week: 3 });
    await hours({ day_of_week: 1, start_time: '14:00', end_time: '15:00' });
    await hours({ day_of_week: 1 });
    expect((await list()).map((row) => [row['day_of_week'], row['start_time']])).toEqual([
      [1, '09:00'],
      [1, '14:00'],
      [3, '09:00'],
    ]);
  });

  it('adds one range for one idempotency key', async () => {
    const key = randomUUID();
    const send = (): PromiseLike<{ status: number; body: unknown; headers: Record<string, string> }> =>
      coach.http.post('/coaches/availability').set('Idempotency-Key', key).send(MORNING);
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await list()).toHaveLength(1);
  });
});

describe('two ranges of a day', () => {
  it.each([
    ['the same', '09:00', '12:00'],
    ['one inside', '10:00', '11:00'],
    ['one around', '08:00', '13:00'],
    ['a minute shared at the start', '08:00', '09:01'],
    ['a minute shared at the end', '11:59', '13:00'],
  ])('do not overlap: %s', async (_, start_time, end_time) => {
    await hours();
    const answer = await coach.http.post('/coaches/availability').send({ ...MORNING, start_time, end_time });
    expect(answer.status).toBe(409);
    expect((answer.body as Refusal).detail).toBe('availability_overlap');
    expect(await list()).toHaveLength(1);
  });

  it('may touch, and may lie at the same time on another day or of another coach', async () => {
    await hours();
    await hours({ start_time: '12:00', end_time: '13:00' });
    await hours({ start_time: '08:00', end_time: '09:00' });
    await hours({ day_of_week: 1 });
    coach = await coachWith();
    await hours();
    expect(await list()).toHaveLength(1);
  });

  it('do not overlap by a change either', async () => {
    await hours();
    const { id } = await hours({ start_time: '14:00', end_time: '15:00' });
    const answer = await coach.http.put(`/coaches/availability/${id}`).send({ start_time: '11:00' });
    expect(answer.status).toBe(409);
    expect((answer.body as Refusal).detail).toBe('availability_overlap');
    expect((await coach.http.put(`/coaches/availability/${id}`).send({ start_time: '12:00' })).status).toBe(200);
  });

  it('are one when many ask for the same at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => coach.http.post('/coaches/availability').send(MORNING)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(await list()).toHaveLength(1);
  });

  it('never overlap when many different ones arrive at once', async () => {
    const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        coach.http.post('/coaches/availability').send({
          ...MORNING,
          start_time: clock(index % 10),
          end_time: clock((index % 10) + 2 + (index % 3)),
        }),
      ),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const rows = await list();
    expect(rows).toHaveLength(answers.filter(({ status }) => status === 201).length);
    rows.slice(1).forEach((row, index) => {
      expect(String(row['start_time']) >= String(rows[index]?.['end_time'])).toBe(true);
    });
  });
});

describe('changing hours', () => {
  it('leaves what is absent', async () => {
    const created = await hours({ max_slots: 3, booking_horizon_days: 5 });
    const answer = await coach.http
      .put(`/coaches/availability/${created.id}`)
      .send({ end_time: '13:00', active: false });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...created, end_time: '13:00', active: false });
    expect(await list()).toEqual([answer.body]);
  });

  it('compares the new end with the start that is kept', async () => {
    const { id } = await hours();
    for (const body of [{ end_time: '09:00' }, { start_time: '12:00' }, { start_time: '10:00', end_time: '09:30' }]) {
      const answer = await coach.http.put(`/coaches/availability/${id}`).send(body);
      expect(answer.status).toBe(422);
      expect(faultsOf(answer.body)).toEqual(['end_time invalid_time_range']);
    }
  });

  it('refuses null where a value is needed', async () => {
    const { id } = await hours();
    const body = { day_of_week: null, start_time: null, end_time: null, max_slots: null, active: null };
    const answer = await coach.http.put(`/coaches/availability/${id}`).send(body);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body).sort()).toEqual(
      Object.keys(body)
        .map((field) => `${field} required`)
        .sort(),
    );
  });

  it('removes them on demand', async () => {
    const { id } = await hours();
    expect((await coach.http.delete(`/coaches/availability/${id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await coach.http.delete(`/coaches/availability/${id}`)).status).toBe(404);
  });
});

describe('access to hours', () => {
  it('is refused to clients and to people without a key', async () => {
    const client = await app.register({ role: 'client' });
    const { id } = await hours();
    for (const answer of [
      await client.http.get('/coaches/availability'),
      await client.http.post('/coaches/availability').send(MORNING),
      await client.http.put(`/coaches/availability/${id}`).send({ active: false }),
      await client.http.delete(`/coaches/availability/${id}`),
    ])
      expect(answer.status).toBe(403);
    expect((await app.http.get('/coaches/availability')).status).toBe(401);
  });

  it('of another coach looks like access to missing ones', async () => {
    const own = await hours();
    const other = await coachWith();
    for (const send of [
      (id: string) => other.http.put(`/coaches/availability/${id}`).send({ active: false }),
      (id: string) => other.http.delete(`/coaches/availability/${id}`),
    ]) {
      const [foreign, missing] = [await send(own.id), await send(randomUUID())];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('availability_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
    }
    expect(await list()).toEqual([own]);
  });
});
