import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Page {
  items: WireBooking[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}

describe('listing bookings', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;
  const ids: string[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app);
    client = await app.register();
    for (const day of ['03', '04', '05', '06']) ids.push((await book(client, coach.id, `2026-03-${day}T09:00:00Z`)).id);
    await expectStatus(coach.http.post(`/bookings/${ids[0] ?? ''}/confirm`), 200);
    await expectStatus(coach.http.post(`/bookings/${ids[1] ?? ''}/reject`), 200);
    await expectStatus(coach.http.post(`/bookings/${ids[2] ?? ''}/confirm`), 200);
  });
  afterAll(() => app.close());

  const page = (person: TestPerson, query = ''): Promise<Page> =>
    expectStatus<Page>(person.http.get(`/bookings${query}`), 200);
  const places = async (person: TestPerson, query: string): Promise<number[]> =>
    (await page(person, query)).items.map(({ id }) => ids.indexOf(id));

  it('shows a client the latest first and a coach the earliest', async () => {
    expect(await places(client, '')).toEqual([3, 2, 1, 0]);
    expect(await places(coach, '')).toEqual([0, 1, 2, 3]);
  });

  it('asks by part: a coach is nobody’s client here', async () => {
    expect(await places(coach, '?as=client')).toEqual([]);
    expect(await places(client, '?as=coach')).toEqual([]);
  });

  it('filters by status, one or several', async () => {
    expect(await places(client, '?status=confirmed')).toEqual([2, 0]);
    expect(await places(client, '?status=confirmed&status=rejected')).toEqual([2, 1, 0]);
  });

  it('filters by bucket, in which the coming ones are earliest first', async () => {
    expect(await places(client, '?bucket=upcoming')).toEqual([0, 2, 3]);
    expect(await places(client, '?bucket=cancelled')).toEqual([1]);
    await app.setClock('2026-03-03T09:00:00Z');
    expect(await places(client, '?bucket=past')).toEqual([0]);
    expect(await places(client, '?bucket=upcoming')).toEqual([2, 3]);
    await app.setClock('2026-03-02T06:00:00Z');
  });

  it('filters by instants, the end excluded, and by whole days in the caller’s zone', async () => {
    expect(await places(client, '?from=2026-03-04T09:00:00Z&to=2026-03-05T09:00:00Z')).toEqual([1]);
    expect(await places(client, '?from=2026-03-04&to=2026-03-05')).toEqual([2, 1]);
  });

  it('filters by the other party', async () => {
    expect(await places(coach, `?client_id=${client.id}`)).toEqual([0, 1, 2, 3]);
    expect(await places(coach, `?client_id=${coach.id}`)).toEqual([]);
    expect(await places(client, `?coach_id=${coach.id}&status=rejected`)).toEqual([1]);
  });

  it('pages without repeating or losing a row', async () => {
    const first = await page(client, '?limit=3');
    const second = await page(client, '?limit=3&offset=3');
    expect(first).toMatchObject({ total: 4, offset: 0, limit: 3, has_more: true });
    expect(second).toMatchObject({ total: 4, offset: 3, limit: 3, has_more: false });
    expect([...first.items, ...second.items].map(({ id }) => ids.indexOf(id))).toEqual([3, 2, 1, 0]);
    expect(await page(client, '?offset=10')).toMatchObject({ items: [], total: 4, has_more: false });
  });

  it.each([
    ['?limit=0', 'limit', 'too_small'],
    ['?limit=101', 'limit', 'too_large'],
    ['?offset=-1', 'offset', 'too_small'],
    ['?limit=ten', 'limit', 'invalid_type'],
    ['?limit=1&limit=9', 'limit', 'invalid_type'],
    ['?status=gone', 'status', 'invalid_value'],
    ['?bucket=soon', 'bucket', 'invalid_value'],
    ['?from=2026-03-05&to=2026-03-01', 'to', 'invalid_date_range'],
    ['?from=yesterday', 'from', 'invalid_date_range'],
    ['?client_id=1', 'client_id', 'invalid_format'],
  ])('refuses %s by naming the field (trust 7)', async (query, field, code) => {
    const answer = await expectStatus<{ errors: object[] }>(client.http.get(`/bookings${query}`), 422);
    expect(answer).toMatchObject({ detail: 'validation_error', errors: [{ field, code }] });
  });

  it('costs the same number of queries for one row and for many', async () => {
    const queries = async (query: string): Promise<number> => {
      const before = app.queryCount();
      await page(client, query);
      return app.queryCount() - before;
    };
    await page(client, '?limit=1');
    expect(await queries('?limit=1')).toBe(await queries('?limit=100'));
  });
});
