import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { controllersOf, routesOf } from './routes';
import { FIXTURES, ROOT, runNode } from './sources';

interface Operation {
  summary?: string;
  tags?: string[];
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Where two documents differ first, in words, or null. The order of keys is no difference. */
function firstDifference(kept: unknown, built: unknown, path = 'the document'): string | null {
  if (!isObject(kept) || !isObject(built))
    return kept === built ? null : `${path}: kept ${JSON.stringify(kept)}, built ${JSON.stringify(built)}`;
  for (const key of new Set([...Object.keys(kept), ...Object.keys(built)])) {
    const found = firstDifference(kept[key], built[key], `${path} › ${key}`);
    if (found) return found.length > 600 ? `${found.slice(0, 600)} …` : found;
  }
  return null;
}

function operations(document: OpenApi): [name: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]): [string, Operation] => [`${verb} ${path}`, operation]),
  );
}

function undocumented(document: OpenApi): string[] {
  return operations(document).flatMap(([name, { summary, tags }]) => [
    ...(summary ? [] : [`${name} has no summary`]),
    ...(tags && tags.length > 0 ? [] : [`${name} has no tag`]),
  ]);
}

function missing(document: OpenApi, routes: readonly string[]): string[] {
  const known = new Set(operations(document).map(([name]) => name));
  return routes.filter((route) => !known.has(route));
}

describe('docs/openapi.json', () => {
  const kept = JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8')) as OpenApi;
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('is what the built application documents', async () => {
    const { code, stdout, stderr } = await runNode([join(ROOT, 'dist', 'openapi.js')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const difference = firstDifference(kept, JSON.parse(stdout));
    if (difference) throw new Error(`docs/openapi.json is not of this build. ${difference}\nRenew it: npm run openapi`);
  });

  it('says of every operation what it does and where it belongs', () => {
    expect(undocumented(kept)).toEqual([]);
  });

  it('has every route of the application', () => {
    const routes = routesOf(controllersOf(app.nest)).map(
      ({ verb, path }) => `${verb} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(routes.length).toBeGreaterThan(20);
    expect(missing(kept, routes)).toEqual([]);
  });
});

describe('the same checks on a bad document', () => {
  const bad = JSON.parse(readFileSync(join(FIXTURES, 'openapi', 'bad.json'), 'utf8')) as OpenApi;

  it('name the first difference', () => {
    const mended = structuredClone(bad);
    expect(firstDifference(bad, mended)).toBeNull();
    Object.assign(mended.paths['/bookings']?.['get'] ?? {}, { summary: 'Own bookings' });
    expect(firstDifference(bad, mended)).toBe(
      'the document › paths › /bookings › get › summary: kept "", built "Own bookings"',
    );
  });

  it('find an operation without a summary or a tag', () => {
    expect(undocumented(bad)).toEqual(['get /bookings has no summary', 'post /bookings has no tag']);
  });

  it('find a route that is not documented', () => {
    expect(missing(bad, ['get /bookings', 'delete /bookings/{id}'])).toEqual(['delete /bookings/{id}']);
  });
});
