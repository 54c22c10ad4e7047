import { promote, registerProved } from 'test/auth/links';
import { aChain } from 'test/support/clubs';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { AGDE, file, imported, type Report, send, stored } from './importing';

let app: TestApp;
let admin: TestPerson;

beforeEach(async () => {
  app = await startTestApp();
  admin = await registerProved(app);
  await promote(app, admin);
});
afterEach(() => app.close());

const codes = ({ errors }: Report): string[] => errors.map(({ line, code }) => `${String(line)} ${code}`);

describe('an import of clubs', () => {
  it('makes clubs and their chains, and shows them at once', async () => {
    expect(await imported(admin, file(AGDE))).toEqual({ created: 1, updated: 0, errors: [] });
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
    await imported(admin, file(AGDE));
    const again = file(
      ',Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true',
      'a1,Keep Cool,Keep Cool Agde Centre,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true',
    );
    expect(await imported(admin, again)).toEqual({ created: 0, updated: 0, errors: [] });
    expect(await stored(app)).toMatchObject([{ name: 'Keep Cool Agde', external_id: 'a1' }]);
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
    const first = await imported(admin, untidy);
    expect({ ...first, errors: codes(first) }).toEqual({ created: 5, updated: 0, errors: ['9 line_incomplete'] });
    const before = await app.database.query('SELECT * FROM gyms ORDER BY id');
    const chains = await app.database.query('SELECT * FROM gym_chains ORDER BY id');
    await app.advance(3600);
    const second = await imported(admin, untidy);
    expect({ ...second, errors: codes(second) }).toEqual({ created: 0, updated: 0, errors: ['9 line_incomplete'] });
    expect((await app.database.query('SELECT * FROM gyms ORDER BY id')).rows).toEqual(before.rows);
    expect((await app.database.query('SELECT * FROM gym_chains ORDER BY id')).rows).toEqual(chains.rows);
    expect(await stored(app)).toMatchObject([
      { slug: 'keep-cool', name: 'Keep Cool Agde' },
      { slug: 'keep-cool', lat: -12.785011, lng: 45.226142 },
      { slug: 'l-orange-bleue', external_id: 'b1', city: 'RENNES', phone: '+33299000000', lat: null },
      { slug: 'l-orange-bleue', external_id: 'b2', city: 'Rennes', address: '54500' },
      { slug: null, external_id: null, name: 'Salle du Port', zip_code: null },
    ]);
  });

  it('changes the clubs that differ, and counts those only', async () => {
    await imported(admin, file(AGDE, 'a2,Keep Cool,Keep Cool Sète,,34200,Sète,FR,,,0467000000,'));
    const changed = AGDE.replace('3 rue de la Mer', '5 rue de la Mer');
    expect(await imported(admin, file(changed, 'a2,Keep Cool,Keep Cool Sète,,34200,Sète,FR,,,0467000000,'))).toEqual({
      created: 0,
      updated: 1,
      errors: [],
    });
    expect(await stored(app)).toMatchObject([{ address: '5 rue de la Mer' }, { address: null }]);
  });

  it('leaves alone what its file has no column for, and clears what it leaves empty', async () => {
    await imported(admin, file('a2,Keep Cool,Keep Cool Sète,1 quai,34200,Sète,FR,43.4,3.7,0467000000,true'));
    const short = Buffer.from(
      'external_id;chain_name;name;address;zip_code;city;country;lat;lng\na2;Keep Cool;Keep Cool Sète;;34200;Sète;FR;;',
    );
    expect(await imported(admin, short)).toMatchObject({ created: 0, updated: 1 });
    expect(await stored(app)).toMatchObject([
      { address: null, lat: null, lng: null, phone: '+33467000000', open_24h: true },
    ]);
  });

  it('knows a club by what its chain calls it, else by chain, name and postal code', async () => {
    await imported(
      admin,
      file(',Keep Cool,Keep Cool Agde,,34300,Agde,FR,,,,', ',Keep Cool,Keep Cool Agde,,34000,Agde,FR,,,,'),
    );
    expect(await stored(app)).toHaveLength(2);
    // The chain has named its club meanwhile, moved it and renamed it.
    expect(await imported(admin, file('k1,Keep Cool,KEEP COOL AGDE,,34300,Agde,FR,,,,'))).toMatchObject({
      created: 0,
      updated: 1,
    });
    expect(await imported(admin, file('k1,Keep Cool,Keep Cool Cap d’Agde,,34301,Agde,FR,,,,'))).toMatchObject({
      updated: 1,
    });
    expect(await stored(app)).toMatchObject([
      { external_id: null, name: 'Keep Cool Agde', zip_code: '34000' },
      { external_id: 'k1', name: 'Keep Cool Cap d’Agde', zip_code: '34301' },
    ]);
    // Without the chain's name it is still the club at its place.
    expect(await imported(admin, file(',keep-cool,keep cool cap d’agde,,34301,Agde,FR,,,,'))).toMatchObject({
      created: 0,
      updated: 1,
    });
    expect(await stored(app)).toMatchObject([{}, { external_id: 'k1', name: 'keep cool cap d’agde' }]);
  });

  it('keeps apart the clubs of one place that their chain calls by different names', async () => {
    const twins = ['t1', 't2'].map((id) => `${id},Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,`);
    expect(await imported(admin, file(...twins))).toMatchObject({ created: 2 });
    expect(await imported(admin, file(...twins))).toMatchObject({ created: 0, updated: 0 });
  });

  it('gives one club of a place without a name to one line only', async () => {
    await imported(admin, file(',Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,'));
    const twins = ['t1', 't2'].map((id) => `${id},Keep Cool,Keep Cool Lyon,,69003,Lyon,FR,,,,`);
    expect(await imported(admin, file(...twins))).toMatchObject({ created: 1, updated: 1 });
    expect((await stored(app)).map(({ external_id }) => external_id)).toEqual(['t1', 't2']);
  });

  it('knows a chain by its slug or by its name, and does not touch it', async () => {
    const known = await aChain(app, 'Basic-Fit', { countries: ['BE', 'FR'] });
    await imported(
      admin,
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
    await imported(admin, file('x1,Anytime Fitness,One,,1207,Genève,CH,,,,'));
    const { rows } = await app.database.query('SELECT countries FROM gym_chains');
    expect(rows).toEqual([{ countries: [] }]);
  });

  it('reports every bad line by number and code in the language of the caller, and takes all others', async () => {
    const answer = await send(
      admin,
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
    const report = await imported(admin, file(...Array.from({ length: 1_001 }, () => 'x'), AGDE));
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
    expect(await imported(admin, file(...lines))).toEqual({ created: 2_500, updated: 0, errors: [] });
    expect(app.queryCount() - before).toBeLessThan(80);
    expect(await imported(admin, file(...lines))).toEqual({ created: 0, updated: 0, errors: [] });
  });

  it('makes every club once when a file comes several times at the same moment', async () => {
    const lines = Array.from({ length: 300 }, (_, n) => `m${String(n)},Keep Cool,Club ${String(n)},,34000,Agde,FR,,,,`);
    const reports = await Promise.all(Array.from({ length: 5 }, () => imported(admin, file(...lines))));
    expect(reports.map(({ created }) => created).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 300]);
    expect(await stored(app)).toHaveLength(300);
  });

  it('is done once for an idempotency key, which belongs to the file too', async () => {
    const first = await send(admin, file(AGDE)).set('Idempotency-Key', 'import-1');
    expect(first.body).toMatchObject({ created: 1 });
    const replayed = await send(admin, file(AGDE)).set('Idempotency-Key', 'import-1').expect(200);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    const other = await send(admin, file(AGDE, 'a2,Keep Cool,Other,,1,Agde,FR,,,,')).set('Idempotency-Key', 'import-1');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ detail: 'idempotency_key_reused' });
    expect(await stored(app)).toHaveLength(1);
  });
});
