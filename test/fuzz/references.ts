import type { Stock } from './stock';
import { kindOf } from './stock';

/** A place in a request that is filled when it is sent, with something that an answer before it named. */
export class Reference {
  constructor(
    readonly kind: string,
    readonly at: number,
    readonly otherwise: string,
  ) {}
}

/** What `{id}` names, by the beginning of the path; the first that fits. */
const IDS: readonly (readonly [RegExp, string])[] = [
  [/^\/auth\/api-keys/, 'device'],
  [/^\/coaches\/pricing/, 'pricing'],
  [/^\/coaches\/availability/, 'availability'],
  [/certifications/, 'certification'],
  [/^\/coaches\/time-off/, 'time_off'],
  [/^\/coaches\/cancellation-templates/, 'template'],
  [/^\/coaches\/clients|for-client/, 'client'],
  [/^\/coaches\/programs/, 'plan'],
  [/coaching-requests/, 'request'],
  [/enrollment-tokens/, 'enrollment_token'],
  [/^\/(admin\/)?coaches/, 'coach'],
  [/^\/bookings/, 'booking'],
  [/^\/packages/, 'package'],
  [/^\/notifications/, 'notification'],
  [/^\/waitlist/, 'waitlist_entry'],
  [/exercise/, 'exercise'],
  [/^\/performances/, 'performance'],
  [/adjustments/, 'adjustment'],
  [/health\/logs/, 'health_log'],
  [/social-links/, 'link'],
  [/social-platforms/, 'platform'],
  [/parameters/, 'parameter'],
  [/feedback/, 'feedback'],
  [/videos/, 'video'],
  [/machines/, 'machine'],
  [/dead-letters/, 'dead_letter'],
  [/^\/admin\/users/, 'guest'],
  [/gyms/, 'gym'],
  [/messages/, 'message'],
];

const NAMED: Readonly<Record<string, string>> = {
  slot_datetime: 'slot',
  domain: 'domain',
  hash: 'qr_hash',
  file: 'picture',
  scheduled_at: 'slot',
  discovery_slot: 'slot',
  enrollment_token: 'enrollment_code',
};

/** What the value of a parameter or a field names, if it names something. */
export function kindNamed(name: string, path: string): string | undefined {
  if (name === 'id') return IDS.find(([pattern]) => pattern.test(path))?.[1];
  if (name === 'token')
    return path.startsWith('/calendar') ? 'calendar_code' : path.includes('export') ? 'export_code' : 'enrollment_code';
  if (NAMED[name]) return NAMED[name];
  const of = /^(\w+?)_ids?$/.exec(name)?.[1];
  return of && kindOf(of);
}

/** The same with every place filled. */
export function filled(value: unknown, actor: string, stock: Stock): unknown {
  if (value instanceof Reference) return stock.pick(actor, value.kind, value.at) ?? value.otherwise;
  if (Array.isArray(value)) return value.map((item) => filled(item, actor, stock));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, filled(part, actor, stock)]));
}
