import type { TestApp } from 'test/support/test-app';
import { answerSchema, routeNamed } from './document';
import type { Actor } from './people';
import type { Stock } from './stock';

/** What people do between whiles so that there is something to act on: its route, and the address when it names a row. */
type Errand = readonly [actor: Actor, route: string, body?: Record<string, unknown>];

const SQUAT = { name: 'Force', planned_sessions: [] };
const ERRANDS: readonly Errand[] = [
  ['client', 'get /coaches/{coach}/slots'],
  ['other client', 'get /coaches/{coach}/slots'],
  ['client', 'get /exercises'],
  ['coach', 'get /exercises'],
  ['client', 'post /bookings', { coach_id: '{coach}', scheduled_at: '{slot}', pricing_type: 'per_session' }],
  ['other client', 'post /bookings', { coach_id: '{coach}', scheduled_at: '{slot}', pricing_type: 'per_session' }],
  ['coach', 'post /coaches/pricing', { type: 'package', name: 'Dix', session_count: 10, price_cents: 40_000 }],
  ['coach', 'post /coaches/clients/{client}/packages', { name: 'Dix', sessions_total: 10, price_cents: 40_000 }],
  ['coach', 'post /coaches/clients/{client}/payments', { amount_cents: 5_000 }],
  ['coach', 'post /performances/for-client/{client}', { date: '2026-03-01T17:00:00Z' }],
  ['client', 'post /performances', { date: '2026-03-01T07:00:00Z' }],
  ['coach', 'post /coaches/programs', SQUAT],
  ['client', 'post /clients/program/generate', {}],
  ['other client', 'post /clients/coaching-requests', { coach_id: '{other coach}' }],
  ['coach', 'get /coaches/coaching-requests'],
  ['coach', 'post /coaches/time-off', { starts_at: '2026-06-01T00:00:00Z', ends_at: '2026-06-02T00:00:00Z' }],
  ['client', 'post /machines/submit', { type_key: 'cable' }],
  ['coach', 'get /bookings?as=coach&bucket=upcoming'],
  ['coach', 'get /notifications'],
  ['coach', 'get /coaches/cancellation-templates'],
  ['other coach', 'get /coaches/cancellation-templates'],
  ['coach', 'post /coaches/me/enrollment-tokens', {}],
  ['client', 'get /packages/me'],
  ['client', 'get /payments/me'],
  ['client', 'post /users/me/calendar-feed', {}],
  ['client', 'post /users/me/export', { format: 'json' }],
  ['admin', 'get /admin/certifications/pending'],
  ['admin', 'get /admin/machines/pending'],
  ['admin', 'get /sandbox/messages'],
];

/** Does them, whatever the answers; what they name can be named afterwards. */
export async function runErrands(
  app: TestApp,
  stock: Stock,
  keyOf: (actor: Actor) => string | undefined,
  idOf: (actor: string) => string | undefined,
  turn: number,
): Promise<void> {
  for (const [actor, route, body] of ERRANDS) {
    const fill = (text: string): string =>
      text.replace(/\{([\w ]+)\}/, (_, name: string) => idOf(name) ?? stock.pick(actor, name, turn) ?? name);
    const at = route.indexOf(' ');
    const [verb, path] = [route.slice(0, at), route.slice(at + 1)];
    const written = Object.entries(body ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? fill(value) : value,
    ]);
    const request = app.client(keyOf(actor) ?? '')[verb === 'get' ? 'get' : 'post'](fill(path));
    const answer = await (body ? request.send(Object.fromEntries(written)) : request);
    const documented = routeNamed(`${verb} ${(path.split('?')[0] ?? '').replace(/\{[\w ]+\}/, '{id}')}`);
    const schema = documented && answerSchema(documented, answer.status);
    if (schema && answer.status < 400) stock.harvest(actor, schema, answer.body);
  }
}
