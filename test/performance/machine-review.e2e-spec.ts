import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  anAdmin,
  exercisesOf,
  faultsIn,
  type Refusal,
  rejected,
  submitted,
  toldTo,
  validated,
  type WireMachine,
} from './machines';

interface Pending {
  items: WireMachine[];
  total: number;
  has_more: boolean;
}

let app: TestApp;
let admin: TestPerson;
let person: TestPerson;
let press: string;
let calves: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await anAdmin(app);
  [calves = '', press = ''] = await exercisesOf(app, 'a-test-of-calves', 'b-test-of-legs');
});
afterAll(() => app.close());
beforeEach(async () => {
  person = await app.register();
});

const validate = (id: string, body: object = {}, who = admin) =>
  who.http.post(`/admin/machines/${id}/validate`).send(body);
const reject = (id: string, body: object = {}, who = admin) => who.http.post(`/admin/machines/${id}/reject`).send(body);
const newCode = (): string => `code-${randomUUID()}`;

async function pending(query = ''): Promise<Pending> {
  return expectStatus<Pending>(admin.http.get(`/admin/machines/pending${query}`), 200);
}

describe('the acceptance of a machine', () => {
  it('shows it as it was described, to admins with its code and contributor', async () => {
    const claim = { brand: 'Matrix', model: 'Ultra', photo_url: 'https://example.com/a.jpg', qr_code_hash: newCode() };
    const machine = await submitted(person, { ...claim, exercise_type_ids: [press] });
    await app.advance(60);
    expect(await validated(admin, machine)).toEqual({
      ...machine,
      ...claim,
      status: 'validated',
      validated: true,
      submitted_by: person.id,
    });
    const { rows } = await app.database.query(
      'SELECT reviewed_at - created_at = $2 AS later FROM machines WHERE id = $1',
      [machine.id, '00:01:00'],
    );
    expect(rows).toEqual([{ later: true }]);
  });

  it('works without a body', async () => {
    const { id } = await submitted(person);
    expect((await admin.http.post(`/admin/machines/${id}/validate`)).status).toBe(200);
  });

  it('puts right what an admin corrects, and leaves the rest', async () => {
    const machine = await submitted(person, {
      brand: 'Matrx',
      model: 'Ultra',
      photo_url: 'https://example.com/a.jpg',
      exercise_type_ids: [press],
    });
    const code = newCode();
    const correction = { type_key: 'hack_squat', brand: 'Matrix', qr_code_hash: code, exercise_type_ids: [calves] };
    expect(await validated(admin, machine, correction)).toMatchObject({
      type_key: 'hack_squat',
      brand: 'Matrix',
      model: 'Ultra',
      photo_url: 'https://example.com/a.jpg',
      qr_code_hash: code,
      exercises: [{ id: calves }],
    });
    const seen = await person.http.get(`/machines/qr/${code}`);
    expect(seen.body).toMatchObject({ id: machine.id, brand: 'Matrix', exercises: [{ id: calves }] });
    const second = await submitted(person, { brand: 'X', model: 'Y', exercise_type_ids: [press, calves] });
    const cleared = { brand: null, model: '', exercise_type_ids: [] };
    expect(await validated(admin, second, cleared)).toMatchObject({ brand: null, model: null, exercises: [] });
  });

  it('gives a code to a machine that has none, or that loses its own', async () => {
    const first = await validated(admin, await submitted(person));
    const second = await validated(admin, await submitted(person, { qr_code_hash: newCode() }), { qr_code_hash: null });
    for (const { id, qr_code_hash } of [first, second]) {
      expect(qr_code_hash).toMatch(/^[\w-]{22}$/);
      expect((await person.http.get(`/machines/qr/${qr_code_hash ?? ''}`)).body).toMatchObject({ id });
    }
    expect(first.qr_code_hash).not.toBe(second.qr_code_hash);
  });

  it.each<[string, unknown, string]>([
    ['type_key', 'spaceship', 'invalid_machine_type'],
    ['type_key', null, 'invalid_machine_type'],
    ['brand', 'x'.repeat(101), 'too_long'],
    ['model', 'x'.repeat(101), 'too_long'],
    ['qr_code_hash', 'x'.repeat(65), 'too_long'],
    ['exercise_type_ids', Array.from({ length: 51 }, () => randomUUID()), 'too_many'],
  ])('refuses a correction of %s beyond its limits', async (field, value, code) => {
    const { id } = await submitted(person);
    const refused = await validate(id, { [field]: value });
    expect(refused.status).toBe(422);
    expect(faultsIn(refused.body)).toEqual([`${field} ${value === null ? 'required' : code}`]);
    expect((await pending('?limit=100')).items.map((item) => item.id)).toContain(id);
  });

  it('refuses a code that another machine has, and unknown exercises, and leaves the machine to be judged', async () => {
    const code = newCode();
    const awaited = await submitted(person, { qr_code_hash: code });
    const { id } = await submitted(person, { exercise_type_ids: [press] });
    const taken = await validate(id, { qr_code_hash: code, exercise_type_ids: [] });
    expect([taken.status, (taken.body as Refusal).detail]).toEqual([409, 'qr_code_exists']);
    const missing = await validate(id, { brand: 'X', exercise_type_ids: [randomUUID()] });
    expect([missing.status, (missing.body as Refusal).detail]).toEqual([404, 'exercise_not_found']);
    const still = (await pending('?limit=100')).items.find((item) => item.id === id);
    expect(still).toMatchObject({ brand: null, qr_code_hash: null, exercises: [{ id: press }] });
    expect(await toldTo(person)).toEqual([]);
    await rejected(admin, awaited);
    expect((await validate(id, { qr_code_hash: code })).status).toBe(200);
  });
});

describe('the refusal of a machine', () => {
  it('keeps it with the reason, and never shows it', async () => {
    const code = newCode();
    const machine = await submitted(person, { qr_code_hash: code });
    expect(await rejected(admin, machine, { reason: 'Photo floue' })).toMatchObject({
      id: machine.id,
      status: 'rejected',
      validated: false,
      rejection_reason: 'Photo floue',
      submitted_by: person.id,
    });
    expect((await person.http.get(`/machines/qr/${code}`)).status).toBe(404);
    const { rows } = await app.database.query('SELECT status FROM machines WHERE id = $1', [machine.id]);
    expect(rows).toEqual([{ status: 'rejected' }]);
  });

  it('takes a reason of 500 characters, or none', async () => {
    const reason = 'x'.repeat(500);
    expect(await rejected(admin, await submitted(person), { reason })).toMatchObject({ rejection_reason: reason });
    for (const empty of [{}, { reason: '' }, { reason: null }])
      expect(await rejected(admin, await submitted(person), empty)).toMatchObject({ rejection_reason: null });
    const { id } = await submitted(person);
    expect(faultsIn((await reject(id, { reason: `${reason}x` })).body)).toEqual(['reason too_long']);
  });
});

describe('a machine', () => {
  it('is judged once', async () => {
    for (const judge of [validated, rejected]) {
      const machine = await submitted(person);
      await judge(admin, machine);
      for (const again of [await validate(machine.id, { brand: 'Late' }), await reject(machine.id, { reason: 'Late' })])
        expect([again.status, (again.body as Refusal).detail]).toEqual([422, 'already_validated']);
      const { rows } = await app.database.query('SELECT brand, rejection_reason FROM machines WHERE id = $1', [
        machine.id,
      ]);
      expect(rows).toEqual([{ brand: null, rejection_reason: null }]);
    }
    expect(await toldTo(person)).toHaveLength(2);
  });

  it('has one verdict when several come at once, and its contributor is told once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const contributor = await app.register();
      const { id } = await submitted(contributor);
      const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((turn) => (turn % 2 ? validate(id) : reject(id))));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422, 422]);
      const winner = answers.find(({ status }) => status === 200)?.body as WireMachine;
      const told = await toldTo(contributor);
      expect(told.map(({ type }) => type)).toEqual([`machine_${winner.status}`]);
    }
  });

  it('is judged by admins, who find what is there only', async () => {
    const { id } = await submitted(person);
    const coach = await app.register({ role: 'coach' });
    for (const who of [person, coach])
      for (const answer of [
        await validate(id, {}, who),
        await reject(id, {}, who),
        await who.http.get('/admin/machines/pending'),
      ])
        expect([answer.status, (answer.body as Refusal).detail]).toEqual([403, 'forbidden']);
    for (const answer of [await validate(randomUUID()), await reject(randomUUID())])
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'machine_not_found']);
    expect((await validate('seven')).status).toBe(422);
    expect((await app.http.get('/admin/machines/pending')).status).toBe(401);
    expect((await pending('?limit=100')).items.map((item) => item.id)).toContain(id);
  });
});

describe('the machines that await a review', () => {
  it('are listed oldest first with what can be done on them, and leave the list when they are judged', async () => {
    await app.database.query('DELETE FROM machines');
    const code = newCode();
    const first = await submitted(person, { qr_code_hash: code, exercise_type_ids: [press, calves] });
    await app.advance(1);
    const second = await submitted(person);
    await app.advance(1);
    const third = await submitted(person);
    const page = await pending();
    expect(page).toMatchObject({ total: 3, has_more: false });
    expect(page.items.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(page.items[0]).toEqual({ ...first, submitted_by: person.id, qr_code_hash: code });
    expect(await pending('?limit=1&offset=1')).toMatchObject({ items: [{ id: second.id }], has_more: true, total: 3 });
    await validated(admin, first);
    await rejected(admin, second);
    expect((await pending()).items.map(({ id }) => id)).toEqual([third.id]);
    expect((await admin.http.get('/admin/machines/pending?limit=101')).status).toBe(422);
  });

  it('cost the same number of queries, however many there are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await pending('?limit=100');
      return app.queryCount() - before;
    };
    await submitted(person, { exercise_type_ids: [press] });
    await cost();
    const few = await cost();
    for (let turn = 0; turn < 8; turn += 1) await submitted(person, { exercise_type_ids: [press, calves] });
    expect(await cost()).toBe(few);
  });
});
