import type { ProviderName } from 'src/modules/integration/provider.types';

/** The providers that accounts can be connected to, by the word of their routes. */
export const ROUTES = { strava: 'strava', google_calendar: 'calendar', withings: 'scale' } as const;
export type ConnectableProvider = keyof typeof ROUTES & ProviderName;

/** The way to a provider: a browser is sent to `url`. */
export interface Authorization {
  url: string;
  provider: ConnectableProvider;
  state: string;
}

/** What came with the redirect of a provider, as it stood in the address. */
export interface Redirect {
  state: string;
  code?: string;
  error?: string;
  scope?: string;
  iss?: string;
}

/** An account that is connected now. */
export interface Connected {
  provider: ConnectableProvider;
  scope: string;
}
