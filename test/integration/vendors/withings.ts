import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { WithingsApi } from 'src/modules/integration/withings/withings-api';
import { WithingsServer } from 'test/support/withings-server';
import type { Vendor } from './vendor';

export const WITHINGS_VENDOR: Vendor = {
  provider: 'withings',
  route: 'scale',
  server: () => new WithingsServer(),
  requiredScope: 'user.metrics',
  knowsPkce: false,
  apiPath: '/measure',
  async call(app, userId) {
    const api = app.nest.get(WithingsApi, { strict: false });
    const connections = app.nest.get(ConnectionService, { strict: false });
    const asker = { isWaitedFor: true, reference: userId };
    await connections.withAccess(userId, 'withings', (token) => api.measures(token, { since: 0, offset: 0 }, asker));
  },
};
