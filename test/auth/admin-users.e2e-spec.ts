import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { promote, registerProved } from './links';

interface UserPage {
  items: { id: string; name: string; status: string }[];
  total: number;
  has_more: boolean;
}

describe('the accounts in the hands of an admin', () => {
  let app: TestApp;
  let admin: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await registerProved(app, { first_name: 'Ada', last_name: 'Admin' });
    await promote(app, admin);
  });
  afterAll(() => app.close());

  const list = async (query = ''): Promise<UserPage> => {
    const answer = await admin.http.get(`/admin/users${query}`);
    expect(answer.status).toBe(200);
    return answer.body as UserPage;
  };
  const suspend = (id: string, body: object = {}) => admin.http.post(`/admin/users/${id}/suspend`).send(body);
  const reactivate = (id: string) => admin.http.post(`/admin/users/${id}/reactivate`);

  it('are listed newest first, and found by role, status and part of a name or address', async () => {
    const eloise = await app.register({ first_name: 'Éloïse', last_name: 'Besson', role: 'coach' });
    const percent = await app.register({ first_name: 'Per%cent', last_name: 'Under_score' });
    expect((await list('?limit=2')).items.map(({ id }) => id)).toEqual([percent.id, eloise.id]);
    for (const q of ['eloise', 'ÉLOÏSE B', 'besson', eloise.email.slice(0, 15)])
      expect((await list(`?q=${encodeURIComponent(q)}`)).items.map(({ id }) => id)).toEqual([eloise.id]);
    expect((await list('?q=r%25c')).items.map(({ id }) => id)).toEqual([percent.id]);
    expect((await list('?q=%25')).items.map(({ id }) => id)).toEqual([percent.id]);
    expect((await list('?role=coach')).items.map(({ id }) => id)).toEqual([eloise.id]);
    expect((await list('?role=coach&status=active')).total).toBe(0);
    expect((await list('?status=unverified&role=coach&q=el')).total).toBe(1);
    const page = await list('?limit=1&offset=1');
    expect(page).toMatchObject({ has_more: true, items: [{ id: eloise.id }] });
    expect(await list('?offset=1000')).toMatchObject({ items: [], has_more: false });
    await admin.http.get('/admin/users?role=king').expect(422);
    await admin.http.get('/admin/users?q=').expect(422);
    await admin.http.get('/admin/users?q=a&q=b').expect(422);
  });

  it('are for admins only', async () => {
    for (const role of ['client', 'coach']) {
      const person = await app.register({ role });
      await person.http.get('/admin/users').expect(403);
      await person.http.post(`/admin/users/${person.id}/suspend`).send({}).expect(403);
      await person.http.post(`/admin/users/${admin.id}/reactivate`).expect(403);
    }
    await app.http.get('/admin/users').expect(401);
  });

  it('are closed by a suspension from the next request on, and are what they were after it', async () => {
    const [proved, unproved] = [await registerProved(app), await app.register()];
    // This process must not depend on hearing of its own doing.
    await app.database.query('ALTER TABLE users DISABLE TRIGGER users_changed');
    for (const person of [proved, unproved]) {
      await person.http.get('/users/me').expect(200);
      const answer = await suspend(person.id, { reason: 'Complaints' });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ id: person.id, status: 'suspended' });
      const refused = await person.http.get('/auth/api-keys');
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ detail: 'account_suspended' });
    }
    expect((await list('?status=suspended')).total).toBe(2);
    expect((await reactivate(proved.id)).body).toMatchObject({ status: 'active' });
    expect((await reactivate(unproved.id)).body).toMatchObject({ status: 'unverified' });
    await proved.http.get('/auth/api-keys').expect(200);
    await unproved.http.get('/auth/api-keys').expect(200);
    await app.database.query('ALTER TABLE users ENABLE TRIGGER users_changed');
  });

  it('stay suspended when suspended twice, and keep what they were', async () => {
    const person = await registerProved(app);
    await suspend(person.id).expect(200);
    await suspend(person.id, { reason: 'once more' }).expect(200);
    expect((await reactivate(person.id)).body).toMatchObject({ status: 'active' });
    const again = await reactivate(person.id);
    expect(again.status).toBe(422);
    expect(again.body).toMatchObject({ detail: 'invalid_transition' });
  });

  it('are proved by a link even while suspended, and active after it', async () => {
    const person = await app.register();
    await suspend(person.id).expect(200);
    const [mail] = await app.messages({ email: person.email });
    const token = /verify-email\?token=([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? '';
    await app.http.get(`/auth/verify-email?token=${token}`).expect(200);
    expect((await reactivate(person.id)).body).toMatchObject({ status: 'active', email_verified: true });
  });

  it('are not those of the admin who asks, of nobody, or erased', async () => {
    const own = await suspend(admin.id);
    expect(own.status).toBe(422);
    expect(own.body).toMatchObject({ detail: 'cannot_suspend_self' });
    const missing = '00000000-0000-4000-8000-000000000000';
    expect((await suspend(missing)).body).toMatchObject({ detail: 'user_not_found' });
    expect((await reactivate(missing)).body).toMatchObject({ detail: 'user_not_found' });
    const erased = await app.register();
    await app.database.query(`UPDATE users SET status = 'deleted' WHERE id = $1`, [erased.id]);
    await suspend(erased.id).expect(404);
    await suspend('nonsense').expect(422);
    const person = await app.register();
    await suspend(person.id, { reason: 'x'.repeat(501) }).expect(422);
  });
});
