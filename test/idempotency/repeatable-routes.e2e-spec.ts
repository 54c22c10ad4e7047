import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { aCoach } from 'test/support/coaching';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { DEALINGS } from './dealings';
import { ENTRIES } from './entries';
import type { Attempt, Scene } from './scene';

const NOW = '2026-03-02T06:00:00Z';

/** Every route whose repeat with the same key gives the first answer again, and what leads to an answer that is kept. */
const REPEATABLE = { ...ENTRIES, ...DEALINGS };

const document = JSON.parse(readFileSync(joinPath(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
};
const documented = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs)
    .filter(([, { parameters = [] }]) => parameters.some(({ name }) => name === 'Idempotency-Key'))
    .map(([verb]) => `${verb} ${path}`),
);

describe('trust 47 and 48: a repeat with the same Idempotency-Key', () => {
  let app: TestApp;
  let strava: StravaServer;
  let scene: Scene;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });
  beforeEach(async () => {
    await app.setClock(NOW);
    const coach = await aCoach(app, { profile: { discovery_enabled: true } });
    scene = { app, strava, coach, client: await app.register() };
  });

  /** How many rows each table has. */
  const rows = async (): Promise<unknown> => {
    const counted = await app.database.query(
      `SELECT tablename, (xpath('//n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename),
         true, false, '')))[1]::text AS n
       FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
    );
    return counted.rows;
  };
  const send = ({ person, path, body, file }: Attempt, key: string) => {
    const request = person.http.post(path).set('Idempotency-Key', key);
    return file === undefined ? request.send(body) : request.attach('file', Buffer.from(file), 'clubs.csv');
  };

  it('is tried on every route that says it honours the key, and on no other', () => {
    expect(Object.keys(REPEATABLE).sort()).toEqual([...documented].sort());
  });

  it.each(Object.entries(REPEATABLE))('gives the first answer again and does nothing: %s', async (_, prepare) => {
    const attempt = await prepare(scene);
    const key = randomUUID();
    const first = await send(attempt, key);
    expect([200, 201, 202]).toContain(first.status);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    const before = await rows();
    const second = await send(attempt, key);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(await rows()).toEqual(before);
    const { file } = attempt;
    const change = file === undefined ? { body: { ...attempt.body, other: 'words' } } : { file: `${file}\n` };
    const other = await send({ ...attempt, ...change }, key);
    expect([other.status, other.body]).toMatchObject([422, { detail: 'idempotency_key_reused' }]);
    expect(await rows()).toEqual(before);
  });
});
