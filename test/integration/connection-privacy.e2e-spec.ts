import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { createLogger, NestLogger } from 'src/common/logging/logger';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { connect, setOut, settle, storedOf, tokenOf } from './connecting';

const STRAVA = { route: 'strava' } as const;

describe('what is known of somebody elsewhere', () => {
  let app: TestApp;
  let server: StravaServer;
  let person: TestPerson;
  let parts: PersonalDataParts;
  const subject = (): { userId: string; locale: string; timezone: string } => ({
    userId: person.id,
    locale: 'en',
    timezone: 'UTC',
  });
  const own = (): ReturnType<PersonalDataParts['all']> =>
    parts.all().filter(({ name }) => ['integration.connections', 'integration.authorizations'].includes(name));

  beforeAll(async () => {
    server = await new StravaServer().start();
    app = await startTestApp(server.variables);
    parts = app.nest.get(PersonalDataParts, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });
  beforeEach(async () => {
    server.forget();
    person = await app.register();
    await connect(app, person, STRAVA, server);
  });

  it('is handed out by its name alone', async () => {
    const sections = own().flatMap((part) => part.sections);
    expect(sections.map(({ name }) => name)).toEqual(['integrations_connected']);
    const rows: unknown[] = [];
    for (const section of sections) for await (const row of section.rows(subject())) rows.push(row);
    expect(rows).toEqual([{ provider: 'strava' }]);
  });

  it('is erased, here and there, and once is enough', async () => {
    await setOut(person, STRAVA);
    const unit = app.nest.get(UnitOfWork, { strict: false });
    const erase = async (): Promise<void> => {
      for (const part of own()) expect(await unit.run(() => part.erase(subject(), new Date(0)))).toBe('done');
    };
    await erase();
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    await settle(app);
    expect(server.grants.of(server.defaultAccount)).toEqual([]);
    const asked = server.requests.length;
    await erase();
    await settle(app);
    expect(server.requests).toHaveLength(asked);
  });

  it('is in no line of the log, whatever goes wrong', async () => {
    const lines: string[] = [];
    app.nest.useLogger(new NestLogger(createLogger('trace', { write: (line: string) => lines.push(line) })));
    await app.database.query(`UPDATE users SET timezone = 'UTC' WHERE id = $1`, [person.id]);
    for (const fault of [{ status: 500 }, { text: '<html>' }, 'reset'] as const) {
      server.fail('/oauth/deauthorize', fault);
      await person.http.delete('/integrations/disconnect/strava');
      await settle(app);
      await connect(app, person, STRAVA, server);
      server.grants.expireAccess();
      server.fail(server.tokenPath, fault);
      await person.http.get('/integrations/strava/import');
    }
    await app.database.query(`UPDATE oauth_connections SET access_token = refresh_token WHERE user_id = $1`, [
      person.id,
    ]);
    await tokenOf(app, person, 'strava').catch(() => undefined);
    const log = lines.join('');
    expect(log).toContain('do not open');
    for (const secret of [...server.grants.secrets, server.clientSecret]) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/test:[A-Za-z0-9+/]{20}/);
  });
});
