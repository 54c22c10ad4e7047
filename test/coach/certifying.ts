import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What coaches say they have learnt, and what admins make of it. */

export const PATH = '/coaches/profile/certifications';
export const NEW = {
  name: 'BPJEPS AF',
  organization: 'CREPS',
  year: 2015,
  document_url: 'https://example.com/bpjeps.pdf',
};

export interface WireCertification {
  id: string;
  name: string;
  verified: boolean;
  reviewed_at: string | null;
  rejection_reason: string | null;
}

type Request = ReturnType<TestPerson['http']['post']>;

export async function aNewCoach(app: TestApp): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach', first_name: 'Inès', last_name: 'Durand' });
  await expectStatus(coach.http.post('/coaches/profile').send({}), 201);
  return coach;
}

export function add(coach: TestPerson, body: object = NEW): Request {
  return coach.http.post(PATH).send(body);
}

export async function added(coach: TestPerson, body: object = NEW): Promise<WireCertification> {
  return expectStatus<WireCertification>(add(coach, body), 201);
}

export function change(coach: TestPerson, id: string, body: object): Request {
  return coach.http.put(`${PATH}/${id}`).send(body);
}

export function validate(admin: TestPerson, id: string): Request {
  return admin.http.post(`/admin/certifications/${id}/validate`);
}

export function reject(admin: TestPerson, id: string, body: object = {}): Request {
  return admin.http.post(`/admin/certifications/${id}/reject`).send(body);
}

/** The own profile of a coach, as far as it tells of certifications. */
export async function profileOf(
  coach: TestPerson,
): Promise<{ is_certified: boolean; certifications: WireCertification[] }> {
  return expectStatus(coach.http.get('/coaches/profile'), 200);
}
