import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from 'test/support/test-app';

const COMMAND = join(__dirname, '..', '..', 'dist', 'modules', 'gym', 'commands', 'import-gyms.js');
const FILE = `\ufeffchain_name;name;address;zip_code;city;country;lat;lng
Keep Cool;Keep Cool Agde;3 rue de la Mer;34300;Agde;FR;43,31;3,47
Keep Cool;Keep Cool Sète;;;Sète;FR;;
Keep Cool;;;;Sète;FR;;
Keep Cool;KEEP COOL AGDE;;34300;Agde;FR;;
`;

interface Ran {
  code: number | null;
  out: string;
  error: string;
}

describe('npm run seed:gyms', () => {
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    app = await startTestApp();
    folder = await mkdtemp(join(tmpdir(), 'mycoach-gyms-'));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (...words: string[]): Promise<Ran> => {
    const child = spawn(process.execPath, [COMMAND, ...words], {
      env: { NODE_ENV: 'test', DATABASE_URL: app.databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { code: null, out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.error += chunk.toString()));
    [ran.code] = (await once(child, 'close')) as [number | null];
    return ran;
  };

  it('brings a file in, tells what it did, and does nothing the second time', async () => {
    const path = join(folder, 'clubs.csv');
    await writeFile(path, FILE);
    expect(await run(path)).toEqual({
      code: 0,
      out: 'line 4: a value is missing\ncreated 2, updated 0, unchanged 0, repeated 1, left out 1\n',
      error: '',
    });
    const { body } = await app.http.get('/gyms?q=agde').expect(200);
    expect(body).toMatchObject({ total: 1, items: [{ name: 'Keep Cool Agde', lat: 43.31, chain_slug: 'keep-cool' }] });
    expect((await run(path)).out).toContain('created 0, updated 0, unchanged 2, repeated 1, left out 1');
  });

  it('refuses readably, and changes nothing', async () => {
    const other = join(folder, 'other.csv');
    await writeFile(other, 'date,weight\n2026-01-01,80\n');
    const picture = join(folder, 'picture.csv');
    await writeFile(picture, Buffer.from([0x89, 0x50, 0, 0]));
    const nowhere = join(folder, 'nowhere.csv');
    const refused = async (error: string, ...words: string[]): Promise<void> => {
      expect(await run(...words)).toEqual({ code: 1, out: '', error: `${error}\n` });
    };
    await refused('Usage: npm run seed:gyms -- file.csv');
    await refused(`There is no file ${nowhere}`, nowhere);
    await refused(`There is no file ${folder}`, folder);
    await refused('This is no text in UTF-8', picture);
    await refused('The first line must name the columns chain_name,name,address,zip_code,city,country,lat,lng', other);
  });
});
