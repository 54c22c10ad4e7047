import { anAdmin } from 'test/performance/machines';
import { aCoach } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp } from 'test/support/test-app';
import { bodiesOf, type NamedOperation, operationsOf, readDocument } from './openapi-document';

/** Would end the session of the caller, or take the clock elsewhere. */
const LEFT_OUT = new Set(['put /sandbox/clock', 'post /sandbox/clock/advance']);
const SOME_ID = '6f1d2c3b-4a59-4e68-8b7c-9d0e1f2a3b4c';

type Verb = 'post' | 'put' | 'patch' | 'delete';

interface Refusal {
  detail?: string;
  errors?: { field: string; code: string }[];
}

describe('the examples of the API document', () => {
  const requests = operationsOf(readDocument()).filter(
    ({ name, operation }) => operation.requestBody?.content['application/json'] && !LEFT_OUT.has(name),
  );
  let app: TestApp;
  let callers: Record<string, HttpClient>;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T10:00:00Z');
    const [coach, client, admin] = [await aCoach(app), await app.register(), await anAdmin(app)];
    callers = { coach: coach.http, client: client.http, admin: admin.http, nobody: app.http };
  });
  afterAll(() => app.close());

  const callerOf = ({ operation }: NamedOperation): HttpClient => {
    const who = operation.description ?? '';
    const name = who.includes('For administrators') ? 'admin' : who.includes('For coaches') ? 'coach' : 'client';
    return callers[operation.security?.length === 0 ? 'nobody' : name] ?? app.http;
  };

  it('are requests whose fields are right, every one of them', async () => {
    const faults: string[] = [];
    for (const request of requests) {
      const { name, verb, path, operation } = request;
      const address = path.replace('{slot_datetime}', '2026-03-02T09:30:00Z').replace(/\{\w+\}/g, SOME_ID);
      const caller = callerOf(request);
      for (const example of bodiesOf(operation)) {
        const { status, body } = await caller[verb as Verb](address).send(example as object);
        const { detail, errors } = body as Refusal;
        const isWrong =
          status >= 500 || detail === 'validation_error' || detail === 'invalid_json' || detail === 'forbidden';
        // What needs a provider has none here.
        if (isWrong && detail !== 'video_provider_unavailable')
          faults.push(`${name}: ${String(status)} ${detail ?? ''} ${JSON.stringify(errors ?? [])}`);
      }
    }
    expect(faults).toEqual([]);
    expect(requests.length).toBeGreaterThan(80);
  });
});
