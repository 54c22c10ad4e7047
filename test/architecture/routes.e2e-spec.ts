import { startTestApp, type TestApp } from 'test/support/test-app';
import { ModestAdminController, OpenController, UndeclaredController } from './fixtures/routes/undeclared.controller';
import { controllersOf, type Route, routesOf } from './routes';

const SOME_ID = '00000000-0000-4000-8000-000000000000';

const text = ({ verb, path, handler }: Route): string => `${verb.toUpperCase()} ${path} (${handler})`;

function undeclared(routes: readonly Route[]): string[] {
  return routes.filter(({ access }) => access === undefined).map(text);
}

function modestAdmin(routes: readonly Route[]): string[] {
  return routes.filter(({ path, access }) => path.startsWith('/admin/') && access !== 'admin').map(text);
}

function repeated(routes: readonly Route[]): string[] {
  // Two names of a parameter are one path to a router.
  const keys = routes.map(({ verb, path }) => `${verb} ${path.replace(/:\w+/g, ':')}`);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
}

const isVerb = (verb: string): verb is 'get' | 'post' | 'put' | 'patch' | 'delete' =>
  ['get', 'post', 'put', 'patch', 'delete'].includes(verb);

describe('every route of the application', () => {
  let app: TestApp;
  let routes: Route[];

  beforeAll(async () => {
    app = await startTestApp();
    routes = routesOf(controllersOf(app.nest));
  });
  afterAll(() => app.close());

  it('is found', () => {
    expect(routes.map(({ verb, path }) => `${verb} ${path}`)).toEqual(
      expect.arrayContaining(['get /health', 'post /auth/register', 'post /bookings', 'get /sandbox/messages']),
    );
  });

  it('declares its access', () => {
    expect(undeclared(routes)).toEqual([]);
  });

  it('is for admins where its path says so', () => {
    expect(modestAdmin(routes)).toEqual([]);
  });

  it('has a path and a verb of its own', () => {
    expect(repeated(routes)).toEqual([]);
  });

  it('answers 401 without a key, unless it is public', async () => {
    const closed = routes.filter(({ access }) => access !== 'public');
    expect(closed.length).toBeGreaterThan(10);
    const open: string[] = [];
    for (const route of closed) {
      if (!isVerb(route.verb)) throw new Error(`an unexpected verb: ${text(route)}`);
      const answer = await app.http[route.verb](route.path.replace(/:\w+/g, SOME_ID));
      const { detail } = answer.body as { detail?: string };
      if (answer.status !== 401 || detail !== 'api_key_missing') open.push(`${text(route)} answered ${answer.status}`);
    }
    expect(open).toEqual([]);
  });

  it('answers 401 to a key that nobody has, unless it is public', async () => {
    const stranger = app.client(`mck_${'a'.repeat(49)}`);
    const closed = routes.filter(({ access }) => access !== 'public');
    const open: string[] = [];
    for (const route of closed) {
      if (!isVerb(route.verb)) throw new Error(`an unexpected verb: ${text(route)}`);
      const answer = await stranger[route.verb](route.path.replace(/:\w+/g, SOME_ID));
      const { detail } = answer.body as { detail?: string };
      if (answer.status !== 401 || detail !== 'api_key_invalid') open.push(`${text(route)} answered ${answer.status}`);
    }
    expect(open).toEqual([]);
  });
});

describe('the same checks on bad fixtures', () => {
  const routes = routesOf([UndeclaredController, ModestAdminController, OpenController]);

  it('find a route that declares no access', () => {
    expect(undeclared(routes)).toEqual(['GET /bookings/:id (UndeclaredController.get)']);
  });

  it('find an admin route that lesser roles may call', () => {
    expect(modestAdmin(routes)).toEqual(['DELETE /admin/users/:id (ModestAdminController.delete)']);
  });

  it('find a path that two handlers claim', () => {
    expect(repeated([...routes, ...routesOf([OpenController])])).toEqual(['get /health']);
  });
});
