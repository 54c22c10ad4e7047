import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const DEFAULT = { threshold_hours: 24, mode: 'auto', noshow_is_due: true, client_message: null };
const PATH = '/coaches/cancellation-policy';

interface Refusal {
  errors?: { field: string; code: string }[];
}

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

const put = (body: object, person = coach) => person.http.put(PATH).send(body);

async function stored(person = coach): Promise<unknown> {
  return expectStatus(person.http.get(PATH), 200);
}

describe('the cancellation policy of a coach', () => {
  it('is made with the profile, at its defaults', async () => {
    expect(await stored()).toEqual(DEFAULT);
    const { rows } = await app.database.query('SELECT threshold_hours FROM cancellation_policies WHERE coach_id = $1', [
      coach.id,
    ]);
    expect(rows).toEqual([{ threshold_hours: 24 }]);
  });

  it('is the default where none is stored, and is stored by the first change', async () => {
    await app.database.query('DELETE FROM cancellation_policies WHERE coach_id = $1', [coach.id]);
    expect(await stored()).toEqual(DEFAULT);
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ cancellation_policy: DEFAULT });
    expect((await put({ mode: 'manual' })).body).toEqual({ ...DEFAULT, mode: 'manual' });
    expect(await stored()).toEqual({ ...DEFAULT, mode: 'manual' });
  });

  it('keeps what is given, leaves what is absent and clears what is null or emptied', async () => {
    const whole = { threshold_hours: 48, mode: 'manual', noshow_is_due: false, client_message: 'Prévenez tôt.\nMerci' };
    const answer = await put(whole);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(whole);
    expect((await put({})).body).toEqual(whole);
    expect((await put({ threshold_hours: 2 })).body).toEqual({ ...whole, threshold_hours: 2 });
    expect((await put({ client_message: null })).body).toMatchObject({ client_message: null });
    await put({ client_message: 'x' });
    expect((await put({ client_message: '  ' })).body).toMatchObject({ client_message: null });
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ cancellation_policy: await stored() });
  });

  it.each<[string, unknown[], unknown, string]>([
    ['threshold_hours', [1, 168], 0, 'too_small'],
    ['threshold_hours', [24], 169, 'too_large'],
    ['threshold_hours', [24], 1.5, 'invalid_type'],
    ['threshold_hours', [24], null, 'required'],
    ['mode', ['auto', 'manual'], 'none', 'invalid_value'],
    ['mode', ['auto'], null, 'required'],
    ['noshow_is_due', [true, false], 'true', 'invalid_type'],
    ['noshow_is_due', [true], null, 'required'],
    ['client_message', ['é'.repeat(500)], 'é'.repeat(501), 'too_long'],
    ['client_message', ['tab\tand\nline'], 'nul\u0000', 'invalid_format'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    for (const value of good) {
      const taken = await put({ [field]: value });
      expect(taken.status).toBe(200);
      expect((taken.body as Record<string, unknown>)[field]).toEqual(value);
    }
    const before = await stored();
    const refused = await put({ [field]: bad });
    expect(refused.status).toBe(422);
    expect((refused.body as Refusal).errors?.map((fault) => `${fault.field} ${fault.code}`)).toEqual([
      `${field} ${code}`,
    ]);
    expect(await stored()).toEqual(before);
  });

  it('keeps both of two changes that come at once', async () => {
    await Promise.all([put({ threshold_hours: 3 }), put({ noshow_is_due: false }), put({ mode: 'manual' })]);
    expect(await stored()).toEqual({ ...DEFAULT, threshold_hours: 3, noshow_is_due: false, mode: 'manual' });
  });

  it('is his own, and closed to clients and to people without a key', async () => {
    const other = await app.register({ role: 'coach' });
    await other.http.post('/coaches/profile').send({});
    await put({ threshold_hours: 7 }, other);
    expect(await stored()).toEqual(DEFAULT);
    const client = await app.register();
    expect((await client.http.get(PATH)).status).toBe(403);
    expect((await put({ threshold_hours: 7 }, client)).status).toBe(403);
    expect((await app.http.get(PATH)).status).toBe(401);
    expect((await app.http.put(PATH).send({})).status).toBe(401);
  });
});

describe('a change of the policy', () => {
  it('is for later bookings only', async () => {
    const busy = await aCoach(app);
    const client = await app.register();
    const policiesOf = async (id: string): Promise<unknown> => {
      const { rows } = await app.database.query(
        `SELECT policy_threshold_hours AS hours, policy_mode AS mode, policy_noshow_is_due AS due
         FROM bookings WHERE id = $1`,
        [id],
      );
      return rows[0];
    };
    const early = await book(client, busy.id, '2026-03-05T09:00:00Z');
    await expectStatus(busy.http.post(`/bookings/${early.id}/confirm`), 200);
    await put({ threshold_hours: 168, mode: 'manual', noshow_is_due: false }, busy);
    const late = await book(client, busy.id, '2026-03-06T09:00:00Z');
    await expectStatus(busy.http.post(`/bookings/${late.id}/confirm`), 200);
    expect(await policiesOf(early.id)).toEqual({ hours: 24, mode: 'auto', due: true });
    expect(await policiesOf(late.id)).toEqual({ hours: 168, mode: 'manual', due: false });

    const cancelled = async (id: string): Promise<unknown> =>
      (await expectStatus(client.http.delete(`/bookings/${id}`).send({}), 200))['status'];
    expect(await cancelled(early.id)).toBe('cancelled_by_client');
    expect(await cancelled(late.id)).toBe('cancelled_late_by_client');
  });

  it('shows its message with the slots at once', async () => {
    const busy = await aCoach(app);
    await put({ client_message: 'Prévenez la veille' }, busy);
    const list = await expectStatus(busy.http.get(`/coaches/${busy.id}/slots`), 200);
    expect(JSON.stringify(list)).toContain('Prévenez la veille');
  });
});
