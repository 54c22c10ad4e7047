import { CLIENT_ID, type GoogleKeyServer, startGoogleKeyServer } from 'test/auth/google-key-server';
import { aFolder } from 'test/performance/videos';
import { GoogleCalendarServer } from 'test/support/google-calendar-server';
import { StravaServer } from 'test/support/strava-server';
import { TWILIO_ACCOUNT, TWILIO_NUMBER, TWILIO_TOKEN } from 'test/support/twilio-server';
import { VIDEO_KEY, VIDEO_SECRET } from 'test/support/video-server';
import { WithingsServer } from 'test/support/withings-server';

/**
 * Those outside whom the application is connected to. Mails, SMS, pushes and videos are the sandbox's own: of Twilio and
 * the maker of videos there are only the secrets with which they sign what they report.
 */
export class Neighbours {
  readonly strava = new StravaServer();
  readonly calendar = new GoogleCalendarServer();
  readonly scale = new WithingsServer();
  private accounts = 4_000;

  private constructor(
    readonly google: GoogleKeyServer,
    private readonly folder: Awaited<ReturnType<typeof aFolder>>,
  ) {}

  static async start(): Promise<Neighbours> {
    const neighbours = new Neighbours(await startGoogleKeyServer(), await aFolder());
    await Promise.all(neighbours.servers.map((server) => server.start()));
    return neighbours;
  }

  /** What an application must be told to find them. */
  get variables(): Record<string, string> {
    return {
      ...this.strava.variables,
      ...this.calendar.variables,
      ...this.scale.variables,
      GOOGLE_CLIENT_ID: CLIENT_ID,
      GOOGLE_CERTS_URL: this.google.url,
      TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
      TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
      TWILIO_FROM_NUMBER: TWILIO_NUMBER,
      VIDEO_PROVIDER_URL: 'http://127.0.0.1:1',
      VIDEO_PROVIDER_KEY: VIDEO_KEY,
      VIDEO_WEBHOOK_SECRET: VIDEO_SECRET,
      DATA_DIR: this.folder.path,
    };
  }

  /** One that nobody has connected yet. */
  anAccount(): string {
    return String((this.accounts += 1));
  }

  /** What they remember of requests is of no use here, and grows. */
  tidy(): void {
    for (const server of this.servers) server.requests.length = 0;
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    await this.google.close();
    await this.folder.remove();
  }

  private get servers(): readonly [StravaServer, GoogleCalendarServer, WithingsServer] {
    return [this.strava, this.calendar, this.scale];
  }
}
