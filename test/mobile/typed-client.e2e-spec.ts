import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT, runNode } from 'test/architecture/sources';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { compilerFaults } from './compiler';
import * as story from './story';

const TS_NODE = join(ROOT, 'node_modules', 'ts-node', 'dist', 'bin.js');

describe('the types of docs/openapi.json', () => {
  it('are those that the story below is written with', async () => {
    const { stdout } = await runNode([TS_NODE, join(__dirname, 'print-types.ts')]);
    const isSame = readFileSync(join(__dirname, 'api.d.ts'), 'utf8') === stdout;
    if (!isSame) throw new Error('test/mobile/api.d.ts is not of docs/openapi.json. Renew both: npm run openapi');
    expect(stdout).toContain('Booking_create');
  });

  it('let the story be compiled, as strictly as can be, and refuse what the API would refuse', () => {
    const files = [join(__dirname, 'story.ts'), join(__dirname, 'fixtures', 'wrong-request.ts')];
    expect(compilerFaults(...files)).toEqual({
      'story.ts': [],
      'wrong-request.ts': [expect.stringContaining('"diamond"'), expect.stringContaining('scheduled_at')],
    });
  }, 60_000);
});

describe('an app with a generated client', () => {
  let app: TestApp;
  let baseUrl: string;
  let coach: story.Person;
  let camille: story.Person;
  let noah: story.Person;
  let pricing: string;
  let slot: string;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    baseUrl = `http://127.0.0.1:${String(port)}`;
    coach = await story.register(baseUrl, 'Julien', 'coach');
    camille = await story.register(baseUrl, 'Camille', 'client');
    noah = await story.register(baseUrl, 'Noah', 'client');
    pricing = (await story.publish(coach)).id;
  });
  afterAll(() => app.close());

  it('finds a coach and asks for a place, twice with one key', async () => {
    expect(await story.found(camille, 'Lyon')).toEqual([coach.id]);
    slot = await story.firstSlot(camille, coach, '2026-03-03', '2026-03-03');
    const first = await story.book(camille, coach, slot, 'tap-1');
    expect(first).toMatchObject({ status: 'pending_coach_validation', scheduled_at: slot, price_cents: 5_000 });
    expect((await story.book(camille, coach, slot, 'tap-1')).id).toBe(first.id);
    expect((await story.confirm(coach, first.id)).status).toBe('confirmed');
  });

  it('waits for a full slot, and takes the place when it is free', async () => {
    const again = noah.api.POST('/bookings', { body: { coach_id: coach.id, scheduled_at: slot } });
    expect(await story.refusal(again)).toBe('slot_unavailable');
    const entry = await story.queue(noah, coach, slot);
    expect(entry).toMatchObject({ position: 1, status: 'waiting' });
    const { items } = await story.done(camille.api.GET('/bookings'));
    const cancelled = await story.cancel(camille, items[0]?.id ?? '', 'Train strike');
    expect(cancelled.status).toMatch(/^cancelled/);
    expect(await story.take(noah, entry.id)).toMatchObject({ status: 'confirmed', client_id: noah.id });
  });

  it('buys a package and uses it', async () => {
    const bought = await story.buy(noah, coach, pricing);
    expect(bought).toMatchObject({ status: 'active', sessions_remaining: 10, coach_id: coach.id });
  });

  it('writes training down, gets a programme, and takes its data away', async () => {
    expect(await story.train(camille, '2026-03-01T17:00:00Z')).toMatchObject({ feeling: 4, user_id: camille.id });
    expect((await story.programme(camille)).plan.planned_sessions.length).toBe(3);
    const link = await story.takeAway(camille);
    const answer = await fetch(link.replace(/^https?:\/\/[^/]+/, baseUrl));
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('camille@example.com');
    expect((await story.done(camille.api.GET('/notifications'))).total).toBeGreaterThan(0);
  });
});
