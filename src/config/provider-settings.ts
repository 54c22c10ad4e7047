import type { ProviderEnvironment } from './provider-environment';
import { secretsIn } from './secret-strength';

/** An application of ours at a provider that accounts connect to. */
export interface OAuthSettings {
  clientId: string;
  clientSecret: string;
  /** Without a slash at its end. Null: the provider's own hosts. */
  baseUrl: string | null;
}

export interface StravaSettings extends OAuthSettings {
  /** Of the push subscription; null: no event is believed. */
  subscriptionId: string | null;
  /** What Strava repeats when it asks whether the address of the webhook is ours; null: it is told no. */
  verifyToken: string | null;
}

export interface WithingsSettings extends OAuthSettings {
  /** Each stands in an address of the webhook, the first in the one that Withings is told; none: there is no webhook. */
  webhookSecrets: readonly string[];
  /** How often all processes together ask, by what Withings allows the application. */
  callsPerMinute: number;
}

export interface ProviderSettings {
  strava: StravaSettings | null;
  googleCalendar: OAuthSettings | null;
  withings: WithingsSettings | null;
}

type Variable = keyof ProviderEnvironment;

const APPLICATIONS: readonly { needed: readonly Variable[]; further: readonly Variable[]; purpose: string }[] = [
  {
    needed: ['STRAVA_CLIENT_ID', 'STRAVA_CLIENT_SECRET'],
    further: ['STRAVA_BASE_URL', 'STRAVA_SUBSCRIPTION_ID', 'STRAVA_VERIFY_TOKEN'],
    purpose: 'connect to Strava',
  },
  {
    needed: ['GOOGLE_CALENDAR_CLIENT_ID', 'GOOGLE_CALENDAR_CLIENT_SECRET'],
    further: ['GOOGLE_CALENDAR_BASE_URL'],
    purpose: 'connect to Google Calendar',
  },
  {
    needed: ['WITHINGS_CLIENT_ID', 'WITHINGS_CLIENT_SECRET'],
    further: ['WITHINGS_BASE_URL', 'WITHINGS_WEBHOOK_SECRET'],
    purpose: 'connect to Withings',
  },
];

/** Half an application at a provider is none: everybody who wants to connect would be sent there in vain. */
export function providerFaults(environment: ProviderEnvironment): string[] {
  return APPLICATIONS.flatMap(({ needed, further, purpose }) => {
    const missing = needed.filter((name) => !environment[name]);
    const isMeant = [...needed, ...further].some((name) => environment[name] !== undefined);
    return isMeant ? missing.map((name) => `${name} is required to ${purpose}`) : [];
  });
}

/** The applications that are set; null for each that is not. */
export function providersOf(variables: ProviderEnvironment): ProviderSettings {
  const strava = applicationOf(variables.STRAVA_CLIENT_ID, variables.STRAVA_CLIENT_SECRET, variables.STRAVA_BASE_URL);
  const withings = applicationOf(
    variables.WITHINGS_CLIENT_ID,
    variables.WITHINGS_CLIENT_SECRET,
    variables.WITHINGS_BASE_URL,
  );
  return {
    strava: strava && {
      ...strava,
      subscriptionId: variables.STRAVA_SUBSCRIPTION_ID ?? null,
      verifyToken: variables.STRAVA_VERIFY_TOKEN ?? null,
    },
    googleCalendar: applicationOf(
      variables.GOOGLE_CALENDAR_CLIENT_ID,
      variables.GOOGLE_CALENDAR_CLIENT_SECRET,
      variables.GOOGLE_CALENDAR_BASE_URL,
    ),
    withings: withings && {
      ...withings,
      webhookSecrets: secretsIn(variables.WITHINGS_WEBHOOK_SECRET),
      callsPerMinute: variables.WITHINGS_CALLS_PER_MINUTE,
    },
  };
}

function applicationOf(clientId?: string, clientSecret?: string, baseUrl?: string): OAuthSettings | null {
  if (!clientId || !clientSecret) return null;
  return { clientId, clientSecret, baseUrl: baseUrl?.replace(/\/+$/, '') ?? null };
}
