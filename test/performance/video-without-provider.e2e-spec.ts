import { promote } from 'test/auth/links';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import type { Refusal } from './machines';
import { anExercise, settle } from './videos';

describe('without a provider', () => {
  let app: TestApp;
  let admin: TestPerson;

  beforeAll(async () => {
    app = await startTestApp(QUIET_PRODUCTION);
    admin = await app.register();
    await promote(app, admin);
  });
  afterAll(() => app.close());

  it('nobody makes videos in production, and that is told', async () => {
    const exercise = await anExercise(app);
    const answer = await admin.http.post(`/admin/videos/generate/${exercise}`).set('Accept-Language', 'en').send({});
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([503, 'video_provider_unavailable']);
    expect((answer.body as Refusal).message).toContain('provider');
    const { rows } = await app.database.query('SELECT count(*)::int AS count FROM exercise_videos');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('what was asked for before ends when its time is over, with the nightly job', async () => {
    const exercise = await anExercise(app);
    await app.database.query(
      `INSERT INTO exercise_videos (exercise_type_id, status, generated_prompt, created_at, updated_at)
       VALUES ($1, 'generating', 'A squat.', now() - interval '2 hours', now())`,
      [exercise],
    );
    await app.database.query(
      `SELECT graphile_worker.add_job('run_periodic_job', '{"job": "purge_expired_tokens"}'::json)`,
    );
    await settle(app);
    const { rows } = await app.database.query('SELECT status, rejection_reason FROM exercise_videos');
    expect(rows).toEqual([{ status: 'rejected', rejection_reason: 'timed_out' }]);
  });
});
