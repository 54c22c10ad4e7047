import { exerciseId } from 'src/database/exercise-catalogue';
import { promote, registerProved } from 'test/auth/links';
import { bond } from 'test/booking/dealings';
import { aToken } from 'test/enrollment/enrolling';
import { connected } from 'test/integration/strava';
import { train } from 'test/performance/training';
import { aPlan } from 'test/program/plans';
import { aClub } from 'test/support/clubs';
import { parameterId } from 'test/wellness/values';
import type { Attempts } from './scene';

/** What people enter for themselves, and admins for everybody. */
export const ENTRIES: Attempts = {
  'post /users/me/gyms': async ({ app, client }) => ({
    person: client,
    path: '/users/me/gyms',
    body: { gym_id: await aClub(app) },
  }),
  'post /admin/gyms/import': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    const header = 'external_id,chain_name,name,address,zip_code,city,country,lat,lng,phone,open_24h';
    const file = `${header}\na1,Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true`;
    return { person, path: '/admin/gyms/import', file };
  },
  'post /admin/blocked-domains': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/blocked-domains', body: { domain: 'trash.example' } };
  },
  'post /consents': ({ client }) => ({
    person: client,
    path: '/consents',
    body: { type: 'analytics', accepted: true },
  }),
  'post /feedback': ({ client }) => ({
    person: client,
    path: '/feedback',
    body: { type: 'suggestion', title: 'Mode sombre', description: 'La nuit, l’écran éblouit.' },
  }),
  'post /machines/submit': ({ client }) => ({
    person: client,
    path: '/machines/submit',
    body: { type_key: 'leg_press', brand: 'Technogym', qr_code_hash: 'lp-7' },
  }),
  'post /admin/videos/generate/{exercise_id}': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: `/admin/videos/generate/${exerciseId('barbell-back-squat')}`, body: { prompt: 'A squat.' } };
  },
  'post /users/me/social-links': ({ client }) => ({
    person: client,
    path: '/users/me/social-links',
    body: { platform: 'strava', url: 'https://strava.com/athletes/7' },
  }),
  'post /coaches/me/enrollment-tokens': ({ coach }) => ({
    person: coach,
    path: '/coaches/me/enrollment-tokens',
    body: { label: 'Affiche', max_uses: 3 },
  }),
  'post /users/me/enroll/{token}': async ({ coach, client }) => ({
    person: client,
    path: `/users/me/enroll/${(await aToken(coach)).token}`,
  }),
  'post /health/logs': async ({ app, client }) => ({
    person: client,
    path: '/health/logs',
    body: { parameter_id: await parameterId(app, 'weight_kg'), value: 72.5, note: 'À jeun' },
  }),
  'post /admin/social-platforms': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/social-platforms', body: { slug: 'mastodon', label: 'Mastodon' } };
  },
  'post /admin/health/parameters': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/health/parameters', body: { slug: 'mood', label: { fr: 'Humeur' } } };
  },
  'post /coaches/profile': async ({ app }) => ({
    person: await app.register({ role: 'coach' }),
    path: '/coaches/profile',
    body: { city: 'Lyon' },
  }),
  'post /coaches/profile/specialties': ({ coach }) => ({
    person: coach,
    path: '/coaches/profile/specialties',
    body: { specialty: 'yoga' },
  }),
  'post /coaches/profile/certifications': ({ coach }) => ({
    person: coach,
    path: '/coaches/profile/certifications',
    body: { name: 'BPJEPS' },
  }),
  'post /coaches/pricing': ({ coach }) => ({
    person: coach,
    path: '/coaches/pricing',
    body: { type: 'per_session', name: 'Duo', price_cents: 7_000 },
  }),
  'post /coaches/availability': ({ coach }) => ({
    person: coach,
    path: '/coaches/availability',
    body: { day_of_week: 0, start_time: '21:00', end_time: '22:00' },
  }),
  'post /coaches/time-off': ({ coach }) => ({
    person: coach,
    path: '/coaches/time-off',
    body: { starts_at: '2026-03-09T00:00:00Z', ends_at: '2026-03-10T00:00:00Z' },
  }),
  'post /coaches/cancellation-templates': ({ coach }) => ({
    person: coach,
    path: '/coaches/cancellation-templates',
    body: { title: 'Orage', body: 'Bonjour {prénom}, la séance du {date} est annulée.' },
  }),
  'post /coaches/sms/broadcast': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    return { person: coach, path: '/coaches/sms/broadcast', body: { scope: 'all', custom_message: 'Bonjour' } };
  },
  'post /integrations/scale/manual': ({ client }) => ({
    person: client,
    path: '/integrations/scale/manual',
    body: { weight_kg: 80 },
  }),
  'post /clients/profile': ({ client }) => ({ person: client, path: '/clients/profile', body: { height_cm: 180 } }),
  'post /clients/questionnaire': ({ client }) => ({
    person: client,
    path: '/clients/questionnaire',
    body: { goal: 'endurance' },
  }),
  'post /integrations/strava/push/{session_id}': async ({ app, strava, client }) => {
    await connected(app, strava, client);
    const { id } = await train(client, '2026-03-01T17:00:00Z', []);
    return { person: client, path: `/integrations/strava/push/${id}` };
  },
  'post /performances': ({ client }) => ({
    person: client,
    path: '/performances',
    body: { date: '2026-03-01T17:00:00Z', feeling: 4 },
  }),
  'post /performances/import': ({ client }) => {
    const header = 'Date,Workout Name,Exercise Name,Set Order,Weight,Reps';
    const file = `${header}\n2026-03-01 18:00:00,Legs,Squat (Barbell),1,60,5`;
    return { person: client, path: '/performances/import', file };
  },
  'post /performances/for-client/{id}': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const body = { date: '2026-03-01T17:00:00Z', feeling: 4 };
    return { person: coach, path: `/performances/for-client/${client.id}`, body };
  },
  'post /clients/program/generate': ({ client }) => ({
    person: client,
    path: '/clients/program/generate',
    body: { goal: 'endurance' },
  }),
  'post /clients/program/recalibrate': ({ client }) => ({
    person: client,
    path: '/clients/program/recalibrate',
    body: { frequency_per_week: 2 },
  }),
  'post /coaches/programs': ({ coach }) => ({ person: coach, path: '/coaches/programs', body: { name: 'Force' } }),
  'post /coaches/programs/{id}/duplicate': async ({ coach }) => ({
    person: coach,
    path: `/coaches/programs/${(await aPlan(coach)).id}/duplicate`,
    body: { name: 'Suite' },
  }),
  'post /coaches/programs/{id}/assign': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const { id } = await aPlan(coach);
    const body = { client_id: client.id, start_date: '2026-03-02' };
    return { person: coach, path: `/coaches/programs/${id}/assign`, body };
  },
};
