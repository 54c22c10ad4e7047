import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from 'src/config/app-config';
import { controllersOf, routesOf } from 'test/architecture/routes';
import { ROOT } from 'test/architecture/sources';
import { anAdmin } from 'test/performance/machines';
import { describeWith } from 'test/support/system-servers';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { ADMIN_ACTS } from './admin-acts';

const PAGE = readFileSync(join(ROOT, 'docs', 'admin.md'), 'utf8');

/** What somebody who reads the page pastes into one shell. */
const COMMANDS = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block).join('\n');

/** What has to be there for every block to find something. */
const WAITING = [
  'post /admin/certifications/:id/validate',
  'post /admin/certifications/:id/reject',
  'post /admin/machines/:id/validate',
  'post /admin/machines/:id/reject',
  'post /admin/videos/:id/validate',
  'post /admin/videos/:id/reject',
  'patch /admin/feedback/:id',
  'post /admin/dead-letters/:id/replay',
  'delete /admin/dead-letters/:id',
] as const;

interface Ran {
  code: number | null;
  output: string;
}

async function shell(commands: string, cwd: string, variables: Record<string, string>): Promise<Ran> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd,
    env: { ...childEnvironment(), ...variables },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: printed.join('') };
}

describeWith('curl', 'the page for administrators', () => {
  let app: TestApp;
  let admin: TestPerson;
  let folder: string;
  let ran: Ran;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-admin-page-'));
    app = await startTestApp({ DATA_DIR: folder });
    admin = await anAdmin(app);
    for (const act of WAITING) await ADMIN_ACTS[act]?.({ app, admin });
    const API = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    ran = await shell(COMMANDS, folder, { API, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has commands that work, from the first to the last', () => {
    expect(ran.output).toContain('admin\n');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.output).not.toContain('undefined');
  });

  it('leaves out no route of administrators', async () => {
    const { text } = await app.http.get('/metrics');
    const answered = new Set(
      [...text.matchAll(/requests_total\{method="(\w+)",route="([^"]+)",status="2\d\d"\}/g)].map(
        ([, method = '', route = '']) => `${method.toLowerCase()} ${route}`,
      ),
    );
    const routes = routesOf(controllersOf(app.nest)).filter(({ path }) => path.startsWith('/admin/'));
    const ofAdmins = routes.map(({ verb, path }) => `${verb} ${path}`);
    expect(ofAdmins.length).toBeGreaterThan(25);
    expect(ofAdmins.filter((route) => !answered.has(route))).toEqual([]);
  });

  it('prints labels, and signs out', async () => {
    expect(await readFile(join(folder, 'machine.svg'), 'utf8')).toContain('<svg');
    expect(await readFile(join(folder, 'machines.html'), 'utf8')).toContain('<html');
    const { rows } = await app.database.query(
      'SELECT FROM api_keys WHERE user_id = $1 AND device_name = $2 AND revoked_at IS NULL',
      [admin.id, 'administration'],
    );
    expect(rows).toEqual([]);
  });
});
