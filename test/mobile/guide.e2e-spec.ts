import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { ROOT } from 'test/architecture/sources';
import { aCoach, expectStatus, slotsOf } from 'test/support/coaching';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { played, programsOf, promised, stepsOf, unmarked } from './guide';

type Send = (
  waiting: { path: string; body: object; key: string },
  api: string,
  apiKey: string,
) => Promise<number | null>;

const page = readFileSync(join(ROOT, 'docs', 'mobile.md'), 'utf8');
const steps = stepsOf(page);

function addressOf(app: TestApp): string {
  const { port } = app.nest.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${String(port)}`;
}

describe('docs/mobile.md', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('answers what it says, command by command', async () => {
    const outputs = await played(steps, addressOf(app));
    for (const [index, { kind, expected }] of steps.entries()) {
      const output = outputs[index] ?? '';
      if (kind === 'json') expect(JSON.parse(output)).toEqual(promised(JSON.parse(expected)));
      if (kind === 'text') expect(output).toMatch(new RegExp(`^${expected.replace('…', '\\d+')}$`));
    }
    expect(steps.length).toBeGreaterThanOrEqual(11);
  });

  it('has no command that is not run, but that of another tool', () => {
    expect(unmarked(page)).toEqual(['npx openapi-typescript docs/openapi.json -o api.d.ts']);
  });

  it('has an offline queue that makes nothing twice and waits when it is told to', async () => {
    const [program = ''] = programsOf(page);
    const { outputText } = ts.transpileModule(program, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
    const send = runInNewContext(`${outputText}; send`, { fetch }) as Send;
    await app.setClock('2026-03-02T08:00:00Z');
    const coach = await aCoach(app, { maxSlots: 3 });
    const client = await app.register();
    const [slot] = await slotsOf(client, coach.id, '?from=2026-03-03&to=2026-03-03');
    const waiting = { path: '/bookings', body: { coach_id: coach.id, scheduled_at: slot?.scheduled_at }, key: 'tap' };
    const api = addressOf(app);
    // Both at once: one of them may be told to come again.
    const waits = await Promise.all([send(waiting, api, client.key), send(waiting, api, client.key)]);
    expect(waits).toContain(null);
    expect(await send(waiting, api, client.key)).toBeNull();
    expect(await expectStatus(client.http.get('/bookings'), 200)).toMatchObject({ total: 1 });
    expect(await send(waiting, 'http://127.0.0.1:1', client.key)).toBe(5);
  });
});
