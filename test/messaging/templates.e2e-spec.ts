import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}
interface WireTemplate {
  id: string;
  title: string;
  body: string;
  is_default: boolean;
  position: number;
  variables_used: string[];
  created_at: string;
  updated_at: string;
}

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/coaches/cancellation-templates';
const TEXT = { title: 'Salle fermée', body: 'Bonjour {prénom}, la salle est fermée le {date}.' };

const faults = (body: unknown): string[] =>
  ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
const unsigned = (body: unknown): unknown => ({ ...(body as object), request_id: '' });

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

const list = (person = coach): Promise<WireTemplate[]> => expectStatus<WireTemplate[]>(person.http.get(PATH), 200);
const add = (values: object = TEXT, person = coach): Promise<WireTemplate> =>
  expectStatus<WireTemplate>(person.http.post(PATH).send(values), 201);
/** Titles by position, which must be 1..n. */
const order = async (): Promise<string> => {
  const templates = await list();
  expect(templates.map(({ position }) => position)).toEqual(templates.map((_, place) => place + 1));
  return templates.map(({ title }) => title).join(' ');
};
/** Five templates of these titles, the first one being the default. */
const five = async (): Promise<WireTemplate[]> => {
  const [first] = await list();
  await expectStatus(coach.http.put(`${PATH}/${String(first?.id)}`).send({ title: 'A1' }), 200);
  for (const title of ['B2', 'C3', 'D4', 'E5']) await add({ ...TEXT, title });
  return list();
};

describe('the templates of a new coach', () => {
  it('are one, about illness, in the coach’s language', async () => {
    expect(await list()).toEqual([
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
      const [template] = await list(other);
      expect(template?.title).toBe(title);
      expect(template?.variables_used).toEqual(['prénom', 'date', 'heure', 'coach']);
      expect([...(template?.body ?? '')].length).toBeLessThanOrEqual(300);
    }
  });

  it('are made when first asked for, where the profile is older than they are', async () => {
    await app.database.query('DELETE FROM message_templates WHERE coach_id = $1', [coach.id]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => list()));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject([{ title: 'Maladie', is_default: true, position: 1 }]);
    expect(await list()).toHaveLength(1);
  });
});

describe('adding a template', () => {
  it('answers the whole template, in last position', async () => {
    const body = '{coach} est absent le {date}, {prénom} : {date} {heure}';
    expect(await add({ title: 'Absence', body })).toEqual({
      id: expect.any(String),
      title: 'Absence',
      body,
      is_default: false,
      position: 2,
      variables_used: ['coach', 'date', 'prénom', 'heure'],
      created_at: NOW,
      updated_at: NOW,
    });
    expect((await add()).position).toBe(3);
    expect(await order()).toBe('Maladie Absence Salle fermée');
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
    expect(await add({ ...TEXT, ...good })).toMatchObject(good);
    const refused = await coach.http.post(PATH).send({ ...TEXT, ...bad });
    expect(refused.status).toBe(422);
    expect(faults(refused.body)).toEqual([`${field} ${code}`]);
  });

  it('stops at five, which the table holds too', async () => {
    await five();
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
    for (const title of ['B2', 'C3']) await add({ ...TEXT, title });
    const answers = await Promise.all(Array.from({ length: 20 }, () => coach.http.post(PATH).send(TEXT)));
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(2);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, (body as Refusal).detail]).toEqual([422, 'max_templates_reached']);
    expect(await order()).toBe('Maladie B2 C3 Salle fermée Salle fermée');
  });

  it('is one for one idempotency key', async () => {
    const key = randomUUID();
    const first = await coach.http.post(PATH).set('Idempotency-Key', key).send(TEXT);
    const again = await coach.http.post(PATH).set('Idempotency-Key', key).send(TEXT);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await list()).toHaveLength(2);
  });

  it('drops what the route does not know', async () => {
    const values = { ...TEXT, position: 1, is_default: true, coach_id: randomUUID(), variables_used: ['x'] };
    expect(await add(values)).toMatchObject({ position: 2, is_default: false, variables_used: ['prénom', 'date'] });
  });
});

describe('changing a template', () => {
  it('leaves what is absent, and finds the variables of the new text', async () => {
    const created = await add();
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
    const template = (await five()).find((each) => each.title === title);
    const answer = await coach.http.put(`${PATH}/${String(template?.id)}`).send({ position });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: template?.id, title, position });
    expect(await order()).toBe(expected);
  });

  it('takes a position beyond the last one as the last', async () => {
    const [first] = await list();
    await add({ ...TEXT, title: 'B2' });
    const answer = await expectStatus(coach.http.put(`${PATH}/${String(first?.id)}`).send({ position: 5 }), 200);
    expect(answer).toMatchObject({ position: 2 });
    expect(await order()).toBe('B2 Maladie');
  });

  it.each<[object, string]>([
    [{ position: 0 }, 'position too_small'],
    [{ position: 6 }, 'position too_large'],
    [{ position: null }, 'position required'],
    [{ title: null }, 'title required'],
    [{ body: 'Bonjour {nom} !' }, 'body unknown_template_variable'],
    [{ body: 'court' }, 'body too_short'],
  ])('refuses %j', async (values, fault) => {
    const [first] = await list();
    const answer = await coach.http.put(`${PATH}/${String(first?.id)}`).send(values);
    expect(answer.status).toBe(422);
    expect(faults(answer.body)).toEqual([fault]);
  });
});

describe('removing a template', () => {
  it('closes the positions up', async () => {
    const templates = await five();
    await expectStatus(coach.http.delete(`${PATH}/${String(templates[1]?.id)}`), 204);
    expect(await order()).toBe('A1 C3 D4 E5');
    await expectStatus(coach.http.delete(`${PATH}/${String(templates[1]?.id)}`), 404);
    expect((await add()).position).toBe(5);
  });

  it('may take the default, but never the last', async () => {
    const [first] = await list();
    const second = await add();
    await expectStatus(coach.http.delete(`${PATH}/${String(first?.id)}`), 204);
    const refused = await coach.http.delete(`${PATH}/${second.id}`);
    expect(refused.status).toBe(422);
    expect((refused.body as Refusal).detail).toBe('last_template');
    expect(await list()).toMatchObject([{ id: second.id, position: 1, is_default: false }]);
  });

  it('leaves one, when all are removed at once', async () => {
    const templates = await five();
    const answers = await Promise.all(templates.map(({ id }) => coach.http.delete(`${PATH}/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 204, 422]);
    expect(await list()).toHaveLength(1);
    expect((await list())[0]?.position).toBe(1);
  });
});

describe('putting templates in order', () => {
  const reorder = (wishes: unknown) => coach.http.post(`${PATH}/reorder`).send(wishes as object);

  it.each<[string, Record<string, number>, string]>([
    ['all of them', { A1: 5, B2: 4, C3: 3, D4: 2, E5: 1 }, 'E5 D4 C3 B2 A1'],
    ['one, the others staying in order around it', { E5: 2 }, 'A1 E5 B2 C3 D4'],
    ['two that change places', { A1: 2, B2: 1 }, 'B2 A1 C3 D4 E5'],
    ['none', {}, 'A1 B2 C3 D4 E5'],
  ])('moves %s at once', async (_, wishes, expected) => {
    const ids = new Map((await five()).map(({ title, id }) => [title, id]));
    const rows = Object.entries(wishes).map(([title, position]) => ({ id: ids.get(title)?.toUpperCase(), position }));
    const answer = await reorder(rows);
    expect(answer.status).toBe(200);
    expect((answer.body as WireTemplate[]).map(({ title }) => title).join(' ')).toBe(expected);
    expect(await order()).toBe(expected);
  });

  it('changes nothing when one of them is not the coach’s', async () => {
    const templates = await five();
    const [stranger] = await list(await aCoach(app));
    for (const id of [stranger?.id, randomUUID()]) {
      const answer = await reorder([
        { id: templates[0]?.id, position: 5 },
        { id, position: 1 },
      ]);
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('template_not_found');
    }
    expect(await order()).toBe('A1 B2 C3 D4 E5');
  });

  it('names every fault by its row', async () => {
    const [first, second] = await five();
    const [one, two] = [first?.id, second?.id];
    for (const [rows, expected] of [
      [
        [
          { id: one, position: 1 },
          { id: two, position: 1 },
        ],
        ['1.position duplicate_position'],
      ],
      [
        [
          { id: one, position: 1 },
          { id: one, position: 2 },
        ],
        ['1.id invalid_value'],
      ],
      [
        [{ id: one, position: 0 }, { position: 6 }],
        ['0.position too_small', '1.id required', '1.position too_large'],
      ],
      [[{ id: 'A1', position: 1 }], ['0.id invalid_format']],
      [[7], ['body invalid_type']],
      [{ id: one, position: 1 }, ['body invalid_type']],
      [Array.from({ length: 6 }, (_, place) => ({ id: randomUUID(), position: place + 1 })), undefined],
    ] as const) {
      const answer = await reorder(rows);
      expect(answer.status).toBe(422);
      if (expected) expect(faults(answer.body).sort()).toEqual(expected);
      else expect(faults(answer.body)).toContain('body too_many');
    }
    expect(await order()).toBe('A1 B2 C3 D4 E5');
  });

  it('leaves 1..n, however many ask at once', async () => {
    const ids = (await five()).map(({ id }) => id);
    const turned = (by: number) => ids.map((id, place) => ({ id, position: ((place + by) % 5) + 1 }));
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, (_, by) => reorder(turned(by))),
      ...ids.map((id, place) => coach.http.put(`${PATH}/${id}`).send({ position: 5 - place })),
      coach.http.delete(`${PATH}/${String(ids[2])}`),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await order()).split(' ').sort()).toEqual(['A1', 'B2', 'D4', 'E5']);
  });
});

describe('a preview', () => {
  const preview = (template: string, booking: string, person = coach) =>
    person.http.post(`${PATH}/${template}/preview`).send({ booking_id: booking });

  it('is what the client of a booking would read: his language, the coach’s clock', async () => {
    const client = await app.register({ first_name: 'Zoë', locale: 'en-GB', timezone: 'America/New_York' });
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const { id } = await add({ title: 'Tout', body: '{prénom} / {date} / {heure} / {coach} / {date}' });
    const answer = await preview(id, booking.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      template_id: id,
      resolved_body: 'Zoë / Tuesday, 3 March 2026 / 10:00 / Inès / Tuesday, 3 March 2026',
      client_name: 'Zoë Martin',
    });
  });

  it('says the day of the coach where the client has another', async () => {
    const sydney = await aCoach(app, { timezone: 'Australia/Sydney', from: '08:00', to: '20:00' });
    const client = await app.register({ locale: 'fr-FR', timezone: 'America/New_York' });
    // Nine in the morning of Wednesday in Sydney, Tuesday in New York.
    const booking = await book(client, sydney.id, '2026-03-03T22:00:00Z');
    const { id } = await add({ title: 'Jour', body: '{date} à {heure}' }, sydney);
    const answer = await expectStatus(preview(id, booking.id, sydney), 200);
    expect(answer).toMatchObject({ resolved_body: 'mercredi 4 mars 2026 à 09:00' });
  });

  it('takes a name with braces for text', async () => {
    const client = await app.register({ first_name: '{coach} {date} $&' });
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const { id } = await add({ title: 'Nom', body: 'Bonjour {prénom}, {coach}' });
    const answer = await expectStatus(preview(id, booking.id), 200);
    expect(answer).toMatchObject({ resolved_body: 'Bonjour {coach} {date} $&, Inès' });
  });

  it('is not made from a booking or a template of somebody else', async () => {
    const client = await app.register();
    const other = await aCoach(app);
    const [own] = await list();
    const [foreign] = await list(other);
    const [mine, theirs] = [
      await book(client, coach.id, '2026-03-03T09:00:00Z'),
      await book(client, other.id, '2026-03-04T09:00:00Z'),
    ];
    // As a client of the other coach he reads that booking elsewhere, but it is not one of his sessions.
    const asClient = await book(coach, other.id, '2026-03-05T09:00:00Z');
    for (const id of [theirs.id, asClient.id, randomUUID()]) {
      const answer = await preview(String(own?.id), id);
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'booking_not_found']);
    }
    const answer = await preview(String(foreign?.id), mine.id);
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'template_not_found']);
    const nothing = await coach.http.post(`${PATH}/${String(own?.id)}/preview`).send({});
    expect(faults(nothing.body)).toEqual(['booking_id required']);
  });
});

describe('access to templates', () => {
  const all = (person: TestPerson, id: string) => [
    () => person.http.put(`${PATH}/${id}`).send({ title: 'Autre' }),
    () => person.http.delete(`${PATH}/${id}`),
    () => person.http.post(`${PATH}/${id}/preview`).send({ booking_id: randomUUID() }),
  ];

  it('is that to missing ones for another coach', async () => {
    const [own] = await list();
    await add();
    const stranger = await aCoach(app);
    const missing = all(stranger, randomUUID());
    for (const [place, send] of all(stranger, String(own?.id)).entries()) {
      const [foreign, unknown] = [await send(), await missing[place]?.()];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('template_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(unknown?.body));
    }
    expect((await list())[0]).toEqual(own);
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
