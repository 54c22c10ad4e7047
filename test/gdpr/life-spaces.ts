import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import type { LifePeople, LifeWords } from './full-life';
import type { Planted } from './words';

/** What a coach writes about himself and his offer, and what an admin answers. */
export async function coachSpace(
  { coach, admin }: Pick<LifePeople, 'coach' | 'admin'>,
  { coach: words }: LifeWords,
  gymId: string,
): Promise<void> {
  const post = (path: string, body: object, status = 201): Promise<Record<string, unknown>> =>
    expectStatus(coach.http.post(path).send(body), status);
  await post('/coaches/profile', {
    ...{ bio: words.text('coach_profiles.bio'), city: words.text('coach_profiles.city'), country: 'FR' },
    ...{ sms_sender_name: words.text('coach_profiles.sms_sender_name'), experience_years: 7, max_clients: 50 },
    ...{ discovery_enabled: true, discovery_free: true, languages: ['fr', 'en'], specialties: ['yoga'] },
    gym_ids: [gymId],
  });
  for (const day of [0, 1, 2, 3, 4, 5, 6])
    await post('/coaches/availability', { day_of_week: day, start_time: '08:00', end_time: '20:00' });
  await post('/coaches/pricing', { type: 'per_session', name: words.text('pricings.name'), price_cents: 5_000 });
  const offer = { type: 'package', name: words.text('pricings.package_name'), session_count: 10, price_cents: 40_000 };
  await post('/coaches/pricing', offer);
  const { id } = await post('/coaches/profile/certifications', {
    ...{ name: words.text('certifications.name'), organization: words.text('certifications.organization') },
    ...{ year: 2015, document_url: `https://example.com/${words.text('certifications.document_url')}` },
  });
  const reason = { reason: words.text('certifications.rejection_reason') };
  await expectStatus(admin.http.post(`/admin/certifications/${String(id)}/reject`).send(reason), 200);
  const policy = { threshold_hours: 24, client_message: words.text('cancellation_policies.client_message') };
  await expectStatus(coach.http.put('/coaches/cancellation-policy').send(policy), 200);
  await post('/coaches/cancellation-templates', {
    ...{ title: words.text('message_templates.title'), body: `Hello, ${words.text('message_templates.body')}` },
  });
  await post('/coaches/time-off', {
    ...{ starts_at: '2026-05-01T00:00:00Z', ends_at: '2026-05-08T00:00:00Z' },
    reason: words.text('time_offs.reason'),
  });
  await post('/coaches/me/enrollment-tokens', { label: words.text('enrollment_tokens.label') });
}

/** What everybody has: a picture, devices that ring, favourites, measurements, wellness, links, an opinion. */
export async function ownLife(app: TestApp, person: TestPerson, words: Planted, gymId: string): Promise<void> {
  const post = (path: string, body: object, status = 201): Promise<Record<string, unknown>> =>
    expectStatus(person.http.post(path).send(body), status);
  await expectStatus(person.http.post('/users/me/avatar').attach('file', await aPicture(), 'me.png'), 200);
  await post('/push/register', { token: words.text('push_devices.token'), platform: 'android' }, 204);
  await expectStatus(
    person.http.put('/users/me/notification-preferences').send({ reminder_day_before: { push: true, email: false } }),
    200,
  );
  await post('/clients/profile', {
    ...{ birth_date: '1985-05-06', weight_kg: 70.25, height_cm: 171, goal: 'well_being', level: 'beginner' },
    ...{ target_weight_kg: 65.5, gym_ids: [gymId] },
  });
  await post('/clients/questionnaire', {
    ...{ goal: 'well_being', level: 'beginner', frequency_per_week: 3, session_duration_min: 60 },
    ...{ equipment: ['dumbbells'], target_zones: ['chest'], injury_zones: ['shoulders'] },
    injuries: words.text('questionnaires.injuries'),
  });
  await post('/users/me/social-links', {
    label: words.text('social_links.label'),
    url: `https://example.com/${words.text('social_links.url')}`,
  });
  const opinion = {
    ...{ type: 'suggestion', title: words.text('feedback.title'), description: words.text('feedback.description') },
    ...{ app_version: words.text('feedback.app_version'), platform: 'android' },
  };
  const once = words.text('idempotency_keys.key');
  await expectStatus(person.http.post('/feedback').set('Idempotency-Key', once).send(opinion), 201);
  await post('/integrations/scale/manual', { weight_kg: 70.5, fat_pct: 21.5 });
  await post('/health/logs', {
    ...{ parameter_id: await aHealthParameter(app), value: 7, note: words.text('health_logs.note') },
  });
  await post('/consents', { type: 'marketing_emails', accepted: true });
  await post('/users/me/calendar-feed', {});
  // An address that waits for its link, and a code that was never entered.
  await expectStatus(
    person.http.patch('/users/me').send({ email: `${words.text('pending_email').toLowerCase()}@example.com` }),
    200,
  );
  await post('/auth/verify-phone/request', {}, 204);
  await post('/auth/forgot-password', { email: person.email }, 202);
  await person.http.post('/auth/login').send({ email: person.email, password: 'Wrong-Horse-7' });
}

async function aPicture(): Promise<Buffer> {
  return sharp({ create: { width: 256, height: 256, channels: 3, background: '#3a7d44' } })
    .png()
    .toBuffer();
}

/** One of the catalogue, made where the seeds are not loaded. */
async function aHealthParameter(app: TestApp): Promise<string> {
  const { rows } = await app.database.query<{ id: string }>('SELECT id FROM health_parameters ORDER BY slug LIMIT 1');
  if (rows[0]) return rows[0].id;
  const id = randomUUID();
  await app.database.query(
    `INSERT INTO health_parameters (id, slug, label, unit, data_type, category, active, position, created_at)
     VALUES ($1, 'life_sleep', '{"en": "Sleep"}', 'h', 'float', 'sleep', true, 1, now())`,
    [id],
  );
  return id;
}
