import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { CertificationRejected, CertificationVerified } from 'src/modules/coach/coach.events';
import { promote, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { added, aNewCoach, change, NEW, profileOf, reject, validate, type WireCertification } from './certifying';

interface Pending {
  items: (WireCertification & { coach: Record<string, unknown> })[];
  total: number;
  has_more: boolean;
}

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
afterAll(() => app.close());
beforeEach(async () => {
  told = [];
  coach = await aNewCoach(app);
});

async function pending(query = ''): Promise<Pending> {
  return expectStatus<Pending>(admin.http.get(`/admin/certifications/pending${query}`), 200);
}

describe('the review of a certification', () => {
  it('verifies it, certifies its coach and tells him', async () => {
    const { id } = await added(coach);
    await added(coach, { name: 'Other' });
    await app.advance(60);
    const answer = await validate(admin, id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...NEW,
      id,
      verified: true,
      reviewed_at: '2026-03-02T06:01:00Z',
      rejection_reason: null,
    });
    expect(await profileOf(coach)).toMatchObject({ is_certified: true, verified: false });
    expect(told).toEqual([new CertificationVerified(id, coach.id, NEW.name, new Date('2026-03-02T06:01:00Z'))]);
  });

  it('rejects it with a reason for the coach, again if need be', async () => {
    const { id } = await added(coach);
    const first = await reject(admin, id, { reason: 'Illisible' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ id, verified: false, rejection_reason: 'Illisible' });
    expect((first.body as WireCertification).reviewed_at).not.toBeNull();
    expect((await reject(admin, id, { reason: '' })).body).toMatchObject({ rejection_reason: null });
    expect((await reject(admin, id, { reason: null })).status).toBe(200);
    expect(await profileOf(coach)).toMatchObject({ is_certified: false });
    expect(told).toMatchObject([
      { certificationId: id, coachId: coach.id, title: NEW.name, reason: 'Illisible' },
      { reason: null },
      { reason: null },
    ]);
    expect((await reject(admin, id, { reason: 'x'.repeat(500) })).status).toBe(200);
    expect(faultsOf((await reject(admin, id, { reason: 'x'.repeat(501) })).body)).toEqual(['reason too_long']);
  });

  it('may verify what was rejected, and takes the reason away', async () => {
    const { id } = await added(coach);
    await reject(admin, id, { reason: 'Illisible' });
    expect((await validate(admin, id)).body).toMatchObject({ verified: true, rejection_reason: null });
  });

  it('is over once it was verified', async () => {
    const { id } = await added(coach);
    await validate(admin, id);
    told = [];
    for (const answer of [await validate(admin, id), await reject(admin, id, { reason: 'Too late' })]) {
      expect(answer.status).toBe(422);
      expect((answer.body as Refusal).detail).toBe('already_validated');
    }
    expect((await profileOf(coach)).certifications).toMatchObject([{ verified: true, rejection_reason: null }]);
    expect(told).toEqual([]);
  });

  it('begins again with every change, and the coach is certified no more', async () => {
    const { id } = await added(coach);
    await validate(admin, id);
    const awaiting = { verified: false, reviewed_at: null, rejection_reason: null };
    expect((await change(coach, id, { name: 'Doctorat' })).body).toMatchObject({ name: 'Doctorat', ...awaiting });
    expect((await profileOf(coach)).is_certified).toBe(false);
    await reject(admin, id, { reason: 'Illisible' });
    expect((await change(coach, id, {})).body).toMatchObject(awaiting);
    expect((await pending()).items.map((item) => item.id)).toContain(id);
    expect((await validate(admin, id)).status).toBe(200);
  });

  it('has one verdict when many come at once', async () => {
    const { id } = await added(coach);
    const answers = await Promise.all(Array.from({ length: 10 }, () => validate(admin, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
    expect(told).toHaveLength(1);
  });

  it('never verifies a change that it has not waited for', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await added(coach);
      const [changed, validated] = await Promise.all([change(coach, id, { name: 'Changed' }), validate(admin, id)]);
      expect([changed.status, validated.status]).toEqual([200, 200]);
      const row = (await profileOf(coach)).certifications.find((each) => each.id === id);
      const last = row?.verified ? validated.body : changed.body;
      expect(row).toEqual(last);
      expect(row?.verified).toBe(row?.reviewed_at !== null);
    }
  });

  it('is for admins, who find what is there only', async () => {
    const { id } = await added(coach);
    const client = await app.register();
    for (const person of [coach, client])
      for (const answer of [
        await validate(person, id),
        await reject(person, id, {}),
        await person.http.get('/admin/certifications/pending'),
        await person.http.post(`/admin/coaches/${coach.id}/verify`).send({}),
      ])
        expect(answer.status).toBe(403);
    for (const answer of [await validate(admin, randomUUID()), await reject(admin, randomUUID())]) {
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('certification_not_found');
    }
    expect((await validate(admin, 'seven')).status).toBe(422);
    expect((await app.http.get('/admin/certifications/pending')).status).toBe(401);
  });
});

describe('the certifications that await a review', () => {
  it('are listed oldest first with their coaches, and leave the list when they are judged', async () => {
    await app.database.query('DELETE FROM certifications');
    const first = await added(coach, { name: 'Premier' });
    await app.advance(1);
    const other = await aNewCoach(app);
    const second = await added(other, { name: 'Deuxième' });
    await app.advance(1);
    const third = await added(coach, { name: 'Troisième' });
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
    await validate(admin, first.id);
    await reject(admin, second.id);
    expect((await pending()).items.map(({ id }) => id)).toEqual([third.id]);
    expect((await admin.http.get('/admin/certifications/pending?limit=101')).status).toBe(422);
  });

  it('cost the same number of queries, however many there are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await pending('?limit=100');
      return app.queryCount() - before;
    };
    await added(coach);
    await cost();
    const few = await cost();
    const other = await aNewCoach(app);
    for (const person of [coach, other, coach, other]) await added(person, NEW);
    expect(await cost()).toBe(few);
  });
});

describe('an admin who vouches for a coach', () => {
  const verify = (id: string, body: object = {}) => admin.http.post(`/admin/coaches/${id}/verify`).send(body);

  it('verifies him, and takes it back', async () => {
    const verified = await verify(coach.id);
    expect(verified.status).toBe(200);
    expect(verified.body).toMatchObject({ user_id: coach.id, verified: true, is_certified: true });
    expect(await profileOf(coach)).toEqual(verified.body);
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
    expect(faultsOf((await verify(coach.id, { verified: 'yes' })).body)).toEqual(['verified invalid_type']);
    expect((await verify('seven')).status).toBe(422);
  });

  it('may have a profile of his own', async () => {
    const answer = await admin.http.post('/coaches/profile').send({ bio: 'Ada' });
    expect(answer.status).toBe(201);
    expect(await added(admin, NEW)).toMatchObject({ verified: false });
  });
});
