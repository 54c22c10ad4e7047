import { randomUUID } from 'node:crypto';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { JobWorker } from 'src/common/jobs/job-worker';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { submitted } from 'test/performance/machines';
import { anExercise, made } from 'test/performance/videos';
import { aCoach, expectStatus } from 'test/support/coaching';
import type { HttpClient, TestApp, TestPerson } from 'test/support/test-app';

/** Every route behind `/admin` that changes something, and one call of it that is let through. */

interface Answered {
  status: number;
  body: unknown;
}

export interface Call {
  action: string;
  target: string;
  /** Of the row that it was done to; `answer` = the row that the answer names, null = more than one row. */
  targetId: string | null;
  send: (http: HttpClient) => PromiseLike<Answered>;
}

export interface Stage {
  app: TestApp;
  admin: TestPerson;
}

type Act = (stage: Stage) => Promise<Call>;

/** A call without a body, or with one, on a row. */
const on =
  (verb: 'post' | 'patch' | 'put' | 'delete', path: string, body: object = {}) =>
  (http: HttpClient): PromiseLike<Answered> =>
    http[verb](path).send(body);

const NOTE = 'note_of_audit';

async function aDeadLetter({ app, admin }: Stage): Promise<string> {
  const registry = app.nest.get(JobRegistry);
  if (!registry.find(NOTE))
    registry.register(NOTE, () => Promise.reject(new DeliveryFailure('smtp 550', true)), {
      channel: 'email',
      describe: () => Promise.resolve({ type: 'note', userId: admin.id }),
    });
  await app.nest.get(JobQueue).add(NOTE, { nonce: randomUUID() });
  await app.nest.get(JobWorker).settle();
  const { items } = await expectStatus<{ items: { id: string }[] }>(admin.http.get('/admin/dead-letters'), 200);
  return items[0]?.id ?? '';
}

async function aCertification({ app }: Stage): Promise<string> {
  const coach = await aCoach(app);
  const sent = coach.http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' });
  return (await expectStatus<{ id: string }>(sent, 201)).id;
}

async function aVideo({ app, admin }: Stage): Promise<string> {
  return (await made(app, admin, await anExercise(app))).id;
}

async function aFeedback({ app }: Stage): Promise<string> {
  const person = await app.register();
  const body = { type: 'suggestion', title: 'Mode sombre', description: 'La nuit, l’écran éblouit.' };
  return (await expectStatus<{ id: string }>(person.http.post('/feedback').send(body), 201)).id;
}

async function aPlatform({ admin }: Stage): Promise<string> {
  const body = { slug: `s_${randomUUID().slice(0, 8)}`, label: 'Réseau' };
  return (await expectStatus<{ id: string }>(admin.http.post('/admin/social-platforms').send(body), 201)).id;
}

async function aParameter({ admin }: Stage): Promise<string> {
  const body = { slug: `p_${randomUUID().slice(0, 8)}`, label: { fr: 'Souplesse', en: 'Flexibility' } };
  return (await expectStatus<{ id: string }>(admin.http.post('/admin/health/parameters').send(body), 201)).id;
}

/** Done to a row that `prepare` makes. */
function act(
  action: string,
  target: string,
  prepare: (stage: Stage) => Promise<string>,
  send: (id: string) => Call['send'],
): Act {
  return async (stage) => {
    const id = await prepare(stage);
    return { action, target, targetId: id, send: send(id) };
  };
}

export const ADMIN_ACTS: Readonly<Record<string, Act>> = {
  'post /admin/users/:id/suspend': act(
    'user.suspended',
    'user',
    async ({ app }) => (await app.register()).id,
    (id) => on('post', `/admin/users/${id}/suspend`, { reason: 'Insultes' }),
  ),
  'post /admin/users/:id/reactivate': act(
    'user.reactivated',
    'user',
    async ({ app, admin }) => {
      const { id } = await app.register();
      await expectStatus(admin.http.post(`/admin/users/${id}/suspend`).send({}), 200);
      return id;
    },
    (id) => on('post', `/admin/users/${id}/reactivate`),
  ),
  'post /admin/coaches/:id/verify': act(
    'coach.verified',
    'coach',
    async ({ app }) => (await aCoach(app)).id,
    (id) => on('post', `/admin/coaches/${id}/verify`),
  ),
  'post /admin/certifications/:id/validate': act('certification.validated', 'certification', aCertification, (id) =>
    on('post', `/admin/certifications/${id}/validate`),
  ),
  'post /admin/certifications/:id/reject': act('certification.rejected', 'certification', aCertification, (id) =>
    on('post', `/admin/certifications/${id}/reject`, { reason: 'Illisible' }),
  ),
  'post /admin/machines/:id/validate': act(
    'machine.validated',
    'machine',
    async ({ app }) => (await submitted(await app.register())).id,
    (id) => on('post', `/admin/machines/${id}/validate`),
  ),
  'post /admin/machines/:id/reject': act(
    'machine.rejected',
    'machine',
    async ({ app }) => (await submitted(await app.register())).id,
    (id) => on('post', `/admin/machines/${id}/reject`, { reason: 'Floue' }),
  ),
  'post /admin/videos/generate/:exercise_id': async ({ app }) => ({
    action: 'video.requested',
    target: 'video',
    targetId: 'answer',
    send: on('post', `/admin/videos/generate/${await anExercise(app)}`),
  }),
  'post /admin/videos/:id/validate': act('video.published', 'video', aVideo, (id) =>
    on('post', `/admin/videos/${id}/validate`),
  ),
  'post /admin/videos/:id/reject': act('video.rejected', 'video', aVideo, (id) =>
    on('post', `/admin/videos/${id}/reject`, { reason: 'Trop sombre' }),
  ),
  'post /admin/gyms/import': () => {
    const header = 'chain_name,name,address,zip_code,city,country,lat,lng';
    const line = `Keep Cool,Keep Cool ${randomUUID()},3 rue de la Mer,34300,Agde,FR,43.31,3.47`;
    return Promise.resolve({
      action: 'gym.imported',
      target: 'gym',
      targetId: null,
      send: (http) => http.post('/admin/gyms/import').attach('file', Buffer.from(`${header}\n${line}`), 'gyms.csv'),
    });
  },
  'post /admin/blocked-domains': () =>
    Promise.resolve({
      action: 'blocked_domain.added',
      target: 'blocked_domain',
      targetId: 'answer',
      send: on('post', '/admin/blocked-domains', { domain: `${randomUUID()}.example`, reason: 'Jetable' }),
    }),
  'delete /admin/blocked-domains/:domain': async ({ admin }) => {
    const domain = `${randomUUID()}.example`;
    const { id } = await expectStatus<{ id: string }>(admin.http.post('/admin/blocked-domains').send({ domain }), 201);
    return {
      action: 'blocked_domain.removed',
      target: 'blocked_domain',
      targetId: id,
      send: on('delete', `/admin/blocked-domains/${domain}`),
    };
  },
  'patch /admin/feedback/:id': act('feedback.handled', 'feedback', aFeedback, (id) =>
    on('patch', `/admin/feedback/${id}`, { status: 'resolved', admin_note: 'Fait' }),
  ),
  'post /admin/social-platforms': () =>
    Promise.resolve({
      action: 'social_platform.created',
      target: 'social_platform',
      targetId: 'answer',
      send: on('post', '/admin/social-platforms', { slug: `s_${randomUUID().slice(0, 8)}`, label: 'Réseau' }),
    }),
  'put /admin/social-platforms/:id': act('social_platform.updated', 'social_platform', aPlatform, (id) =>
    on('put', `/admin/social-platforms/${id}`, { label: 'Autre' }),
  ),
  'delete /admin/social-platforms/:id': act('social_platform.removed', 'social_platform', aPlatform, (id) =>
    on('delete', `/admin/social-platforms/${id}`),
  ),
  'post /admin/health/parameters': () =>
    Promise.resolve({
      action: 'health_parameter.created',
      target: 'health_parameter',
      targetId: 'answer',
      send: on('post', '/admin/health/parameters', {
        slug: `p_${randomUUID().slice(0, 8)}`,
        label: { fr: 'Souplesse' },
      }),
    }),
  'patch /admin/health/parameters/:id': act('health_parameter.updated', 'health_parameter', aParameter, (id) =>
    on('patch', `/admin/health/parameters/${id}`, { unit: 'cm' }),
  ),
  'delete /admin/health/parameters/:id': act('health_parameter.switched_off', 'health_parameter', aParameter, (id) =>
    on('delete', `/admin/health/parameters/${id}`),
  ),
  'post /admin/dead-letters/:id/replay': act('dead_letter.replayed', 'dead_letter', aDeadLetter, (id) =>
    on('post', `/admin/dead-letters/${id}/replay`),
  ),
  'delete /admin/dead-letters/:id': act('dead_letter.discarded', 'dead_letter', aDeadLetter, (id) =>
    on('delete', `/admin/dead-letters/${id}`),
  ),
};
