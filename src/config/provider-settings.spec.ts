import { AppConfig } from './app-config';
import { readEnvironment } from './environment';
import { EnvironmentInvalid } from './environment-faults';

type Variables = Record<string, string | undefined>;

const SECRET = 'a-secret-of-sixteen';
const PROVIDERS: readonly [name: string, prefix: string, further: Variables][] = [
  [
    'Strava',
    'STRAVA',
    { STRAVA_BASE_URL: 'http://strava:1/', STRAVA_SUBSCRIPTION_ID: '7', STRAVA_VERIFY_TOKEN: SECRET },
  ],
  ['Google Calendar', 'GOOGLE_CALENDAR', { GOOGLE_CALENDAR_BASE_URL: 'http://google:1' }],
  ['Withings', 'WITHINGS', { WITHINGS_BASE_URL: 'http://withings:1//', WITHINGS_WEBHOOK_SECRET: SECRET }],
];

const read = (variables: Variables): AppConfig =>
  new AppConfig(readEnvironment({ NODE_ENV: 'test', ...variables }, () => ''));

function faultsOf(variables: Variables): readonly string[] {
  try {
    read(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.faults;
    throw error;
  }
}

describe('the applications at providers', () => {
  it('are none unless somebody sets them', () => {
    expect(read({})).toMatchObject({ strava: null, googleCalendar: null, withings: null });
  });

  it('are known by id and secret, at the addresses of their providers', () => {
    const pairs = PROVIDERS.flatMap(([, prefix]) => [
      [`${prefix}_CLIENT_ID`, '4711'],
      [`${prefix}_CLIENT_SECRET`, SECRET],
    ]);
    const plain = { clientId: '4711', clientSecret: SECRET, baseUrl: null };
    expect(read(Object.fromEntries(pairs) as Variables)).toMatchObject({
      strava: { ...plain, subscriptionId: null, verifyToken: null },
      googleCalendar: plain,
      withings: { ...plain, webhookSecrets: [] },
    });
  });

  it('lie elsewhere when told so, without a slash at the end', () => {
    const all = Object.assign(
      {},
      ...PROVIDERS.map(([, prefix, further]) => ({
        [`${prefix}_CLIENT_ID`]: '4711',
        [`${prefix}_CLIENT_SECRET`]: SECRET,
        ...further,
      })),
    ) as Variables;
    expect(read(all)).toMatchObject({
      strava: { baseUrl: 'http://strava:1', subscriptionId: '7', verifyToken: SECRET },
      googleCalendar: { baseUrl: 'http://google:1' },
      withings: { baseUrl: 'http://withings:1', webhookSecrets: [SECRET] },
    });
  });

  it.each(PROVIDERS)('of %s are taken whole or not at all', (name, prefix, further) => {
    const [id, secret] = [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`];
    expect(faultsOf({ [id]: '4711' })).toEqual([`${secret} is required to connect to ${name}`]);
    expect(faultsOf({ [secret]: SECRET })).toEqual([`${id} is required to connect to ${name}`]);
    for (const [variable, value] of Object.entries(further)) expect(faultsOf({ [variable]: value })).toHaveLength(2);
  });

  it('have secrets that nobody guesses, and addresses that are some', () => {
    const application = { WITHINGS_CLIENT_ID: '4711', WITHINGS_CLIENT_SECRET: SECRET };
    expect(faultsOf(application)).toEqual([]);
    for (const wrong of [
      { WITHINGS_CLIENT_SECRET: 'fifteen-letters' },
      { WITHINGS_BASE_URL: 'withings.example' },
      { WITHINGS_WEBHOOK_SECRET: 'fifteen-letters' },
      { WITHINGS_WEBHOOK_SECRET: 'no/path/of-any-kind' },
      { WITHINGS_WEBHOOK_SECRET: 'x'.repeat(129) },
      { WITHINGS_WEBHOOK_SECRET: `${SECRET},` },
      { WITHINGS_WEBHOOK_SECRET: `${SECRET},fifteen-letters` },
    ])
      expect(faultsOf({ ...application, ...wrong })).toHaveLength(1);
    expect(faultsOf({ ...application, WITHINGS_WEBHOOK_SECRET: 'x'.repeat(128) })).toEqual([]);
  });
});
