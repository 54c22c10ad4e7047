import { resolved, type Schema } from './document';

/** What is taken from answers to be sent again: ids by what they name, and other handles (starts of slots, codes). */
const SPECIAL: Readonly<Record<string, string>> = {
  'SlotResponse.scheduled_at': 'slot',
  'EnrollmentTokenResponse.token': 'enrollment_code',
  'BlockedDomainResponse.domain': 'domain',
  'MachineResponse.qr_code_hash': 'qr_hash',
  'CalendarFeedResponse.url': 'calendar_code',
  'ExportLinkResponse.token': 'export_code',
  'UserResponse.resolved_photo_url': 'picture',
  'PublicUserResponse.resolved_photo_url': 'picture',
};

/** Fields that are called otherwise than what they name. */
const ALIASES: Readonly<Record<string, string>> = {
  exercise_type: 'exercise',
  api_key: 'device',
  session: 'performance',
  performance_session: 'performance',
  my_booking: 'booking',
  rescheduled_from: 'booking',
  rescheduled_to: 'booking',
  pending_certification: 'certification',
  package_offer: 'pricing',
  coach_card: 'coach',
  coach_public: 'coach',
  client_summary: 'client',
  client_detail: 'client',
  plan_summary: 'plan',
  coaching_request: 'request',
  social_link: 'link',
  social_platform: 'platform',
  health_parameter: 'parameter',
  handled_feedback: 'feedback',
  exercise_video: 'video',
  sandbox_message: 'message',
  card_gym: 'gym',
  user: 'person',
  public_user: 'person',
};

/** Handles that are a part of what is read: the last piece of an address. */
const PIECES: Readonly<Record<string, RegExp>> = {
  calendar_code: /\/calendar\/([^/]+)\.ics/,
  picture: /\/static\/\w+\/([^/?]+)/,
};

export function kindOf(name: string): string {
  return ALIASES[name] ?? name;
}

function snake(component: string): string {
  return component
    .replace(/Response$/, '')
    .replace(/(?<=[a-z])[A-Z]/g, '_$&')
    .toLowerCase();
}

function kindOfField(component: string, field: string): string | undefined {
  const special = SPECIAL[`${component}.${field}`];
  if (special) return special;
  if (field === 'id') return kindOf(snake(component));
  return field.endsWith('_id') ? kindOf(field.slice(0, -3)) : undefined;
}

/** So many of a kind are remembered for each caller, the newest. */
const REMEMBERED = 40;

/** What callers have seen, and so may name. */
export class Stock {
  private readonly seen = new Map<string, string[]>();

  put(actor: string, kind: string, value: string): void {
    const key = `${actor} ${kind}`;
    const values = this.seen.get(key) ?? [];
    this.seen.set(key, values);
    const at = values.indexOf(value);
    if (at >= 0) values.splice(at, 1);
    values.push(value);
    if (values.length > REMEMBERED) values.shift();
  }

  forget(value: string): void {
    for (const values of this.seen.values()) {
      const at = values.indexOf(value);
      if (at >= 0) values.splice(at, 1);
    }
  }

  /** One that the caller has seen; failing that one that anybody has. */
  pick(actor: string, kind: string, at: number): string | undefined {
    const own = this.seen.get(`${actor} ${kind}`) ?? [];
    const all =
      own.length > 0 ? own : [...this.seen].flatMap(([key, values]) => (key.endsWith(` ${kind}`) ? values : []));
    return all.at(-1 - (at % Math.max(all.length, 1)));
  }

  /** Takes what an answer names. */
  harvest(actor: string, schema: Schema, body: unknown): void {
    const { component = '', properties, items } = resolved(schema);
    if (Array.isArray(body) && items) for (const item of body) this.harvest(actor, items, item);
    if (typeof body !== 'object' || body === null || !properties || 'current' in body) return;
    for (const [field, value] of Object.entries(body)) {
      const kind = typeof value === 'string' ? kindOfField(component, field) : undefined;
      const piece = kind && typeof value === 'string' ? (PIECES[kind]?.exec(value)?.[1] ?? value) : undefined;
      if (kind && piece) this.put(actor, kind, piece);
      const part = properties[field];
      if (part) this.harvest(actor, part, value);
    }
  }
}
