import { GoogleCalendarServer } from './google-calendar-server';
import type { ProviderServer } from './provider-server';
import { StravaServer } from './strava-server';
import { WithingsServer } from './withings-server';

/** The providers of the tests, for a person with a browser: `npm run providers`. They forget all when they end. */
const SERVERS: readonly [ProviderServer, port: number][] = [
  [new StravaServer(), 8101],
  [new GoogleCalendarServer(), 8102],
  [new WithingsServer(), 8103],
];

async function main(): Promise<void> {
  const lines: string[] = [];
  for (const [server, port] of SERVERS) {
    await server.start(port);
    lines.push(...Object.entries(server.variables).map(([name, value]) => `${name}=${value}`));
  }
  process.stdout.write(
    [
      'Strava, Google Calendar and Withings stand in for themselves on this machine, until Ctrl+C.',
      'Start MyCoach beside them with these variables:',
      '',
      ...lines.map((line) => `export ${line}`),
      'npm start',
      '',
    ].join('\n'),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
