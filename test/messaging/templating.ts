import { expectStatus } from 'test/support/coaching';
import type { TestPerson } from 'test/support/test-app';

/** The texts that coaches keep for cancellations. */

export const PATH = '/coaches/cancellation-templates';
export const TEXT = { title: 'Salle fermée', body: 'Bonjour {prénom}, la salle est fermée le {date}.' };

export interface WireTemplate {
  id: string;
  title: string;
  body: string;
  is_default: boolean;
  position: number;
  variables_used: string[];
  created_at: string;
  updated_at: string;
}

export async function templatesOf(coach: TestPerson): Promise<WireTemplate[]> {
  return expectStatus<WireTemplate[]>(coach.http.get(PATH), 200);
}

export async function addTemplate(coach: TestPerson, values: object = TEXT): Promise<WireTemplate> {
  return expectStatus<WireTemplate>(coach.http.post(PATH).send(values), 201);
}

/** Titles by position, which must be 1..n. */
export async function titlesOf(coach: TestPerson): Promise<string> {
  const templates = await templatesOf(coach);
  expect(templates.map(({ position }) => position)).toEqual(templates.map((_, place) => place + 1));
  return templates.map(({ title }) => title).join(' ');
}

/** Five templates, A1 to E5, the first one being the default. */
export async function fiveTemplates(coach: TestPerson): Promise<WireTemplate[]> {
  const [first] = await templatesOf(coach);
  await expectStatus(coach.http.put(`${PATH}/${String(first?.id)}`).send({ title: 'A1' }), 200);
  for (const title of ['B2', 'C3', 'D4', 'E5']) await addTemplate(coach, { ...TEXT, title });
  return templatesOf(coach);
}
