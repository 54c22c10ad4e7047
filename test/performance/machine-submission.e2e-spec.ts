import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anAdmin, exercisesOf, faultsIn, type Refusal, rejected, submitted, unsigned, validated } from './machines';

let app: TestApp;
let admin: TestPerson;
let person: TestPerson;
let press: string;
let calves: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await anAdmin(app);
  person = await app.register();
  [calves = '', press = ''] = await exercisesOf(app, 'a-test-of-calves', 'b-test-of-legs');
});
afterAll(() => app.close());

const submit = (body: object, who = person) => who.http.post('/machines/submit').send(body);
const scan = (code: string, who = person) => who.http.get(`/machines/qr/${encodeURIComponent(code)}`);
const newCode = (): string => `code-${randomUUID()}`;

describe('a machine that somebody describes', () => {
  it('is kept with everything that is said of it, and awaits its review', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const answer = await submit({
      type_key: 'leg_press',
      brand: ' Technogym ',
      model: 'Sélection 700',
      photo_url: 'https://example.com/presse.jpg',
      qr_code_hash: 'lp-700',
      exercise_type_ids: [press, calves, press.toUpperCase()],
      status: 'validated',
      submitted_by: admin.id,
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      type_key: 'leg_press',
      brand: 'Technogym',
      model: 'Sélection 700',
      photo_url: 'https://example.com/presse.jpg',
      status: 'pending',
      validated: false,
      rejection_reason: null,
      exercises: [
        await expectStatus(person.http.get(`/exercises/${calves}`), 200),
        await expectStatus(person.http.get(`/exercises/${press}`), 200),
      ],
      submitted_by: null,
      qr_code_hash: null,
      created_at: '2026-03-02T06:00:00Z',
    });
    const { rows } = await app.database.query('SELECT submitted_by, qr_code_hash FROM machines WHERE id = $1', [
      (answer.body as { id: string }).id,
    ]);
    expect(rows).toEqual([{ submitted_by: person.id, qr_code_hash: 'lp-700' }]);
  });

  it('needs its kind only', async () => {
    const bare = { brand: null, model: null, photo_url: null, exercises: [] };
    expect(await submitted(person, { type_key: 'other' })).toMatchObject({ type_key: 'other', ...bare });
    const emptied = { brand: '', model: '', photo_url: null, qr_code_hash: '', exercise_type_ids: [] };
    expect(await submitted(person, emptied)).toMatchObject(bare);
    expect(await submitted(person, emptied)).toMatchObject(bare);
  });

  const url = (length: number): string => `https://example.com/${'x'.repeat(length - 20)}`;

  it.each<[string, unknown[], unknown, string]>([
    ['type_key', ['cable', 'dumbbell', 'other'], 'spaceship', 'invalid_machine_type'],
    ['type_key', ['smith'], '', 'invalid_machine_type'],
    ['type_key', ['smith'], null, 'required'],
    ['brand', ['x', 'é'.repeat(100), null], 'x'.repeat(101), 'too_long'],
    ['brand', ['x'], 7, 'invalid_type'],
    ['model', ['é'.repeat(100), null], 'x'.repeat(101), 'too_long'],
    ['model', ['x'], 'two\nlines', 'invalid_format'],
    ['photo_url', [url(500), null], url(501), 'too_long'],
    ['photo_url', ['https://example.com'], 'http://example.com/a.jpg', 'invalid_url'],
    ['photo_url', ['https://example.com'], 'https://me:secret@example.com/', 'invalid_url'],
    ['photo_url', ['https://example.com'], 'javascript:alert(1)', 'invalid_url'],
    ['qr_code_hash', [null, 'x'.repeat(64)], 'x'.repeat(65), 'too_long'],
    ['qr_code_hash', [null], 7, 'invalid_type'],
    ['exercise_type_ids', [[]], 'x', 'invalid_type'],
    ['exercise_type_ids', [[]], null, 'required'],
    ['exercise_type_ids', [[]], ['x'], 'invalid_format'],
  ])('is taken with %s within its limits and no further', async (field, good, bad, code) => {
    for (const value of good) expect((await submit({ type_key: 'bike', [field]: value })).status).toBe(201);
    const refused = await submit({ type_key: 'bike', [field]: bad });
    expect(refused.status).toBe(422);
    expect(faultsIn(refused.body)).toEqual([`${field} ${code}`]);
  });

  it('has 50 exercises at most, all of which exist', async () => {
    const many = await exercisesOf(app, ...Array.from({ length: 51 }, (_, place) => `many-${place + 10}`));
    const full = await submitted(person, { exercise_type_ids: many.slice(0, 50) });
    expect(full.exercises).toHaveLength(50);
    expect(faultsIn((await submit({ type_key: 'cable', exercise_type_ids: many })).body)).toEqual([
      'exercise_type_ids too_many',
    ]);
    const missing = await submit({ type_key: 'cable', qr_code_hash: 'none', exercise_type_ids: [press, randomUUID()] });
    expect(missing.status).toBe(404);
    expect((missing.body as Refusal).detail).toBe('exercise_not_found');
    await submitted(person, { qr_code_hash: 'none' });
  });

  it('has a QR code of its own, however many come at once', async () => {
    const code = newCode();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => submit({ type_key: 'row', qr_code_hash: code, exercise_type_ids: [press] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect((refused?.body as Refusal).detail).toBe('qr_code_exists');
    const other = await app.register();
    expect((await submit({ type_key: 'row', qr_code_hash: code }, other)).status).toBe(409);
  });

  it('is kept once for one idempotency key', async () => {
    const key = randomUUID();
    const body = { type_key: 'row', brand: 'Once', exercise_type_ids: [press] };
    const [first, again] = [
      await submit(body).set('Idempotency-Key', key),
      await submit(body).set('Idempotency-Key', key),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const { rows } = await app.database.query(`SELECT FROM machines WHERE brand = 'Once'`);
    expect(rows).toHaveLength(1);
  });

  it('is refused to people without a key', async () => {
    expect((await app.http.post('/machines/submit').send({ type_key: 'row' })).status).toBe(401);
  });
});

describe('the QR code of a machine', () => {
  it('finds a validated machine only, and nothing tells why there is none', async () => {
    const code = newCode();
    const unknown = await scan(newCode());
    expect(unknown.status).toBe(404);
    expect((unknown.body as Refusal).detail).toBe('machine_not_found');
    const machine = await submitted(person, { qr_code_hash: code });
    expect(unsigned((await scan(code)).body)).toEqual(unsigned(unknown.body));
    await validated(admin, machine);
    expect((await scan(code)).body).toMatchObject({ id: machine.id, status: 'validated', validated: true });
    const refused = await submitted(person, { qr_code_hash: newCode() });
    await rejected(admin, refused);
    expect((await scan(refused.qr_code_hash ?? '')).status).toBe(404);
  });

  it('tells its machine to any user, in his language, without the code and who described it', async () => {
    const code = newCode();
    const machine = await submitted(person, { qr_code_hash: code, brand: 'Matrix', exercise_type_ids: [press] });
    await validated(admin, machine);
    const other = await app.register({ locale: 'pt-PT' });
    const seen = await scan(code, other);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      brand: 'Matrix',
      exercises: [{ id: press, name: 'b-test-of-legs pt' }],
      submitted_by: null,
      qr_code_hash: null,
    });
    for (const language of ['en', 'fr', 'es', 'pt'])
      expect((await scan(code).set('Accept-Language', language)).body).toMatchObject({
        exercises: [{ name: `b-test-of-legs ${language}` }],
      });
    expect((await scan(code, admin)).body).toMatchObject({ submitted_by: person.id, qr_code_hash: code });
    expect((await app.http.get(`/machines/qr/${code}`)).status).toBe(401);
  });

  it('may be any text: what could be no code finds nothing', async () => {
    const odd = `https://gym.example/é?a=1&b=%2F#${randomUUID().slice(0, 8)}`;
    await validated(admin, await submitted(person, { qr_code_hash: odd }));
    expect((await scan(odd)).status).toBe(200);
    const emoji = '🏋'.repeat(64);
    await validated(admin, await submitted(person, { qr_code_hash: emoji }));
    expect((await scan(emoji)).status).toBe(200);
    for (const none of ['%00', '%0A', 'x'.repeat(65), 'x'.repeat(2_000), '%25', "'%20OR%201=1--"])
      expect((await person.http.get(`/machines/qr/${none}`)).status).toBe(404);
    expect((await scan(` ${odd}\n`)).status).toBe(200);
    expect((await scan(odd.toUpperCase())).status).toBe(404);
  });

  it('is free again when its machine was refused', async () => {
    const code = newCode();
    const first = await submitted(person, { qr_code_hash: code });
    await rejected(admin, first);
    const second = await submitted(person, { qr_code_hash: code });
    await validated(admin, second);
    expect((await scan(code)).body).toMatchObject({ id: second.id });
    expect((await submit({ type_key: 'row', qr_code_hash: code })).status).toBe(409);
  });

  it('costs the same number of queries, however much can be done on its machine', async () => {
    const cost = async (code: string): Promise<number> => {
      await scan(code);
      const before = app.queryCount();
      await expectStatus(scan(code), 200);
      return app.queryCount() - before;
    };
    const [one, many] = [newCode(), newCode()];
    await validated(admin, await submitted(person, { qr_code_hash: one, exercise_type_ids: [press] }));
    const ids = await exercisesOf(app, ...Array.from({ length: 20 }, (_, place) => `cost-${place}`));
    await validated(admin, await submitted(person, { qr_code_hash: many, exercise_type_ids: ids }));
    expect(await cost(many)).toBe(await cost(one));
  });
});
