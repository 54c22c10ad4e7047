import { expectStatus } from 'test/support/coaching';
import type { HttpClient, TestPerson } from 'test/support/test-app';

/** Social links, for tests of who sees them. */
export interface WireLink {
  id: string;
  user_id: string;
  platform: string | null;
  label: string | null;
  url: string;
  visibility: string;
  position: number;
  created_at: string;
  updated_at: string;
}

/** Adds a link; without anything said, a public one to Instagram. */
export async function link(person: TestPerson, wish: Record<string, unknown> = {}): Promise<WireLink> {
  const body = { platform: 'instagram', url: 'https://instagram.com/camille', ...wish };
  return expectStatus<WireLink>(person.http.post('/users/me/social-links').send(body), 201);
}

export async function linksOf(person: TestPerson): Promise<WireLink[]> {
  return expectStatus<WireLink[]>(person.http.get('/users/me/social-links'), 200);
}

/** The addresses of the links at a route: of a list, or in the field `social_links`. */
export async function urlsAt(http: HttpClient, path: string): Promise<string[]> {
  const body = await expectStatus<WireLink[] | { social_links: WireLink[] }>(http.get(path), 200);
  return (Array.isArray(body) ? body : body.social_links).map(({ url }) => url);
}
