import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { readQr } from 'test/support/qr';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anAdmin, faultsIn, type Refusal, rejected, submitted, validated, type WireMachine } from './machines';

let app: TestApp;
let admin: TestPerson;
let person: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await anAdmin(app);
  person = await app.register();
});
afterAll(() => app.close());

const code = (id: string, query = '', who = admin) => who.http.get(`/admin/machines/${id}/qr.svg${query}`);
const sheet = (ids: readonly string[], who = admin) =>
  who.http.get(`/admin/machines/qr-sheet?${ids.map((id) => `id=${id}`).join('&')}`);
const newCode = (): string => `code-${randomUUID()}`;
const linkTo = ({ qr_code_hash }: WireMachine): string => `mycoach://machines/qr/${qr_code_hash ?? ''}`;

async function aMachine(body: object = {}): Promise<WireMachine> {
  return validated(admin, await submitted(person, body));
}

describe('the QR code of a machine', () => {
  it('is a picture that leads the app to the machine', async () => {
    const machine = await aMachine({ brand: 'Matrix' });
    const answer = await code(machine.id);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/svg+xml');
    expect(answer.headers['cache-control']).toBe('no-store');
    const svg = answer.body as Buffer;
    const { width, height, format } = await sharp(svg).metadata();
    expect({ width, height, format }).toEqual({ width: 512, height: 512, format: 'svg' });
    const link = await readQr(svg);
    expect(link).toBe(linkTo(machine));
    const path = new URL(link ?? '').pathname;
    expect((await person.http.get(`/machines${path}`)).body).toMatchObject({ id: machine.id, brand: 'Matrix' });
  });

  it.each([
    ['1', 128],
    ['é/?#%', 1024],
    ['x'.repeat(64), 128],
    ['🏋'.repeat(64), 1024],
  ])('can be read, whatever it says: %s', async (own, size) => {
    const { id } = await aMachine({ qr_code_hash: own });
    const svg = (await code(id, `?size=${size}`)).body as Buffer;
    expect((await sharp(svg).metadata()).width).toBe(size);
    expect(decodeURIComponent((await readQr(svg, size)) ?? '')).toBe(`mycoach://machines/qr/${own}`);
  });

  it('can be read when a tenth of it is scratched off', async () => {
    const machine = await aMachine();
    const whole = String((await code(machine.id)).body);
    const scratched = whole.replace('</svg>', '<path fill="#fff" d="M15 15h11v11h-11z"/></svg>');
    expect(scratched).not.toBe(whole);
    expect(await readQr(scratched)).toBe(linkTo(machine));
  });

  it.each([
    ['127', 'size too_small'],
    ['1025', 'size too_large'],
    ['big', 'size invalid_type'],
  ])('has no size of %s', async (size, fault) => {
    const refused = await code(randomUUID(), `?size=${size}`);
    expect(refused.status).toBe(422);
    expect(faultsIn(refused.body)).toEqual([fault]);
  });

  it('is there as long as the code belongs to the machine', async () => {
    const awaited = await submitted(person, { qr_code_hash: newCode() });
    expect((await code(awaited.id)).status).toBe(200);
    await rejected(admin, awaited);
    const bare = await submitted(person);
    for (const id of [awaited.id, bare.id, randomUUID()])
      for (const answer of [await code(id), await sheet([id])])
        expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'machine_not_found']);
  });

  it('is for admins', async () => {
    const { id } = await aMachine();
    const coach = await app.register({ role: 'coach' });
    for (const who of [person, coach])
      for (const answer of [await code(id, '', who), await sheet([id], who)]) expect(answer.status).toBe(403);
    expect((await app.http.get(`/admin/machines/${id}/qr.svg`)).status).toBe(401);
    expect((await app.http.get(`/admin/machines/qr-sheet?id=${id}`)).status).toBe(401);
    expect((await code('seven')).status).toBe(422);
  });
});

describe('a sheet of labels', () => {
  const pictures = (html: string): string[] => html.match(/<svg[^]*?<\/svg>/g) ?? [];
  const labels = (html: string): string[] => html.match(/<article[^]*?<\/article>/g) ?? [];

  it('has one label for each machine in the order of the request, and every code can be read', async () => {
    const machines = [await aMachine({ brand: 'Matrix', model: 'Ultra' }), await aMachine({ type_key: 'treadmill' })];
    const ids = [...machines, ...machines].map(({ id }) => id);
    const answer = await sheet([...ids].reverse()).set('Accept-Language', 'fr');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<html lang="fr">');
    expect(answer.text).toMatch(/@page\{size:A4/);
    expect(await Promise.all(pictures(answer.text).map((svg) => readQr(svg)))).toEqual(
      [...machines, ...machines].reverse().map(linkTo),
    );
    const [first = '', second = ''] = labels(answer.text);
    expect(first).toContain('Tapis de course');
    expect(first).not.toContain('class="name"');
    expect(second).toContain('Matrix Ultra');
    expect(second).toContain('Presse à cuisses');
  });

  it.each([
    ['en', 'Scan with MyCoach', 'Leg press'],
    ['fr', 'À scanner avec MyCoach', 'Presse à cuisses'],
    ['es', 'Escanear con MyCoach', 'Prensa de piernas'],
    ['pt', 'Ler com o MyCoach', 'Prensa de pernas'],
  ])('speaks the language of who prints it: %s', async (language, invitation, kind) => {
    const { id } = await aMachine();
    const { text } = await sheet([id]).set('Accept-Language', language);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(invitation);
    expect(text).toContain(kind);
  });

  it('shows what people wrote as text, and lets nothing of it run', async () => {
    const { id } = await aMachine({ brand: '<script>alert(1)</script>', model: `"><img src=x onerror='x()'> & Co` });
    const answer = await sheet([id]);
    expect(answer.text).not.toMatch(/<script|<img/);
    expect(answer.text).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; &quot;&gt;&lt;img src=x onerror=&#39;x()&#39;&gt; &amp; Co',
    );
    expect(answer.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; frame-ancestors 'none'; base-uri 'none'$/,
    );
  });

  it('holds 60 labels, twelve a page, and no more', async () => {
    const { id } = await aMachine();
    const many = await sheet(Array.from({ length: 60 }, () => id));
    expect(many.status).toBe(200);
    expect(labels(many.text)).toHaveLength(60);
    expect(many.text.match(/<section/g)).toHaveLength(5);
    const refused = await sheet(Array.from({ length: 61 }, () => id));
    expect(refused.status).toBe(422);
    expect(faultsIn(refused.body)).toEqual(['id too_many']);
    expect(faultsIn((await admin.http.get('/admin/machines/qr-sheet')).body)).toEqual(['id required']);
    expect(faultsIn((await sheet(['seven'])).body)).toEqual(['id invalid_format']);
    expect((await sheet([id.toUpperCase()])).status).toBe(200);
  });

  it('is not made when one machine is missing: the refusal is no page', async () => {
    const { id } = await aMachine();
    const refused = await sheet([id, randomUUID()]);
    expect(refused.status).toBe(404);
    expect(refused.headers['content-type']).toMatch(/^application\/json/);
    expect(refused.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect((refused.body as Refusal).detail).toBe('machine_not_found');
  });

  it('costs the same number of queries for one machine and for many', async () => {
    const machines = await Promise.all(Array.from({ length: 5 }, () => aMachine()));
    const cost = async (ids: string[]): Promise<number> => {
      const before = app.queryCount();
      await sheet(ids);
      return app.queryCount() - before;
    };
    const ids = machines.map(({ id }) => id);
    await cost(ids);
    expect(await cost(ids)).toBe(await cost(ids.slice(0, 1)));
  });
});
