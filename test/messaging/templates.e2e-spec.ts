import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal, unsigned } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { addTemplate, fiveTemplates, PATH, templatesOf, TEXT, titlesOf } from './templating';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app);
});

describe('the templates of a new coach', () => {
  it('are one, about illness, in the coach’s language', async () => {
    expect(await templatesOf(coach)).toEqual([
      {
        id: expect.any(String),
        title: 'Maladie',
        body: expect.stringContaining('je suis malade'),
        is_default: true,
        position: 1,
        variables_used: ['prénom', 'date', 'heure', 'coach'],
        created_at: NOW,
        updated_at: NOW,
      },
    ]);
    for (const [locale, title] of [
      ['en-GB', 'Illness'],
      ['es-MX', 'Enfermedad'],
      ['pt-BR', 'Doença'],
      ['de-DE', 'Illness'],
    ] as const) {
      const other = await app.register({ role: 'coach', locale });
      await expectStatus(other.http.post('/coaches/profile').send({}), 201);
      const [template] = await templatesOf(other);
      expect(template?.title).toBe(title);
      expect(template?.variables_used).toEqual(['prénom', 'date', 'heure', 'coach']);
      expect([...(template?.body ?? '')].length).toBeLessThanOrEqual(300);
    }
  });

  it('are made when first asked for, where the profile is older than they are', async () => {
    await app.database.query('DELETE FROM message_templates WHERE coach_id = $1', [coach.id]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => templatesOf(coach)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject([{ title: 'Maladie', is_default: true, position: 1 }]);
    expect(await templatesOf(coach)).toHaveLength(1);
  });
});

describe('adding a template', () => {
  it('answers the whole template, in last position', async () => {
    const body = '{coach} est absent le {date}, {prénom} : {date} {heure}';
    expect(await addTemplate(coach, { title: 'Absence', body })).toEqual({
      id: expect.any(String),
      title: 'Absence',
      body,
      is_default: false,
      position: 2,
      variables_used: ['coach', 'date', 'prénom', 'heure'],
      created_at: NOW,
      updated_at: NOW,
    });
    expect((await addTemplate(coach)).position).toBe(3);
    expect(await titlesOf(coach)).toBe('Maladie Absence Salle fermée');
  });

  it.each<[string, object, object, string]>([
    ['title', { title: 'ab' }, { title: 'a' }, 'too_short'],
    ['title', { title: 'é'.repeat(40) }, { title: 'é'.repeat(41) }, 'too_long'],
    ['title', { title: '{libre}' }, { title: 7 }, 'invalid_type'],
    ['body', { body: 'x'.repeat(10) }, { body: 'x'.repeat(9) }, 'too_short'],
    ['body', { body: '🏋'.repeat(300) }, { body: '🏋'.repeat(301) }, 'too_long'],
    ['body', { body: 'Deux\nlignes ici' }, { body: null }, 'required'],
    ['body', { body: 'À bientôt {coach}' }, { body: 'À bientôt {nom}' }, 'unknown_template_variable'],
    ['body', { body: 'Une accolade { seule' }, { body: 'Bonjour {Prénom}' }, 'unknown_template_variable'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    expect(await addTemplate(coach, { ...TEXT, ...good })).toMatchObject(good);
    const refused = await coach.http.post(PATH).send({ ...TEXT, ...bad });
    expect(refused.status).toBe(422);
    expect(faultsOf(refused.body)).toEqual([`${field} ${code}`]);
  });

  it('stops at five, which the table holds too', async () => {
    await fiveTemplates(coach);
    const refused = await coach.http.post(PATH).send(TEXT);
    expect(refused.status).toBe(422);
    expect((refused.body as Refusal).detail).toBe('max_templates_reached');
    const insert = (position: number): Promise<unknown> =>
      app.database.query(
        `INSERT INTO message_templates (coach_id, position, title, body, is_default, created_at, updated_at)
         VALUES ($1, $2, 'x', 'x', false, now(), now())`,
        [coach.id, position],
      );
    await expect(insert(6)).rejects.toThrow('message_templates_five');
    await expect(insert(0)).rejects.toThrow('message_templates_five');
    await expect(insert(5)).rejects.toThrow('message_templates_position');
  });

  it('never makes more than five, however many come at once', async () => {
    for (const title of ['B2', 'C3']) await addTemplate(coach, { ...TEXT, title });
    const answers = await Promise.all(Array.from({ length: 20 }, () => coach.http.post(PATH).send(TEXT)));
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(2);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, (body as Refusal).detail]).toEqual([422, 'max_templates_reached']);
    expect(await titlesOf(coach)).toBe('Maladie B2 C3 Salle fermée Salle fermée');
  });

  it('is one for one idempotency key', async () => {
    const key = randomUUID();
    const first = await coach.http.post(PATH).set('Idempotency-Key', key).send(TEXT);
    const again = await coach.http.post(PATH).set('Idempotency-Key', key).send(TEXT);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await templatesOf(coach)).toHaveLength(2);
  });

  it('drops what the route does not know', async () => {
    const values = { ...TEXT, position: 1, is_default: true, coach_id: randomUUID(), variables_used: ['x'] };
    expect(await addTemplate(coach, values)).toMatchObject({
      position: 2,
      is_default: false,
      variables_used: ['prénom', 'date'],
    });
  });
});

describe('changing a template', () => {
  it('leaves what is absent, and finds the variables of the new text', async () => {
    const created = await addTemplate(coach);
    await app.setClock('2026-03-02T07:00:00Z');
    const answer = await expectStatus(
      coach.http.put(`${PATH}/${created.id}`).send({ body: 'Rendez-vous {heure}' }),
      200,
    );
    expect(answer).toEqual({
      ...created,
      body: 'Rendez-vous {heure}',
      variables_used: ['heure'],
      updated_at: '2026-03-02T07:00:00Z',
    });
  });

  it.each([
    ['B2', 4, 'A1 D4 C3 B2 E5'],
    ['E5', 1, 'E5 B2 C3 D4 A1'],
    ['C3', 3, 'A1 B2 C3 D4 E5'],
  ])('moves %s to position %i by a swap', async (title, position, expected) => {
    const template = (await fiveTemplates(coach)).find((each) => each.title === title);
    const answer = await coach.http.put(`${PATH}/${String(template?.id)}`).send({ position });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: template?.id, title, position });
    expect(await titlesOf(coach)).toBe(expected);
  });

  it('takes a position beyond the last one as the last', async () => {
    const [first] = await templatesOf(coach);
    await addTemplate(coach, { ...TEXT, title: 'B2' });
    const answer = await expectStatus(coach.http.put(`${PATH}/${String(first?.id)}`).send({ position: 5 }), 200);
    expect(answer).toMatchObject({ position: 2 });
    expect(await titlesOf(coach)).toBe('B2 Maladie');
  });

  it.each<[object, string]>([
    [{ position: 0 }, 'position too_small'],
    [{ position: 6 }, 'position too_large'],
    [{ position: null }, 'position required'],
    [{ title: null }, 'title required'],
    [{ body: 'Bonjour {nom} !' }, 'body unknown_template_variable'],
    [{ body: 'court' }, 'body too_short'],
  ])('refuses %j', async (values, fault) => {
    const [first] = await templatesOf(coach);
    const answer = await coach.http.put(`${PATH}/${String(first?.id)}`).send(values);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toEqual([fault]);
  });
});

describe('access to templates', () => {
  const all = (person: TestPerson, id: string) => [
    () => person.http.put(`${PATH}/${id}`).send({ title: 'Autre' }),
    () => person.http.delete(`${PATH}/${id}`),
    () => person.http.post(`${PATH}/${id}/preview`).send({ booking_id: randomUUID() }),
  ];

  it('is that to missing ones for another coach', async () => {
    const [own] = await templatesOf(coach);
    await addTemplate(coach);
    const stranger = await aCoach(app);
    const missing = all(stranger, randomUUID());
    for (const [place, send] of all(stranger, String(own?.id)).entries()) {
      const [foreign, unknown] = [await send(), await missing[place]?.()];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('template_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(unknown?.body));
    }
    expect((await templatesOf(coach))[0]).toEqual(own);
  });

  it('needs a coach, with a profile', async () => {
    expect((await app.http.get(PATH)).status).toBe(401);
    const beginner = await app.register({ role: 'coach' });
    for (const [person, status, detail] of [
      [await app.register(), 403, 'forbidden'],
      [beginner, 404, 'coach_profile_not_found'],
    ] as const)
      for (const send of [
        () => person.http.get(PATH),
        () => person.http.post(PATH).send(TEXT),
        () => person.http.post(`${PATH}/reorder`).send([]),
        ...all(person, randomUUID()),
      ]) {
        const answer = await send();
        expect([answer.status, (answer.body as Refusal).detail]).toEqual([status, detail]);
      }
  });
});
