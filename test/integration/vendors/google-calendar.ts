import { GoogleCalendar } from 'src/modules/integration/calendar/google-calendar';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { EVENTS_PATH, EVENTS_SCOPE, GoogleCalendarServer } from 'test/support/google-calendar-server';
import type { Vendor } from './vendor';

const EVENT = {
  id: 'a0b1c2d3e4',
  bookingId: '0c7d1f2e-0000-4000-8000-000000000001',
  title: 'Session with Inès',
  location: null,
  startsAt: new Date('2026-03-03T09:00:00Z'),
  endsAt: new Date('2026-03-03T10:00:00Z'),
  timezone: 'Europe/Paris',
};

export const GOOGLE_CALENDAR_VENDOR: Vendor = {
  provider: 'google_calendar',
  route: 'calendar',
  server: () => new GoogleCalendarServer(),
  requiredScope: EVENTS_SCOPE,
  knowsPkce: true,
  apiPath: EVENTS_PATH,
  call: async (app, userId) => {
    const calendar = app.nest.get(GoogleCalendar, { strict: false });
    const connections = app.nest.get(ConnectionService, { strict: false });
    await connections.withAccess(userId, 'google_calendar', (accessToken) => calendar.put(accessToken, EVENT));
  },
};
