import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { addTemplate, fiveTemplates, PATH, templatesOf, titlesOf, type WireTemplate } from './templating';

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

describe('removing a template', () => {
  it('closes the positions up', async () => {
    const templates = await fiveTemplates(coach);
    await expectStatus(coach.http.delete(`${PATH}/${String(templates[1]?.id)}`), 204);
    expect(await titlesOf(coach)).toBe('A1 C3 D4 E5');
    await expectStatus(coach.http.delete(`${PATH}/${String(templates[1]?.id)}`), 404);
    expect((await addTemplate(coach)).position).toBe(5);
  });

  it('may take the default, but never the last', async () => {
    const [first] = await templatesOf(coach);
    const second = await addTemplate(coach);
    await expectStatus(coach.http.delete(`${PATH}/${String(first?.id)}`), 204);
    const refused = await coach.http.delete(`${PATH}/${second.id}`);
    expect(refused.status).toBe(422);
    expect((refused.body as Refusal).detail).toBe('last_template');
    expect(await templatesOf(coach)).toMatchObject([{ id: second.id, position: 1, is_default: false }]);
  });

  it('leaves one, when all are removed at once', async () => {
    const templates = await fiveTemplates(coach);
    const answers = await Promise.all(templates.map(({ id }) => coach.http.delete(`${PATH}/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 204, 422]);
    expect(await templatesOf(coach)).toHaveLength(1);
    expect((await templatesOf(coach))[0]?.position).toBe(1);
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
    const ids = new Map((await fiveTemplates(coach)).map(({ title, id }) => [title, id]));
    const rows = Object.entries(wishes).map(([title, position]) => ({ id: ids.get(title)?.toUpperCase(), position }));
    const answer = await reorder(rows);
    expect(answer.status).toBe(200);
    expect((answer.body as WireTemplate[]).map(({ title }) => title).join(' ')).toBe(expected);
    expect(await titlesOf(coach)).toBe(expected);
  });

  it('changes nothing when one of them is not the coach’s', async () => {
    const templates = await fiveTemplates(coach);
    const [stranger] = await templatesOf(await aCoach(app));
    for (const id of [stranger?.id, randomUUID()]) {
      const answer = await reorder([
        { id: templates[0]?.id, position: 5 },
        { id, position: 1 },
      ]);
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('template_not_found');
    }
    expect(await titlesOf(coach)).toBe('A1 B2 C3 D4 E5');
  });

  it('names every fault by its row', async () => {
    const [first, second] = await fiveTemplates(coach);
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
      if (expected) expect(faultsOf(answer.body).sort()).toEqual(expected);
      else expect(faultsOf(answer.body)).toContain('body too_many');
    }
    expect(await titlesOf(coach)).toBe('A1 B2 C3 D4 E5');
  });

  it('leaves 1..n, however many ask at once', async () => {
    const ids = (await fiveTemplates(coach)).map(({ id }) => id);
    const turned = (by: number) => ids.map((id, place) => ({ id, position: ((place + by) % 5) + 1 }));
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, (_, by) => reorder(turned(by))),
      ...ids.map((id, place) => coach.http.put(`${PATH}/${id}`).send({ position: 5 - place })),
      coach.http.delete(`${PATH}/${String(ids[2])}`),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await titlesOf(coach)).split(' ').sort()).toEqual(['A1', 'B2', 'D4', 'E5']);
  });
});
