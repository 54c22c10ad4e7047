import type { TestApp, TestPerson } from 'test/support/test-app';

const VERIFY = /\/auth\/verify-email\?token=([A-Za-z0-9_-]+)/;
const RESET = /mycoach:\/\/reset-password\?token=([A-Za-z0-9_-]+)/;

async function lastToken(app: TestApp, email: string, link: RegExp): Promise<string> {
  const messages = await app.messages({ email });
  const token = messages.map(({ body }) => link.exec(body)?.[1]).find((found) => found !== undefined);
  if (token === undefined) throw new Error(`no such link was mailed to ${email}`);
  return token;
}

/** The token of the last verification mail to an address. */
export async function verificationToken(app: TestApp, email: string): Promise<string> {
  return lastToken(app, email, VERIFY);
}

/** The token of the last mail to an address that leads to a new password. */
export async function resetToken(app: TestApp, email: string): Promise<string> {
  return lastToken(app, email, RESET);
}

/** Follows the link of the registration mail. */
export async function proveEmail(app: TestApp, person: Pick<TestPerson, 'email'>): Promise<void> {
  const token = await verificationToken(app, person.email);
  await app.http.get(`/auth/verify-email?token=${token}`).expect(200);
}

/** A registered person with a proved address. */
export async function registerProved(app: TestApp, overrides: Record<string, unknown> = {}): Promise<TestPerson> {
  const person = await app.register(overrides);
  await proveEmail(app, person);
  return person;
}

/** Makes an admin of somebody, as the command does. */
export async function promote(app: TestApp, person: TestPerson): Promise<void> {
  await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [person.id]);
  await eventually(async () => (await person.http.get('/admin/users')).status === 200);
}

/** Waits for what another connection hears: at most the second that the product promises. */
export async function eventually(holds: () => Promise<boolean>, withinMs = 1_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) if (performance.now() > until) throw new Error(`not so within ${withinMs} ms`);
}
