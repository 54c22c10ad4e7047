import { promote, registerProved } from 'test/auth/links';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { AGDE, file, HEADER, imported, send, stored } from './importing';

let app: TestApp;
let admin: TestPerson;

beforeEach(async () => {
  app = await startTestApp();
  admin = await registerProved(app);
  await promote(app, admin);
});
afterEach(() => app.close());

describe('the file of an import', () => {
  const line = (length: number): string => `x,Keep Cool,${'n'.repeat(length)}`;

  it('may have five mebibytes, and not a byte more', async () => {
    const most = 5 * 1_048_576;
    const head = Buffer.byteLength(`${HEADER}\n`);
    const full = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.alloc(most - head, `${line(90)}\n`)]);
    expect(full).toHaveLength(most);
    expect((await imported(admin, full)).errors).toHaveLength(1_000);
    const refused = await send(admin, Buffer.concat([full, Buffer.from('x')]));
    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({ detail: 'file_too_large' });
  });

  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['text of another alphabet', Buffer.from(`${HEADER}\nx,Caf\xe9`, 'latin1')],
  ])('is not %s', async (_, bytes) => {
    const refused = await send(admin, bytes);
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
    const refused = await send(admin, Buffer.from(text));
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
    expect(await stored(app)).toEqual([]);
  });

  it('is for admins only', async () => {
    for (const person of [await app.register(), await app.register({ role: 'coach' })])
      expect((await send(person, file(AGDE), 'x.csv')).status).toBe(403);
    expect((await app.http.post('/admin/gyms/import').attach('file', file(AGDE), 'x.csv')).status).toBe(401);
    expect(await stored(app)).toEqual([]);
  });
});
