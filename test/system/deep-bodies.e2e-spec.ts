import { startTestApp, type TestApp } from 'test/support/test-app';

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
