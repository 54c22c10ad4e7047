import { sessionsOf } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp } from 'test/support/test-app';
import { connected, hears, importOf, refusalOf } from './strava';

const ACTIVITY = '/api/v3/activities';

describe('the webhook without an application at Strava', () => {
  it('believes nobody', async () => {
    const app = await startTestApp();
    expect(await refusalOf(app.http.get('/webhooks/strava?hub.mode=subscribe&hub.verify_token='))).toBe(
      '401 webhook_signature_invalid',
    );
    expect(await refusalOf(app.http.post('/webhooks/strava').send({ subscription_id: 1 }))).toBe(
      '401 webhook_signature_invalid',
    );
    await app.close();
  });
});

describe('the limits of Strava', () => {
  it('keep jobs waiting when they are nearly used up, and people get what is left', async () => {
    const strava = await new StravaServer().start();
    const app = await startTestApp(strava.variables);
    const me = await app.register();
    const account = await connected(app, strava, me);
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    strava.limits = { 'X-RateLimit-Limit': '200,2000', 'X-RateLimit-Usage': '170,900' };
    await importOf(me, '?limit=1');
    await expectStatus(me.http.delete(`/performances/${(await sessionsOf(me)).items[0]?.id ?? ''}`), 204);
    await hears(app, strava.eventOf(activity, 'create'));
    expect(strava.requestsTo(ACTIVITY)).toEqual([]);
    const { rows } = await app.database.query<{ attempts: number; later: boolean }>(
      'SELECT attempts, run_at > now() AS later FROM graphile_worker._private_jobs',
    );
    expect(rows).toEqual([{ attempts: 0, later: true }]);
    expect(await importOf(me)).toMatchObject([{ imported: true }]);
    await app.close();
    await strava.stop();
  });
});
