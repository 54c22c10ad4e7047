import { connect } from 'test/integration/connecting';
import { pushed } from 'test/integration/strava';
import { train } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import type { Message, Story } from './stage';

export const INTEGRATION_STORIES: readonly Story[] = [
  [
    'a provider refuses to renew what somebody gave',
    async (stage): Promise<Message[]> => {
      await stage.signUp();
      await connect(stage.app, stage.client, { route: 'strava' }, stage.strava, { account: '4711' });
      await stage.begin();
      stage.strava.grants.revokeAccount('4711');
      await expectStatus(stage.client.http.get('/integrations/strava/import'), 422);
      const data = { provider: 'strava' };
      return [{ to: 'client', type: 'integration_reconnect', values: { provider: 'Strava' }, data }];
    },
  ],
  [
    'a session is put on Strava',
    async (stage): Promise<Message[]> => {
      await connect(stage.app, stage.other, { route: 'strava' }, stage.strava, { account: '4712' });
      const { id: session_id } = await train(stage.other, '2026-03-01T17:00:00Z', []);
      await stage.begin();
      const { strava_activity_id } = await pushed(stage.other, session_id);
      const data = { session_id, strava_activity_id };
      const values = { name: 'Entrenamiento libre — MyCoach' };
      return [{ to: 'other', type: 'strava_pushed', values, data }];
    },
  ],
];
