import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { AppConfig } from 'src/config/app-config';
import type { OAuthSettings } from 'src/config/provider-settings';
import { OAuthClient, type OAuthEndpoints } from 'src/modules/integration/connections/oauth-client';
import { OAuthVendors } from 'src/modules/integration/connections/oauth-vendors';

/** Events of the person's calendars, and nothing else of the account. */
const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events';

/** The way to somebody's calendar at Google. */
@Injectable()
export class GoogleCalendarOAuth extends OAuthClient {
  readonly provider = 'google_calendar';
  readonly requiredScopes = [EVENTS_SCOPE];
  readonly knowsPkce = true;
  protected readonly settings: OAuthSettings | null;
  protected readonly endpoints: OAuthEndpoints;
  /** A refresh token comes with offline access, and with a second consent only when that is asked for anew. */
  protected override readonly authorizeExtras = {
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'false',
  };

  constructor({ googleCalendar }: AppConfig, vendors: OAuthVendors, clock: Clock) {
    super(vendors, clock);
    this.settings = googleCalendar;
    const base = googleCalendar?.baseUrl;
    this.endpoints = {
      authorize: `${base ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
      token: `${base ?? 'https://oauth2.googleapis.com'}/token`,
      revoke: `${base ?? 'https://oauth2.googleapis.com'}/revoke`,
    };
  }
}
