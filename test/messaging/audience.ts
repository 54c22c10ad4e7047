import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { SmsSender } from 'src/common/outbound/outbound';
import { SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What coaches send to many by SMS, and who can read it. */

let numbers = 0;

/** A number that nobody else of this file has. */
export function aPhone(): string {
  numbers += 1;
  return `+336${String(10_000_000 + numbers)}`;
}

/** A client who can be texted. */
export async function reachable(app: TestApp, person: Record<string, unknown> = {}): Promise<TestPerson> {
  return app.register({ first_name: 'Zoé', last_name: 'Roy', locale: 'fr-FR', phone: aPhone(), ...person });
}

/** The SMS that somebody got, oldest first. */
export async function textsTo(app: TestApp, person: Pick<TestPerson, 'id'>): Promise<string[]> {
  const messages = await app.messages({ user_id: person.id, channel: 'sms' });
  return messages.map(({ body }) => body).reverse();
}

/** Texts of the last one first, whoever got them. */
export async function allTexts(app: TestApp): Promise<{ user_id: string | null; body: string }[]> {
  return app.messages({ channel: 'sms' });
}

/** He has answered STOP. */
export async function optOut(app: TestApp, person: Pick<TestPerson, 'id'>): Promise<void> {
  await app.database.query(
    'INSERT INTO sms_opt_outs (phone, created_at) SELECT phone, now() FROM users WHERE id = $1',
    [person.id],
  );
}

export async function suspend(app: TestApp, person: Pick<TestPerson, 'id'>): Promise<void> {
  await app.database.query(`UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`, [
    person.id,
  ]);
}

/** So many of the coach's SMS of the day are used. */
export async function useUp(app: TestApp, coach: TestPerson, day: string, used: number): Promise<void> {
  await app.database.query(
    `INSERT INTO sms_days (coach_id, day, used) VALUES ($1, $2, $3)
     ON CONFLICT (coach_id, day) DO UPDATE SET used = $3`,
    [coach.id, day, used],
  );
}

/** The provider refuses the numbers of these people for good, until the answer is called. */
export function refuse(app: TestApp, people: readonly Pick<TestPerson, 'id'>[]): () => void {
  const sender = app.nest.get(SmsSender);
  const send = sender.send.bind(sender);
  const ids = new Set(people.map(({ id }) => id));
  sender.send = (sms) => {
    if (sms.userId !== null && ids.has(sms.userId)) return Promise.reject(new DeliveryFailure('twilio 21211', true));
    return send(sms);
  };
  return () => {
    sender.send = send;
  };
}

/** However slow the machine is: what a test asks about is settled before it is told. */
export function beMorePatient(app: TestApp): void {
  const register = app.nest.get(SmsRegister);
  const settled = register.settled.bind(register);
  register.settled = (batchId) => settled(batchId, 60_000);
}

export async function templateOf(coach: TestPerson, body: string): Promise<string> {
  const request = coach.http.post('/coaches/cancellation-templates').send({ title: 'Absence', body });
  return (await expectStatus<{ id: string }>(request, 201)).id;
}
