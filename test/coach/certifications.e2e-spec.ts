import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { CertificationRejected, CertificationVerified } from 'src/modules/coach/coach.events';
import { promote, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireCertification {
  id: string;
  name: string;
  verified: boolean;
  reviewed_at: string | null;
  rejection_reason: string | null;
}
interface Refusal {
  detail: string;
  request_id: string;
  errors?: { field: string; code: string }[];
}
interface Pending {
  items: (WireCertification & { coach: Record<string, unknown> })[];
  total: number;
  has_more: boolean;
}

const PATH = '/coaches/profile/certifications';
const NEW = { name: 'BPJEPS AF', organization: 'CREPS', year: 2015, document_url: 'https://example.com/bpjeps.pdf' };

let app: TestApp;
let admin: TestPerson;
let coach: TestPerson;
let told: (CertificationVerified | CertificationRejected)[];

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await registerProved(app);
  await promote(app, admin);
  for (const type of [CertificationVerified, CertificationRejected])
    app.nest.get(EventBus).subscribe<CertificationVerified | CertificationRejected>(type, 'test', (event) => {
      told.push(event);
      return Promise.resolve();
    });
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  told = [];
  coach = await aNewCoach();
});

async function aNewCoach(): Promise<TestPerson> {
  const person = await app.register({ role: 'coach', first_name: 'Inès', last_name: 'Durand' });
  await expectStatus(person.http.post('/coaches/profile').send({}), 201);
  return person;
}

const add = (body: object = NEW, person = coach) => person.http.post(PATH).send(body);
const change = (id: string, body: object, person = coach) => person.http.put(`${PATH}/${id}`).send(body);
const validate = (id: string, person = admin) => person.http.post(`/admin/certifications/${id}/validate`);
const reject = (id: string, body: object = {}, person = admin) =>
  person.http.post(`/admin/certifications/${id}/reject`).send(body);

async function added(body: object = NEW, person = coach): Promise<WireCertification> {
  return expectStatus<WireCertification>(add(body, person), 201);
}

async function profile(person = coach): Promise<{ is_certified: boolean; certifications: WireCertification[] }> {
  return expectStatus(person.http.get('/coaches/profile'), 200);
}

async function pending(query = ''): Promise<Pending> {
  return expectStatus<Pending>(admin.http.get(`/admin/certifications/pending${query}`), 200);
}

function faults(body: unknown): string[] {
  return ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
}

function unsigned(body: unknown): unknown {
  return { ...(body as Refusal), request_id: '' };
}

describe('a certification', () => {
  it('is added unverified, whatever the coach says of that', async () => {
    const answer = await add({ ...NEW, verified: true, reviewed_at: '2020-01-01T00:00:00Z', id: randomUUID() });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...NEW,
      id: expect.any(String),
      verified: false,
      reviewed_at: null,
      rejection_reason: null,
    });
    expect(await profile()).toMatchObject({ is_certified: false, certifications: [answer.body] });
  });

  it('needs its name only', async () => {
    expect(await added({ name: 'CQP' })).toMatchObject({ organization: null, year: null, document_url: null });
    expect(await added({ name: 'CQP', organization: '' })).toMatchObject({ organization: null });
  });

  it('is shown newest first', async () => {
    await added({ name: 'Premier' });
    await app.advance(1);
    await added({ name: 'Deuxième' });
    expect((await profile()).certifications.map(({ name }) => name)).toEqual(['Deuxième', 'Premier']);
  });

  const long = (length: number): string => `https://example.com/${'x'.repeat(length - 20)}`;

  it.each<[string, unknown[], unknown, string]>([
    ['name', ['ab', 'é'.repeat(150)], 'a', 'too_short'],
    ['name', ['ab'], 'x'.repeat(151), 'too_long'],
    ['name', ['ab'], null, 'required'],
    ['name', ['ab'], 7, 'invalid_type'],
    ['organization', ['x'.repeat(150), null], 'x'.repeat(151), 'too_long'],
    ['year', [1950, 2100, null], 1949, 'too_small'],
    ['year', [2015], 2101, 'too_large'],
    ['year', [2015], '2015', 'invalid_type'],
    ['document_url', [long(500), null], long(501), 'too_long'],
    ['document_url', ['https://exemple.fr/diplôme.pdf'], 'http://example.com/a.pdf', 'invalid_url'],
    ['document_url', ['https://example.com'], 'javascript:alert(1)', 'invalid_url'],
    ['document_url', ['https://example.com'], 'https://me:secret@example.com/', 'invalid_url'],
    ['document_url', ['https://example.com'], '', 'invalid_url'],
    ['document_url', ['https://example.com'], 7, 'invalid_type'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    const { id } = await added();
    for (const value of good) {
      expect(await added({ ...NEW, [field]: value })).toMatchObject({ [field]: value });
      expect((await change(id, { [field]: value })).body).toMatchObject({ [field]: value });
    }
    const before = await profile();
    for (const refused of [await add({ ...NEW, [field]: bad }), await change(id, { [field]: bad })]) {
      expect(refused.status).toBe(422);
      expect(faults(refused.body)).toEqual([`${field} ${code}`]);
    }
    expect(await profile()).toEqual(before);
  });

  it('is added once for one idempotency key', async () => {
    const key = randomUUID();
    const [first, again] = [await add().set('Idempotency-Key', key), await add().set('Idempotency-Key', key)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await profile()).certifications).toHaveLength(1);
  });

  it('changes in what is given, and is removed on demand', async () => {
    const created = await added();
    const changed = await change(created.id, { name: 'BPJEPS', year: null });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...created, name: 'BPJEPS', year: null });
    expect((await profile()).certifications).toEqual([changed.body]);
    const removed = await coach.http.delete(`${PATH}/${created.id}`);
    expect(removed.status).toBe(204);
    expect(removed.body).toEqual({});
    expect((await profile()).certifications).toEqual([]);
    expect((await coach.http.delete(`${PATH}/${created.id}`)).status).toBe(404);
  });

  it('of another coach looks like a missing one, and stays as it is', async () => {
    const own = await added();
    const other = await aNewCoach();
    for (const send of [
      (id: string) => change(id, { name: 'Stolen' }, other),
      (id: string) => other.http.delete(`${PATH}/${id}`),
    ]) {
      const [foreign, missing] = [await send(own.id), await send(randomUUID())];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('certification_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
    }
    expect((await profile()).certifications).toEqual([own]);
    expect((await profile(other)).certifications).toEqual([]);
  });

  it('is closed to clients and to people without a key', async () => {
    const { id } = await added();
    const client = await app.register();
    for (const answer of [
      await add(NEW, client),
      await change(id, {}, client),
      await client.http.delete(`${PATH}/${id}`),
    ])
      expect(answer.status).toBe(403);
    expect((await app.http.post(PATH).send(NEW)).status).toBe(401);
  });
});

describe('the review of a certification', () => {
  it('verifies it, certifies its coach and tells him', async () => {
    const { id } = await added();
    await added({ name: 'Other' });
    await app.advance(60);
    const answer = await validate(id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...NEW,
      id,
      verified: true,
      reviewed_at: '2026-03-02T06:01:01Z',
      rejection_reason: null,
    });
    expect(await profile()).toMatchObject({ is_certified: true, verified: false });
    expect(told).toEqual([new CertificationVerified(id, coach.id, NEW.name, new Date('2026-03-02T06:01:01Z'))]);
  });

  it('rejects it with a reason for the coach, again if need be', async () => {
    const { id } = await added();
    const first = await reject(id, { reason: 'Illisible' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ id, verified: false, rejection_reason: 'Illisible' });
    expect((first.body as WireCertification).reviewed_at).not.toBeNull();
    expect((await reject(id, { reason: '' })).body).toMatchObject({ rejection_reason: null });
    expect((await reject(id, { reason: null })).status).toBe(200);
    expect(await profile()).toMatchObject({ is_certified: false });
    expect(told).toMatchObject([
      { certificationId: id, coachId: coach.id, title: NEW.name, reason: 'Illisible' },
      { reason: null },
      { reason: null },
    ]);
    expect((await reject(id, { reason: 'x'.repeat(500) })).status).toBe(200);
    expect(faults((await reject(id, { reason: 'x'.repeat(501) })).body)).toEqual(['reason too_long']);
  });

  it('may verify what was rejected, and takes the reason away', async () => {
    const { id } = await added();
    await reject(id, { reason: 'Illisible' });
    expect((await validate(id)).body).toMatchObject({ verified: true, rejection_reason: null });
  });

  it('is over once it was verified', async () => {
    const { id } = await added();
    await validate(id);
    told = [];
    for (const answer of [await validate(id), await reject(id, { reason: 'Too late' })]) {
      expect(answer.status).toBe(422);
      expect((answer.body as Refusal).detail).toBe('already_validated');
    }
    expect((await profile()).certifications).toMatchObject([{ verified: true, rejection_reason: null }]);
    expect(told).toEqual([]);
  });

  it('begins again with every change, and the coach is certified no more', async () => {
    const { id } = await added();
    await validate(id);
    const awaiting = { verified: false, reviewed_at: null, rejection_reason: null };
    expect((await change(id, { name: 'Doctorat' })).body).toMatchObject({ name: 'Doctorat', ...awaiting });
    expect((await profile()).is_certified).toBe(false);
    await reject(id, { reason: 'Illisible' });
    expect((await change(id, {})).body).toMatchObject(awaiting);
    expect((await pending()).items.map((item) => item.id)).toContain(id);
    expect((await validate(id)).status).toBe(200);
  });

  it('has one verdict when many come at once', async () => {
    const { id } = await added();
    const answers = await Promise.all(Array.from({ length: 10 }, () => validate(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
    expect(told).toHaveLength(1);
  });

  it('never verifies a change that it has not waited for', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await added();
      const [changed, validated] = await Promise.all([change(id, { name: 'Changed' }), validate(id)]);
      expect([changed.status, validated.status]).toEqual([200, 200]);
      const row = (await profile()).certifications.find((each) => each.id === id);
      const last = row?.verified ? validated.body : changed.body;
      expect(row).toEqual(last);
      expect(row?.verified).toBe(row?.reviewed_at !== null);
    }
  });

  it('is for admins, who find what is there only', async () => {
    const { id } = await added();
    const client = await app.register();
    for (const person of [coach, client])
      for (const answer of [
        await validate(id, person),
        await reject(id, {}, person),
        await person.http.get('/admin/certifications/pending'),
        await person.http.post(`/admin/coaches/${coach.id}/verify`).send({}),
      ])
        expect(answer.status).toBe(403);
    for (const answer of [await validate(randomUUID()), await reject(randomUUID())]) {
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('certification_not_found');
    }
    expect((await validate('seven')).status).toBe(422);
    expect((await app.http.get('/admin/certifications/pending')).status).toBe(401);
  });
});

describe('the certifications that await a review', () => {
  it('are listed oldest first with their coaches, and leave the list when they are judged', async () => {
    await app.database.query('DELETE FROM certifications');
    const first = await added({ name: 'Premier' });
    await app.advance(1);
    const other = await aNewCoach();
    const second = await added({ name: 'Deuxième' }, other);
    await app.advance(1);
    const third = await added({ name: 'Troisième' });
    const page = await pending();
    expect(page).toMatchObject({ total: 3, has_more: false });
    expect(page.items.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(page.items[0]).toEqual({
      ...first,
      coach: {
        id: coach.id,
        first_name: 'Inès',
        last_name: 'Durand',
        name: 'Inès Durand',
        resolved_photo_url: expect.stringContaining('/static/avatars/'),
        role: 'coach',
      },
    });
    expect(await pending('?limit=1&offset=1')).toMatchObject({ items: [{ id: second.id }], has_more: true, total: 3 });
    await validate(first.id);
    await reject(second.id);
    expect((await pending()).items.map(({ id }) => id)).toEqual([third.id]);
    expect((await admin.http.get('/admin/certifications/pending?limit=101')).status).toBe(422);
  });

  it('cost the same number of queries, however many there are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await pending('?limit=100');
      return app.queryCount() - before;
    };
    await added();
    await cost();
    const few = await cost();
    const other = await aNewCoach();
    for (const person of [coach, other, coach, other]) await added(NEW, person);
    expect(await cost()).toBe(few);
  });
});

describe('an admin who vouches for a coach', () => {
  const verify = (id: string, body: object = {}) => admin.http.post(`/admin/coaches/${id}/verify`).send(body);

  it('verifies him, and takes it back', async () => {
    const verified = await verify(coach.id);
    expect(verified.status).toBe(200);
    expect(verified.body).toMatchObject({ user_id: coach.id, verified: true, is_certified: true });
    expect(await profile()).toEqual(verified.body);
    expect((await verify(coach.id, { verified: true })).body).toMatchObject({ verified: true });
    expect((await verify(coach.id, { verified: false })).body).toMatchObject({ verified: false, is_certified: false });
  });

  it('is not followed by the coach himself', async () => {
    const answer = await coach.http.put('/coaches/profile').send({ verified: true, is_certified: true });
    expect(answer.body).toMatchObject({ verified: false, is_certified: false });
  });

  it('finds coaches only', async () => {
    const client = await app.register();
    for (const id of [client.id, admin.id, randomUUID()]) {
      const answer = await verify(id);
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('coach_not_found');
    }
    expect(faults((await verify(coach.id, { verified: 'yes' })).body)).toEqual(['verified invalid_type']);
    expect((await verify('seven')).status).toBe(422);
  });

  it('may have a profile of his own', async () => {
    const answer = await admin.http.post('/coaches/profile').send({ bio: 'Ada' });
    expect(answer.status).toBe(201);
    expect(await added(NEW, admin)).toMatchObject({ verified: false });
  });
});
