import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { type FullLife, fullLife } from './full-life';
import { csvExportOf, type Export, exportOf } from './taken-away';
import type { Planted } from './words';

/** Tables that a life through HTTP does not fill. */
const UNLIVED: string[] = [
  'dead_letters', // messages that failed
  'deletion_requests', // an account that closes
  'erasure_receipts',
  'exercise_videos', // an admin has them made
  'oauth_connections', // with accounts of providers
  'oauth_states',
  'scale_syncs',
  'sms_opt_outs', // the provider reports them
  'strava_pushes',
  'stray_photos', // pictures on their way out
  'target_adjustments', // weeks of training
];

describe('the export of a full life (trust 58)', () => {
  let app: TestApp;
  let life: FullLife;
  let client: Export;
  let coach: Export;

  beforeAll(async () => {
    app = await startTestApp();
    life = await fullLife(app);
    client = await exportOf(life.client);
    coach = await exportOf(life.coach);
  });
  afterAll(() => app.close());

  const heldIn = (held: Export, planted: Planted): { present: string[]; missing: string[] } => {
    const text = JSON.stringify(held).toLowerCase();
    const has = ([, word]: [string, string]): boolean => text.includes(word.toLowerCase());
    const fieldsOf = (entries: [string, string][]): string[] => entries.map(([field]) => field).sort();
    const entries = planted.entries();
    return {
      present: fieldsOf(entries.filter(has)),
      missing: fieldsOf(entries.filter((entry) => !has(entry))),
    };
  };
  const itemsOf = async (person: TestPerson, path: string): Promise<Record<string, unknown>[]> => {
    const body = await expectStatus<unknown>(person.http.get(path), 200);
    const { items = body } = body as { items?: unknown };
    return [items].flat() as Record<string, unknown>[];
  };

  it('tells everybody what he wrote, encrypted or not, but for keys and what has become reference data', () => {
    expect(heldIn(client, life.words.client).missing).toEqual([
      'idempotency_keys.key',
      'machines.brand',
      'machines.model',
      // Told the coach, in whose inbox it stands.
      'performances.report',
      'push_devices.token',
    ]);
    expect(heldIn(coach, life.words.coach).missing).toEqual([
      ...['idempotency_keys.key', 'machines.brand', 'machines.model', 'push_devices.token'],
    ]);
  });

  it('tells the client what the coach wrote to her, and not what he noted for himself', () => {
    expect(heldIn(client, life.words.between).missing).toEqual(['coach_notes.content', 'relations.status_reason']);
    expect(client['coach_client_notes']).toEqual([]);
    expect(coach['coach_client_notes']).toEqual([
      expect.objectContaining({ client_id: life.client.id, content: life.words.between.text('coach_notes.content') }),
    ]);
  });

  it('names others, and tells nothing else of them', () => {
    expect(heldIn(client, life.words.other).present).toEqual([]);
    expect(heldIn(coach, life.words.other).present).toEqual(['first_name', 'last_name']);
    expect(heldIn(client, life.words.coach).present).toEqual([
      'first_name',
      'last_name',
      // Her programme.
      ...['planned_sessions.name', 'plans.description', 'plans.name'],
    ]);
    expect(heldIn(coach, life.words.client).present).toEqual([
      ...['booking_transitions.reason', 'bookings.client_message', 'bookings.coming_message', 'bookings.late_reason'],
      ...['bookings.moved_message', 'coaching_requests.client_message', 'first_name', 'last_name'],
      'performances.report',
    ]);
  });

  it('leaves no section of such a life empty', () => {
    const emptyIn = (held: Export): string[] => Object.keys(held).filter((name) => held[name]?.length === 0);
    expect(emptyIn(client)).toEqual(expect.not.arrayContaining(['bookings', 'sms_received', 'body_measurements']));
    expect(emptyIn(client).filter((name) => emptyIn(coach).includes(name))).toEqual(['integrations_connected']);
  });

  it('stands in every table that holds data of people, but where only time, faults or providers write', async () => {
    const empty: string[] = [];
    for (const { table } of app.nest
      .get(PersonalDataParts)
      .all()
      .flatMap(({ tables }) => tables)) {
      const { rowCount } = await app.database.query(`SELECT FROM ${table} LIMIT 1`);
      if (rowCount === 0) empty.push(table);
    }
    expect(empty.sort()).toEqual(UNLIVED);
  });

  /** Section → where the same rows are read one by one, and what of them is made for a screen. */
  const ALSO_READ: [section: string, who: 'client' | 'coach', path: string, computed: string[]][] = [
    ['user', 'client', '/users/me', ['email_verified', 'name', 'phone_verified', 'resolved_photo_url']],
    ['client_profile', 'client', '/clients/profile', ['onboarding_completed', 'gyms']],
    ['questionnaire', 'client', '/clients/questionnaire', []],
    ['coaching_requests', 'client', '/clients/coaching-requests', ['client', 'coach']],
    ['bookings', 'client', '/bookings?limit=100', ['rescheduled_to_id', 'expires_at']],
    ['bookings', 'coach', '/bookings?as=coach&limit=100', ['rescheduled_to_id', 'expires_at']],
    ['waitlist_entries', 'client', '/waitlist', []],
    ['packages', 'client', '/packages/me', []],
    ['payments', 'client', '/payments/me', ['package_name']],
    ['time_off', 'coach', '/coaches/time-off', []],
    ['devices', 'client', '/auth/api-keys', ['current', 'last_used_at']],
  ];

  it.each(ALSO_READ)('holds the %s of the %s field by field as %s', async (section, who, path, computed) => {
    const items = await itemsOf(life[who], path);
    const rows = (who === 'client' ? client : coach)[section] ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThanOrEqual(items.length);
    for (const item of items) {
      const [row = {}] = rows.length === 1 ? rows : rows.filter(({ id }) => id === item['id']);
      for (const [field, value] of Object.entries(item))
        if (!computed.includes(field)) expect([field, row[field]]).toEqual([field, value]);
    }
  });

  it('holds the whole profile of the coach', async () => {
    const [profile = {}] = await itemsOf(life.coach, '/coaches/profile');
    const [held = {}] = coach['coach_profile'] ?? [];
    for (const field of ['bio', 'city', 'country', 'sms_sender_name', 'experience_years', 'languages', 'specialties'])
      expect([field, held[field]]).toEqual([field, profile[field]]);
    for (const list of ['certifications', 'pricing'] as const)
      expect(held[list]).toEqual(
        (profile[list] as Record<string, unknown>[]).map(
          ({ coach_id: _, ...row }) => expect.objectContaining(row) as unknown,
        ),
      );
    expect(held['availability']).toHaveLength(7);
    expect(held['cancellation_policy']).toMatchObject(profile['cancellation_policy'] as object);
    expect(held['gyms']).toEqual([
      expect.objectContaining({ gym_id: life.gymId, name: 'Full Life Club', city: 'Paris' }),
    ]);
  });

  it('holds the ledger of a package, movement by movement', async () => {
    const movements = await itemsOf(life.client, `/packages/${life.packageId}/movements`);
    const byPlace = (rows: Record<string, unknown>[]): unknown[] =>
      rows.map(({ at, kind, remaining_after, bookable_after, booking_id, reason }) =>
        JSON.stringify({ at, kind, remaining_after, bookable_after, booking_id, reason }),
      );
    expect(byPlace(client['package_movements'] ?? []).sort()).toEqual(byPlace(movements).sort());
    expect(coach['package_movements']).toEqual(client['package_movements']);
  });

  it('tells the steps of a booking with their reasons', async () => {
    const held = client['bookings']?.find(({ id }) => id === life.moved.id);
    expect(held?.['history']).toEqual(await itemsOf(life.client, `/bookings/${life.moved.id}/history`));
    expect(JSON.stringify(held?.['history'])).toContain(life.words.client.text('booking_transitions.reason'));
  });

  it.each(['client', 'coach'] as const)('is the same as CSV, cell by cell, of the %s', async (who) => {
    const asCsv = await csvExportOf(life[who]);
    const asJson = who === 'client' ? client : coach;
    const { export_date: date, ...sections } = asCsv;
    expect(date).toEqual([{ at: '2026-03-08T12:00:00Z' }]);
    expect(Object.keys(sections)).toEqual(Object.keys(asJson));
    for (const [name, rows] of Object.entries(asJson)) {
      const cells = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([field, value]) => [field, cellOf(value)])),
      );
      expect([name, sections[name]]).toEqual([name, cells]);
    }
  });
});

function cellOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
