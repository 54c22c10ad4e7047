import { promote, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

export interface WireMachine {
  id: string;
  type_key: string;
  brand: string | null;
  model: string | null;
  photo_url: string | null;
  status: string;
  validated: boolean;
  rejection_reason: string | null;
  exercises: { id: string; slug: string; name: string }[];
  submitted_by: string | null;
  qr_code_hash: string | null;
  created_at: string;
}

export interface Refusal {
  detail: string;
  message: string;
  request_id: string;
  errors?: { field: string; code: string }[];
}

export function faultsIn(body: unknown): string[] {
  return ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
}

/** The same for two refusals that nothing tells apart. */
export function unsigned(body: unknown): unknown {
  return { ...(body as Refusal), request_id: '' };
}

export async function anAdmin(app: TestApp): Promise<TestPerson> {
  const admin = await registerProved(app);
  await promote(app, admin);
  return admin;
}

export async function submitted(person: TestPerson, body: object = {}): Promise<WireMachine> {
  return expectStatus<WireMachine>(person.http.post('/machines/submit').send({ type_key: 'leg_press', ...body }), 201);
}

export async function validated(admin: TestPerson, machine: WireMachine, body: object = {}): Promise<WireMachine> {
  return expectStatus<WireMachine>(admin.http.post(`/admin/machines/${machine.id}/validate`).send(body), 200);
}

export async function rejected(admin: TestPerson, machine: WireMachine, body: object = {}): Promise<WireMachine> {
  return expectStatus<WireMachine>(admin.http.post(`/admin/machines/${machine.id}/reject`).send(body), 200);
}

/** Exercises of these slugs, beside those of the catalogue, each called after its slug and language. */
export async function exercisesOf(app: TestApp, ...slugs: string[]): Promise<string[]> {
  const { rows } = await app.database.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO exercise_types (id, slug, category, difficulty, equipment, created_at, updated_at)
       SELECT gen_random_uuid(), slug, 'strength', 'beginner', '{machines}', now(), now()
       FROM unnest($1::text[]) AS slug RETURNING id, slug
     ), worded AS (
       INSERT INTO exercise_texts (exercise_type_id, language, name, instructions)
       SELECT id, language, slug || ' ' || language, ARRAY['Go.']
       FROM made, unnest('{en,fr,es,pt}'::text[]) AS language
     ), trained AS (
       INSERT INTO exercise_muscles (exercise_type_id, muscle_group, role) SELECT id, 'quads', 'primary' FROM made
     )
     SELECT made.id FROM made ORDER BY array_position($1, made.slug)`,
    [slugs],
  );
  return rows.map(({ id }) => id);
}

interface Told {
  type: string;
  title: string;
  body: string;
  data: Record<string, string>;
}

/** What a person was told about machines, oldest first. */
export async function toldTo(user: TestPerson): Promise<Told[]> {
  const { items } = await expectStatus<{ items: Told[] }>(user.http.get('/notifications'), 200);
  return items.filter(({ type }) => type.startsWith('machine_')).reverse();
}
