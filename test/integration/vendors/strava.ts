import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { StravaClient } from 'src/modules/integration/strava/strava-client';
import { StravaServer } from 'test/support/strava-server';
import type { Vendor } from './vendor';

export const STRAVA_VENDOR: Vendor = {
  provider: 'strava',
  route: 'strava',
  server: () => new StravaServer(),
  requiredScope: 'activity:read_all',
  knowsPkce: false,
  apiPath: '/api/v3/athlete/activities',
  async call(app, userId) {
    const client = app.nest.get(StravaClient, { strict: false });
    const connections = app.nest.get(ConnectionService, { strict: false });
    await connections.withAccess(userId, 'strava', (accessToken) => client.latest(accessToken, 10));
  },
};
