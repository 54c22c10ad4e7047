import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { readDocument } from 'test/architecture/openapi-document';
import { ROOT } from 'test/architecture/sources';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { type CollectedRequest, type Collection, collectionOf } from './collection';

const PATH = join(ROOT, 'docs', 'mycoach.postman_collection.json');

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Sends requests of the collection as an app for it would: variables filled in, scripts run with the answer. */
class Player {
  private readonly variables: Map<string, string>;

  constructor(
    private readonly app: TestApp,
    private readonly collection: Collection,
  ) {
    this.variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
    this.variables.set('base_url', '');
  }

  set(name: string, value: string): void {
    this.variables.set(name, value);
  }

  async send(chapter: string, summary: RegExp, fields: object = {}, query = ''): Promise<Record<string, unknown>> {
    const found = this.collection.item
      .find(({ name }) => name === chapter)
      ?.item.find(({ name }) => summary.test(name));
    if (!found) throw new Error(`no request in ${chapter} is called ${String(summary)}`);
    return this.play(found, fields, query);
  }

  private async play(
    { request, event }: CollectedRequest,
    fields: object,
    query: string,
  ): Promise<Record<string, unknown>> {
    const call = this.app.http[request.method.toLowerCase() as Verb](this.filled(request.url.raw) + query);
    if (request.auth?.type !== 'noauth') void call.set('X-API-Key', this.filled('{{api_key}}'));
    for (const { key, value } of request.header) void call.set(key, this.filled(value));
    const body = request.body?.mode === 'raw' ? (JSON.parse(this.filled(request.body.raw)) as object) : undefined;
    const answer = await call.send(body && { ...body, ...fields });
    if (answer.status >= 300) throw new Error(`${request.url.raw}: ${answer.text}`);
    const collectionVariables = { set: (name: string, value: string) => this.variables.set(name, value) };
    for (const { script } of event ?? [])
      runInNewContext(script.exec.join('\n'), {
        pm: { response: { json: () => answer.body as unknown }, collectionVariables },
      });
    return answer.body as Record<string, unknown>;
  }

  private filled(text: string): string {
    return text.replace(
      /\{\{(\$?\w+)\}\}/g,
      (_, name: string) => this.variables.get(name) ?? `none-of-${name.slice(1)}`,
    );
  }
}

describe('docs/mycoach.postman_collection.json', () => {
  const kept = readFileSync(PATH, 'utf8');
  const collection = JSON.parse(kept) as Collection;
  const document = readDocument();

  it('is made of docs/openapi.json', () => {
    const isSame = kept === `${JSON.stringify(collectionOf(document), null, 2)}\n`;
    if (!isSame) throw new Error('The collection is not of docs/openapi.json. Renew both: npm run openapi');
    const count = collection.item.reduce((sum, { item }) => sum + item.length, 0);
    expect(count).toBe(Object.values(document.paths).flatMap((verbs) => Object.keys(verbs)).length);
  });

  it('has a variable for whatever a request leaves open', () => {
    const names = new Set(collection.variable.map(({ key }) => key));
    const used = [...kept.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
  });

  describe('played', () => {
    let app: TestApp;

    beforeAll(async () => {
      app = await startTestApp();
      await app.setClock('2026-03-02T06:00:00Z');
    });
    afterAll(() => app.close());

    it('keeps keys and ids from one request to the next', async () => {
      const player = new Player(app, collection);
      await player.send('Auth', /^Open an account/, { role: 'coach', email: 'julien@example.com', phone: undefined });
      await player.send('Coach profile', /^Make/, { gym_ids: [], min_notice_hours: 0 });
      await player.send('Coach pricing', /^Add a price/, { type: 'per_session', session_count: 1 });
      await player.send('Coach availability', /^Add a weekly range/);
      await player.send('Auth', /^Open an account/, { role: 'client', email: 'camille@example.com' });
      await player.send('Slots', /./, {}, '?from=2026-03-03&to=2026-03-03');
      const booked = await player.send('Bookings', /^Ask a coach/, {
        pricing_type: undefined,
      });
      const shown = await player.send('Bookings', /^One booking/);
      expect(shown['id']).toBe(booked['id']);
    });
  });
});
