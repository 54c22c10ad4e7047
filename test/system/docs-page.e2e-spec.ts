import { runInNewContext } from 'node:vm';
import { type ApiDocument, bodiesOf, operationsOf } from 'test/architecture/openapi-document';
import { type HttpClient, startTestApp, type TestApp } from 'test/support/test-app';

interface Page {
  document: ApiDocument;
  options: Record<string, unknown>;
}

/** What the page is told when it starts: the document, and how to show it. */
async function pageOf(app: TestApp): Promise<Page> {
  const { text } = await app.http.get('/docs/swagger-ui-init.js').expect(200);
  let told: Record<string, unknown> = {};
  const browser = {
    location: { search: '', origin: '' },
    SwaggerUIBundle: Object.assign((given: Record<string, unknown>) => void (told = given), {
      presets: {},
      plugins: {},
    }),
    SwaggerUIStandalonePreset: null,
  };
  const context = { ...browser, window: browser as Record<string, unknown> };
  runInNewContext(text, context);
  (context.window['onload'] as () => void)();
  return { document: told['spec'] as ApiDocument, options: told };
}

/** Acts for which the examples of a coach, then of a client, have to do as they stand. */
const OF_COACH = [
  'post /coaches/profile',
  'put /coaches/profile',
  'post /coaches/profile/specialties',
  'post /coaches/profile/certifications',
  'post /coaches/pricing',
  'post /coaches/availability',
  'put /coaches/cancellation-policy',
  'post /coaches/time-off',
  'post /coaches/cancellation-templates',
  'post /coaches/programs',
  'post /coaches/me/enrollment-tokens',
  'post /users/me/social-links',
];
const OF_CLIENT = [
  'patch /users/me',
  'post /clients/profile',
  'put /clients/profile',
  'post /clients/questionnaire',
  'put /clients/questionnaire',
  'post /performances',
  'post /clients/program/generate',
  'post /machines/submit',
  'post /integrations/scale/manual',
  'post /consents',
  'post /feedback',
  'post /push/register',
  'put /users/me/notification-preferences',
  'post /users/me/export',
];

describe('the page at /docs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('runs its own scripts and nobody else’s, and loosens nothing of the API', async () => {
    const page = await app.http.get('/docs').expect(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src|unsafe-eval/);
    expect(page.text).not.toMatch(/<script>|<script [^>]*src=["']https?:/);
    const answer = await app.http.get('/health');
    expect(answer.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  });

  it('keeps the key that was put in, finds operations, and offers the language of every answer', async () => {
    const { document, options } = await pageOf(app);
    expect(options).toMatchObject({ persistAuthorization: true, filter: true, docExpansion: 'none' });
    const silent = operationsOf(document).filter(
      ({ operation }) =>
        !operation.parameters?.some(({ name, in: place }) => `${place} ${name}` === 'header Accept-Language'),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('fills in no parameter that would only narrow what is found', async () => {
    const { document } = await pageOf(app);
    const narrowed = operationsOf(document).flatMap(({ name, operation }) =>
      (operation.parameters ?? []).flatMap(({ name: parameter, required, schema }) =>
        !required && schema?.example !== undefined ? [`${name} ${parameter}`] : [],
      ),
    );
    expect(narrowed).toEqual([]);
  });

  it('shows the document itself elsewhere, the same on every day', async () => {
    const { body } = (await app.http.get('/docs-json').expect(200)) as { body: ApiDocument };
    const wish = bodiesOf(body.paths['/bookings']?.['post'] ?? { operationId: '', responses: {} })[0];
    expect(wish).toMatchObject({ scheduled_at: '2026-03-10T08:00:00Z' });
  });

  it.each(['2026-03-02T08:00:00Z', '2026-07-08T20:00:00Z', '2027-11-22T09:30:00Z'])(
    'has examples that do as they stand, also at %s',
    async (now) => {
      const own = await startTestApp();
      try {
        await own.setClock(now);
        const { document } = await pageOf(own);
        const operations = new Map(operationsOf(document).map((each) => [each.name, each]));
        const send = async (http: HttpClient, name: string, place = 0, fields: object = {}): Promise<unknown> => {
          const found = operations.get(name);
          if (!found) throw new Error(`no operation is called ${name}`);
          const verb = found.verb as 'post' | 'put' | 'patch';
          const example = bodiesOf(found.operation)[place] as object;
          const { status, body, text } = await http[verb](found.path).send({ ...example, ...fields });
          if (status >= 300) throw new Error(`${name}: ${String(status)} ${text}`);
          return body;
        };
        const register = async (place: number): Promise<{ id: string; http: HttpClient }> => {
          const { api_key, user } = (await send(own.http, 'post /auth/register', place)) as {
            api_key: string;
            user: { id: string };
          };
          return { id: user.id, http: own.client(api_key) };
        };
        const [client, coach] = [await register(0), await register(1)];
        for (const name of OF_COACH) await send(coach.http, name);
        for (const name of OF_CLIENT) await send(client.http, name);
        const booking = (await send(client.http, 'post /bookings', 0, { coach_id: coach.id })) as { id: string };
        await coach.http.post(`/bookings/${booking.id}/confirm`).expect(200);
        await send(coach.http, 'put /coaches/work-schedule');
      } finally {
        await own.close();
      }
    },
  );
});
