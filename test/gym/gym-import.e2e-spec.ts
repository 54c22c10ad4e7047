import { promote, registerProved } from 'test/auth/links';
import { aChain } from 'test/support/clubs';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Report {
  created: number;
  updated: number;
  errors: { line: number; code: string; message: string }[];
}

const HEADER = 'external_id,chain_name,name,address,zip_code,city,country,lat,lng,phone,open_24h';
const AGDE = 'a1,Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true';

let app: TestApp;
let admin: TestPerson;

beforeEach(async () => {
  app = await startTestApp();
  admin = await registerProved(app);
  await promote(app, admin);
});
afterEach(() => app.close());

const file = (...lines: string[]): Buffer => Buffer.from([HEADER, ...lines].join('\n'));
const send = (bytes: Buffer, name = 'clubs.csv', person = admin) =>
  person.http.post('/admin/gyms/import').attach('file', bytes, name);
const imported = async (bytes: Buffer): Promise<Report> => {
  const answer = await send(bytes);
  expect(answer.status).toBe(200);
  return answer.body as Report;
};
const codes = ({ errors }: Report): string[] => errors.map(({ line, code }) => `${String(line)} ${code}`);
const stored = async (): Promise<Record<string, unknown>[]> =>
  (
    await app.database.query<Record<string, unknown>>(
      `SELECT chain.slug, external_id, gym.name, address, zip_code, city, country, lat, lng, phone, open_24h, validated
       FROM gyms gym LEFT JOIN gym_chains chain ON chain.id = chain_id ORDER BY gym.name, external_id`,
    )
  ).rows;

describe('an import of clubs', () => {
  it('makes clubs and their chains, and shows them at once', async () => {
    expect(await imported(file(AGDE))).toEqual({ created: 1, updated: 0, errors: [] });
    const { body } = await app.http.get('/gyms?chain=keep-cool').expect(200);
    expect((body as { items: object[] }).items).toMatchObject([
      {
        chain_name: 'Keep Cool',
        name: 'Keep Cool Agde',
        address: '3 rue de la Mer',
        zip_code: '34300',
        city: 'Agde',
        country: 'FR',
        lat: 43.31,
        lng: 3.47,
        phone: null,
        open_24h: true,
        validated: true,
      },
    ]);
    const chains = await app.http.get('/gyms/chains').expect(200);
    expect(chains.body).toMatchObject([{ name: 'Keep Cool', slug: 'keep-cool', country: 'FR', active: true }]);
  });

  it('takes a line with the name of a club that a line without it has meant before for a repetition', async () => {
    await imported(file(AGDE));
    const again = file(
      ',Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true',
      'a1,Keep Cool,Keep Cool Agde Centre,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true',
    );
    expect(await imported(again)).toEqual({ created: 0, updated: 0, errors: [] });
    expect(await stored()).toMatchObject([{ name: 'Keep Cool Agde', external_id: 'a1' }]);
  });

  it('changes nothing when it comes again, dirt and all', async () => {
    const untidy = file(
      AGDE,
      `b1,L'Orange Bleue,L'Orange Bleue Rennes,,35000,RENNES,FR,,,+33 2 99 00 00 00,false`,
      `b2,L'Orange Bleue,L'Orange Bleue Rennes,54500,35000,Rennes,FR,48.1,-1.67,,`,
      `b2,l-orange-bleue,L'Orange Bleue Rennes again,,35000,Rennes,FR,,,,`,
      ',,Salle du Port,,,Agde,FR,,,,',
      ',,SALLE DU PORT,,,Agde,FR,,,,',
      'c1,Keep Cool,Keep Cool Mayotte,,97600,Mamoudzou,FR,-12.785011,45.226142,,',
      'c2,Keep Cool,,1 rue X,34000,Montpellier,FR,,,,',
    );
    const first = await imported(untidy);
    expect({ ...first, errors: codes(first) }).toEqual({ created: 5, updated: 0, errors: ['9 line_incomplete'] });
    const before = await app.database.query('SELECT * FROM gyms ORDER BY id');
    const chains = await app.database.query('SELECT * FROM gym_chains ORDER BY id');
    await app.advance(3600);
    const second = await imported(untidy);
    expect({ ...second, errors: codes(second) }).toEqual({ created: 0, updated: 0, errors: ['9 line_incomplete'] });
    expect((await app.database.query('SELECT * FROM gyms ORDER BY id')).rows).toEqual(before.rows);
    expect((await app.database.query('SELECT * FROM gym_chains ORDER BY id')).rows).toEqual(chains.rows);
    expect(await stored()).toMatchObject([
      { slug: 'keep-cool', name: 'Keep Cool Agde' },
      { slug: 'keep-cool', lat: -12.785011, lng: 45.226142 },
      { slug: 'l-orange-bleue', external_id: 'b1', city: 'RENNES', phone: '+33299000000', lat: null },
      { slug: 'l-orange-bleue', external_id: 'b2', city: 'Rennes', address: '54500' },
      { slug: null, external_id: null, name: 'Salle du Port', zip_code: null },
    ]);
  });

  it('changes the clubs that differ, and counts those only', async () => {
    await imported(file(AGDE, 'a2,Keep Cool,Keep Cool Sète,,34200,Sète,FR,,,0467000000,'));
    const changed = AGDE.replace('3 rue de la Mer', '5 rue de la Mer');
    expect(await imported(file(changed, 'a2,Keep Cool,Keep Cool Sète,,34200,Sète,FR,,,0467000000,'))).toEqual({
      created: 0,
      updated: 1,
      errors: [],
    });
    expect(await stored()).toMatchObject([{ address: '5 rue de la Mer' }, { address: null }]);
  });

  it('leaves alone what its file has no column for, and clears what it leaves empty', async () => {
    await imported(file('a2,Keep Cool,Keep Cool Sète,1 quai,34200,Sète,FR,43.4,3.7,0467000000,true'));
    const short = Buffer.from(
      'external_id;chain_name;name;address;zip_code;city;country;lat;lng\na2;Keep Cool;Keep Cool Sète;;34200;Sète;FR;;',
    );
    expect(await imported(short)).toMatchObject({ created: 0, updated: 1 });
    expect(await stored()).toMatchObject([
      { address: null, lat: null, lng: null, phone: '+33467000000', open_24h: true },
    ]);
  });

  it('knows a club by what its chain calls it, else by chain, name and postal code', async () => {
    await imported(
      file(',Keep Cool,Keep Cool Agde,,34300,Agde,FR,,,,', ',Keep Cool,Keep Cool Agde,,34000,Agde,FR,,,,'),
    );
    expect(await stored()).toHaveLength(2);
    // The chain has named its club meanwhile, moved it and renamed it.
    expect(await imported(file('k1,Keep Cool,KEEP COOL AGDE,,34300,Agde,FR,,,,'))).toMatchObject({
      created: 0,
      updated: 1,
    });
    expect(await imported(file('k1,Keep Cool,Keep Cool Cap d’Agde,,34301,Agde,FR,,,,'))).toMatchObject({ updated: 1 });
    expect(await stored()).toMatchObject([
      { external_id: null, name: 'Keep Cool Agde', zip_code: '34000' },
      { external_id: 'k1', name: 'Keep Cool Cap d’Agde', zip_code: '34301' },
    ]);
    // Without the chain's name it is still the club at its place.
    expect(await imported(file(',keep-cool,keep cool cap d’agde,,34301,Agde,FR,,,,'))).toMatchObject({
      created: 0,
      updated: 1,
    });
    expect(await stored()).toMatchObject([{}, { external_id: 'k1', name: 'keep cool cap d’agde' }]);
  });

  it('keeps apart the clubs of one place that their chain calls by different names', async () => {
    const twins = ['t1', 't2'].map((id) => `${id},Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,`);
    expect(await imported(file(...twins))).toMatchObject({ created: 2 });
    expect(await imported(file(...twins))).toMatchObject({ created: 0, updated: 0 });
  });

  it('gives one club of a place without a name to one line only', async () => {
    await imported(file(',Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,'));
    const twins = ['t1', 't2'].map((id) => `${id},Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,`);
    expect(await imported(file(...twins))).toMatchObject({ created: 1, updated: 1 });
    expect((await stored()).map(({ external_id }) => external_id)).toEqual(['t1', 't2']);
  });

  it('knows a chain by its slug or by its name, and does not touch it', async () => {
    const known = await aChain(app, 'Basic-Fit', { countries: ['BE', 'FR'] });
    await imported(
      file(
        'x1,BASIC-FIT,One,,75001,Paris,FR,,,,',
        'x2,basic-fit,Two,,75001,Paris,FR,,,,',
        'x3,Basic Fit,Three,,28003,Madrid,ES,,,,',
      ),
    );
    const { rows } = await app.database.query('SELECT id, name, countries FROM gym_chains');
    expect(rows).toEqual(
      [{ id: known.id, name: 'BASIC-FIT', countries: ['BE', 'ES', 'FR'] }].map((row) => ({
        ...row,
        name: 'Basic-Fit',
      })),
    );
  });

  it('leaves a chain that is anywhere anywhere', async () => {
    await aChain(app, 'Anytime Fitness');
    await imported(file('x1,Anytime Fitness,One,,1207,Genève,CH,,,,'));
    const { rows } = await app.database.query('SELECT countries FROM gym_chains');
    expect(rows).toEqual([{ countries: [] }]);
  });

  it('reports every bad line by number and code in the language of the caller, and takes all others', async () => {
    const answer = await send(
      file(
        'e1,Keep Cool,Good one,,34000,Montpellier,FR,,,,',
        'e2,Keep Cool,No city,,34000,,FR,,,,',
        'e3,Keep Cool,Bad number,,34000,Montpellier,FR,north,3.8,,',
        'e4,Keep Cool,Beyond the pole,,34000,Montpellier,FR,91,3.8,,',
        'e5,Keep Cool,Too few',
        'e6,Keep Cool,Too, many,1 rue, 34000,Montpellier,FR,,,,',
        'e7,Keep Cool,"Open quote,,34000,Montpellier,FR,,,,',
        'e8,Keep Cool,Good two,,34000,Montpellier,FR,,,,',
      ),
    ).set('Accept-Language', 'fr');
    expect(answer.status).toBe(200);
    const report = answer.body as Report;
    expect(report.created).toBe(2);
    expect(codes(report)).toEqual([
      '3 line_incomplete',
      '4 line_invalid_number',
      '5 line_out_of_range',
      '6 line_incomplete',
      '7 line_out_of_range',
      '8 line_incomplete',
    ]);
    expect(report.errors[1]?.message).toBe('Un nombre de cette ligne est illisible.');
  });

  it('reports the first thousand bad lines of more', async () => {
    const report = await imported(file(...Array.from({ length: 1_001 }, () => 'x'), AGDE));
    expect(report.created).toBe(1);
    expect(report.errors).toHaveLength(1_000);
    expect(report.errors.at(-1)).toMatchObject({ line: 1_001 });
  });

  it('takes thousands of lines in some batches', async () => {
    const lines = Array.from(
      { length: 2_500 },
      (_, n) => `m${String(n)},Keep Cool,Club ${String(n)},,34000,Agde,FR,,,,`,
    );
    const before = app.queryCount();
    expect(await imported(file(...lines))).toEqual({ created: 2_500, updated: 0, errors: [] });
    expect(app.queryCount() - before).toBeLessThan(80);
    expect(await imported(file(...lines))).toEqual({ created: 0, updated: 0, errors: [] });
  });

  it('makes every club once when a file comes several times at the same moment', async () => {
    const lines = Array.from({ length: 300 }, (_, n) => `m${String(n)},Keep Cool,Club ${String(n)},,34000,Agde,FR,,,,`);
    const reports = await Promise.all(Array.from({ length: 5 }, () => imported(file(...lines))));
    expect(reports.map(({ created }) => created).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 300]);
    expect(await stored()).toHaveLength(300);
  });

  it('is done once for an idempotency key, which belongs to the file too', async () => {
    const first = await send(file(AGDE)).set('Idempotency-Key', 'import-1');
    expect(first.body).toMatchObject({ created: 1 });
    const replayed = await send(file(AGDE)).set('Idempotency-Key', 'import-1').expect(200);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    const other = await send(file(AGDE, 'a2,Keep Cool,Other,,1,Agde,FR,,,,')).set('Idempotency-Key', 'import-1');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ detail: 'idempotency_key_reused' });
    expect(await stored()).toHaveLength(1);
  });
});

describe('the file of an import', () => {
  const line = (length: number): string => `x,Keep Cool,${'n'.repeat(length)}`;

  it('may have five mebibytes, and not a byte more', async () => {
    const most = 5 * 1_048_576;
    const head = Buffer.byteLength(`${HEADER}\n`);
    const full = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.alloc(most - head, `${line(90)}\n`)]);
    expect(full).toHaveLength(most);
    expect((await imported(full)).errors).toHaveLength(1_000);
    const refused = await send(Buffer.concat([full, Buffer.from('x')]));
    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({ detail: 'file_too_large' });
  });

  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['text of another alphabet', Buffer.from(`${HEADER}\nx,Caf\xe9`, 'latin1')],
  ])('is not %s', async (_, bytes) => {
    const refused = await send(bytes);
    expect({ status: refused.status, body: refused.body as object }).toMatchObject({
      status: 415,
      body: { detail: 'unsupported_media_type' },
    });
  });

  it.each([
    ['nothing', ''],
    ['a table of something else', 'date,weight\n2026-01-01,80'],
    ['a table without a column', 'chain_name,name,address,zip_code,city,country,lat\n'],
  ])('is not known when it is %s', async (_, text) => {
    const refused = await send(Buffer.from(text));
    expect({ status: refused.status, body: refused.body as object }).toMatchObject({
      status: 422,
      body: { detail: 'import_format_unknown' },
    });
  });

  it('comes as the field "file" of a form, alone', async () => {
    const missing = await admin.http.post('/admin/gyms/import').field('note', 'no file').expect(422);
    expect(missing.body).toMatchObject({ errors: [{ field: 'file', code: 'required' }] });
    const elsewhere = await admin.http.post('/admin/gyms/import').attach('table', file(AGDE), 'x.csv').expect(422);
    expect(elsewhere.body).toMatchObject({ errors: [{ field: 'file', code: 'required' }] });
    const two = await admin.http
      .post('/admin/gyms/import')
      .attach('file', file(AGDE), 'x.csv')
      .attach('file', file(AGDE), 'y.csv')
      .expect(422);
    expect(two.body).toMatchObject({ errors: [{ field: 'file', code: 'too_many' }] });
    const json = await admin.http.post('/admin/gyms/import').send({ file: 'text' }).expect(415);
    expect(json.body).toMatchObject({ detail: 'unsupported_media_type' });
    await admin.http.post('/admin/gyms/import').expect(415);
    const torn = await admin.http
      .post('/admin/gyms/import')
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhalf')
      .expect(422);
    expect(torn.body).toMatchObject({ errors: [{ field: 'body', code: 'invalid_format' }] });
    expect(await stored()).toEqual([]);
  });

  it('is for admins only', async () => {
    for (const person of [await app.register(), await app.register({ role: 'coach' })])
      expect((await send(file(AGDE), 'x.csv', person)).status).toBe(403);
    expect((await app.http.post('/admin/gyms/import').attach('file', file(AGDE), 'x.csv')).status).toBe(401);
    expect(await stored()).toEqual([]);
  });
});
