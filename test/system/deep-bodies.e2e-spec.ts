import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

describe('bodies of many levels', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const listed = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.each([
    ['33 objects in each other', nested(33)],
    ['3,000 objects in each other', nested(3_000)],
    ['100,000 lists in each other', listed(100_000)],
  ])('trust 34: %s are refused before anything walks them', async (_, body) => {
    const person = await app.register();
    for (const path of ['/auth/verify-email/request', '/bookings']) {
      const answer = await person.http
        .post(path)
        .set('Content-Type', 'application/json')
        .set('Idempotency-Key', 'deep')
        .send(body);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ detail: 'validation_error', errors: [{ field: 'body' }] });
    }
  });

  it('are fine while they are few', async () => {
    const person = await app.register();
    const answer = await person.http
      .patch('/users/me')
      .set('Content-Type', 'application/json')
      .send(`{"first_name":"Ana","unknown":${nested(30)}}`);
    expect(answer.status).toBe(200);
  });
});

describe('bodies of many values', () => {
  let app: TestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    person = await app.register();
  });
  afterAll(() => app.close());

  const share = async (items: number): Promise<{ errors: { field: string; code: string }[] }> => {
    const updates = Array.from({ length: items }, () => ({}));
    return expectStatus(person.http.patch(`/health/sharing/${person.id}`).send({ updates }), 422);
  };

  it('trust 34: a megabyte of them is refused before anything checks them', async () => {
    const { errors } = await share(300_000);
    expect(errors).toMatchObject([{ field: 'body', code: 'too_many' }]);
  });

  it('trust 34: a list that is too long is refused with a hundred faults at most', async () => {
    const { errors } = await share(15_000);
    expect(errors[0]).toMatchObject({ field: 'updates', code: 'too_many' });
    expect(errors).toHaveLength(100);
  });

  it('are fine up to what the largest request needs', async () => {
    const unknown = Array.from({ length: 19_990 }, () => 0);
    await expectStatus(person.http.patch('/users/me').send({ first_name: 'Ana', unknown }), 200);
    await expectStatus(
      person.http.patch('/users/me').send({ first_name: 'Ana', unknown: [...unknown, ...unknown] }),
      422,
    );
  });
});
