import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireEvent {
  booking_id: string;
  title: string;
  as: string;
  [field: string]: unknown;
}

interface Page {
  items: WireEvent[];
  total: number;
  has_more: boolean;
}

describe('the agenda', () => {
  let app: TestApp;
  let coach: TestPerson;
  let colleague: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app, { from: '00:00', to: '23:59', maxSlots: 5 });
    colleague = await aCoach(app, { maxSlots: 5 });
    client = await app.register({ first_name: 'Zoé', last_name: 'Le Gall' });
  });
  afterAll(() => app.close());

  const agenda = (person: TestPerson, query: string): Promise<Page> =>
    expectStatus<Page>(person.http.get(`/agenda?${query}`), 200);
  const ids = async (person: TestPerson, query: string): Promise<string[]> =>
    (await agenda(person, query)).items.map(({ booking_id: id }) => id);

  it('shows own sessions of both parts, earliest first, each by the name of the other one', async () => {
    const taught = await book(client, coach.id, '2026-03-04T09:00:00Z');
    const taken = await book(coach, colleague.id, '2026-03-03T09:00:00Z');
    const page = await agenda(coach, 'from=2026-03-03&to=2026-03-04');
    expect(page).toEqual({
      total: 2,
      offset: 0,
      limit: 50,
      has_more: false,
      items: [
        {
          booking_id: taken.id,
          title: 'Inès Martin',
          scheduled_at: '2026-03-03T09:00:00Z',
          ends_at: '2026-03-03T10:00:00Z',
          status: 'pending_coach_validation',
          type: 'group',
          as: 'client',
          coach_id: colleague.id,
          coach_name: 'Inès Martin',
          client_id: coach.id,
          client_name: 'Inès Martin',
          gym_name: null,
        },
        {
          booking_id: taught.id,
          title: 'Zoé Le Gall',
          scheduled_at: '2026-03-04T09:00:00Z',
          ends_at: '2026-03-04T10:00:00Z',
          status: 'pending_coach_validation',
          type: 'group',
          as: 'coach',
          coach_id: coach.id,
          coach_name: 'Inès Martin',
          client_id: client.id,
          client_name: 'Zoé Le Gall',
          gym_name: null,
        },
      ],
    });
    expect(await ids(client, 'from=2026-03-03&to=2026-03-04')).toEqual([taught.id]);
    expect(await ids(await app.register(), 'from=2026-03-03&to=2026-03-04')).toEqual([]);
  });

  it('holds what takes time, and nothing that was called off', async () => {
    const kept: string[] = [];
    for (const status of ['pending_coach_validation', 'confirmed', 'done', 'no_show']) {
      const { id } = await book(client, coach.id, `2026-03-05T1${kept.length}:00:00Z`);
      // Only how the row stands counts here, not how it came there.
      await app.database.query('UPDATE bookings SET status = $2, remind_at = NULL WHERE id = $1', [id, status]);
      kept.push(id);
    }
    const gone = await book(client, coach.id, '2026-03-05T15:00:00Z');
    for (const status of [
      'cancelled_by_client',
      'cancelled_late_by_client',
      'cancelled_by_coach',
      'cancelled_by_coach_late',
      'rejected',
      'auto_rejected',
    ]) {
      await app.database.query('UPDATE bookings SET status = $2, remind_at = NULL WHERE id = $1', [gone.id, status]);
      expect(await ids(client, 'from=2026-03-05&to=2026-03-05')).toEqual(kept);
    }
  });

  it('counts days in the caller’s zone, the last one included', async () => {
    const eastern = await app.register({ timezone: 'Pacific/Auckland' });
    // In Auckland 00:00 of the 9th, and one hour before it.
    const before = await book(eastern, coach.id, '2026-03-08T10:00:00Z');
    const first = await book(eastern, coach.id, '2026-03-08T11:00:00Z');
    expect(await ids(eastern, 'from=2026-03-09&to=2026-03-09')).toEqual([first.id]);
    expect(await ids(eastern, 'from=2026-03-08&to=2026-03-08')).toEqual([before.id]);
    expect(await ids(eastern, 'from=2026-03-08&to=2026-03-09')).toEqual([before.id, first.id]);
    await expectStatus(eastern.http.patch('/users/me').send({ timezone: 'UTC' }), 200);
    expect(await ids(eastern, 'from=2026-03-09&to=2026-03-09')).toEqual([]);
  });

  it('pages without repeating or losing a row', async () => {
    const crowd: string[] = [];
    const people = await Promise.all(Array.from({ length: 4 }, () => app.register()));
    for (const person of people) crowd.push((await book(person, colleague.id, '2026-03-10T09:00:00Z')).id);
    crowd.sort();
    const day = 'from=2026-03-10&to=2026-03-10';
    expect(await agenda(colleague, `${day}&limit=3`)).toMatchObject({ total: 4, has_more: true });
    const pages = [await ids(colleague, `${day}&limit=3`), await ids(colleague, `${day}&limit=3&offset=3`)];
    expect(pages.flat()).toEqual(crowd);
    expect(await agenda(colleague, `${day}&offset=9`)).toMatchObject({ items: [], total: 4, has_more: false });
  });

  it('spans 92 days at most, through a change of clocks too', async () => {
    await agenda(client, 'from=2026-03-01&to=2026-05-31');
    await expectStatus(client.http.get('/agenda?from=2026-03-01&to=2026-06-01'), 422);
    await agenda(client, 'from=2026-09-01&to=2026-12-01');
    await expectStatus(client.http.get('/agenda?from=2026-09-01&to=2026-12-02'), 422);
  });

  it.each([
    ['to=2026-03-02', 'from', 'required'],
    ['from=2026-03-02', 'to', 'required'],
    ['from=2026-03-02&to=2026-03-01', 'to', 'invalid_date_range'],
    ['from=2026-02-30&to=2026-03-01', 'from', 'invalid_date_range'],
    ['from=soon&to=2026-03-01', 'from', 'invalid_date_range'],
    ['from=2026-03-01&from=2026-03-02&to=2026-03-03', 'from', 'invalid_type'],
    ['from=2026-03-01&to=2026-03-03&limit=101', 'limit', 'too_large'],
  ])('refuses %s by naming the field', async (query, field, code) => {
    const answer = await expectStatus(client.http.get(`/agenda?${query}`), 422);
    expect(answer).toMatchObject({ detail: 'validation_error', errors: [{ field, code }] });
  });

  it('costs the same number of queries for one session and for many', async () => {
    const cost = async (query: string): Promise<number> => {
      const before = app.queryCount();
      await agenda(client, query);
      return app.queryCount() - before;
    };
    await agenda(client, 'from=2026-03-04&to=2026-03-04');
    expect(await cost('from=2026-03-04&to=2026-03-04')).toBe(2);
    expect(await cost('from=2026-03-03&to=2026-03-10')).toBe(2);
  });
});
