import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

let last = 0;

/** A number that nobody has yet. */
export function aNumber(): string {
  last += 1;
  return `+3361${String(last).padStart(7, '0')}`;
}

/** The SMS that went to a number, oldest first. */
export async function smsTo(app: TestApp, phone: string): Promise<string[]> {
  const sent = await app.messages({ phone, channel: 'sms' });
  return sent.map(({ body }) => body).reverse();
}

/** The codes that went to a number, oldest first. */
export async function codesTo(app: TestApp, phone: string): Promise<string[]> {
  return (await smsTo(app, phone)).map((body) => /\b[0-9a-z]{6}\b/.exec(body)?.[0] ?? '');
}

/** Asks for a code, and answers the one that came. */
export async function askForCode(app: TestApp, person: TestPerson, phone: string): Promise<string> {
  await expectStatus(person.http.post('/auth/verify-phone/request').send({ phone }), 204);
  const code = (await codesTo(app, phone)).at(-1);
  if (!code) throw new Error(`no code went to ${phone}`);
  return code;
}

/** Another code of the right form. */
export function notThe(code: string): string {
  return (code.startsWith('0') ? '1' : '0') + code.slice(1);
}

/** Proves a number, from the first request to the last answer. */
export async function provePhone(app: TestApp, person: TestPerson, phone: string): Promise<void> {
  const code = await askForCode(app, person, phone);
  await expectStatus(person.http.post('/auth/verify-phone/confirm').send({ code }), 200);
}
