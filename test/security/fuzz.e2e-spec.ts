import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { aCoach } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
}
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Leaves the keys and the clock as they are: the ones would end the run, the other would take it elsewhere. */
const LEFT_OUT = new Set([
  'delete /auth/logout',
  'delete /auth/logout-all',
  'put /sandbox/clock',
  'post /sandbox/clock/advance',
]);

const routes = Object.entries(document.paths)
  .flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb: verb as Verb, operation })),
  )
  .filter(({ path, verb }) => !LEFT_OUT.has(`${verb} ${path}`));

function fieldsOf({ requestBody }: Operation): string[] {
  const schema = requestBody?.content['application/json']?.schema;
  const named = document.components.schemas[schema?.$ref?.split('/').at(-1) ?? ''];
  return Object.keys(named?.properties ?? {});
}

/** What careless and hostile callers send. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    2_147_483_648,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    '\ud800',
    "' OR 1=1 --",
    '../../etc/passwd',
    '0000-00-00',
    '9999-12-31T23:59:59Z',
    '2026-02-31T10:00:00Z',
    '2026-03-02T09:30:00+99:99',
    '24:00',
    '{{7*7}}',
    '<script>',
    '00000000-0000-0000-0000-000000000000',
    'x'.repeat(10_000),
    [],
    {},
    [[]],
    { $ne: null },
    ['a', 'a'],
  ),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.double(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);

describe('trust 30: whatever is sent', () => {
  let app: TestApp;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app);
  });
  afterAll(() => app.close());

  it.each(routes.map(({ verb, path, operation }) => ({ name: `${verb} ${path}`, verb, path, operation })))(
    '$name answers no server error',
    async ({ verb, path, operation }) => {
      const fields = fieldsOf(operation);
      const queries = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
      const sent = fc.record({
        id: fc.oneof(
          fc.constantFrom(coach.id, '1', '%00', 'é', '../x', '00000000-0000-4000-8000-000000000000'),
          fc.uuid(),
        ),
        body: fields.length > 0 ? fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 12 }) : fc.constant({}),
        query:
          queries.length > 0
            ? fc.array(
                fc.tuple(
                  fc.constantFrom(...queries),
                  fc.oneof(fc.string(), fc.constantFrom('-1', '1e9', 'NaN', '2026-13-01')),
                ),
                { maxLength: 3 },
              )
            : fc.constant([]),
      });
      await fc.assert(
        fc.asyncProperty(sent, async ({ id, body, query }) => {
          const target = path.replace(/\{\w+\}/, encodeURI(id).replaceAll('%25', '%'));
          const search = new URLSearchParams(query).toString();
          const request = coach.http[verb](search ? `${target}?${search}` : target);
          const answer = await (verb === 'get'
            ? request
            : request.set('Content-Type', 'application/json').send(JSON.stringify(body)));
          if (answer.status >= 500)
            throw new Error(`${String(answer.status)} for ${target}?${search} ${JSON.stringify(body)}`);
        }),
        { numRuns: 40 },
      );
    },
  );
});
