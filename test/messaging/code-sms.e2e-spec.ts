import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { aNumber, codesTo, smsTo } from 'test/auth/phone-codes';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T09:00:00Z';
const HASH = 'FA+9qCX9VSu';

describe('the SMS with a code', () => {
  let app: TestApp;
  let phone: string;

  beforeAll(async () => {
    app = await startTestApp({ SMS_APP_HASH: HASH });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    phone = aNumber();
  });

  const ask = async (person: TestPerson): Promise<void> => {
    await expectStatus(person.http.post('/auth/verify-phone/request').send({ phone }), 204);
  };
  /** Every row of every table as text, but for the mailbox, which stands for the world outside. */
  const dump = async (): Promise<string> => {
    const { rows: tables } = await app.database.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE'
         AND table_name <> 'sandbox_messages'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await app.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  };
  /** What the provider was given, in the hands of which `send` is as long as `work` runs. */
  const withProvider = async (send: (sms: Sms) => void, work: () => Promise<void>): Promise<void> => {
    const sender = app.nest.get(SmsSender);
    const real = sender.send.bind(sender);
    sender.send = (sms) =>
      Promise.resolve(sms).then((given) => {
        send(given);
        return real(given);
      });
    try {
      await work();
    } finally {
      sender.send = real;
    }
  };

  it.each([
    ['en-GB', '{code} is your MyCoach code. It is valid for 10 minutes.'],
    ['fr-FR', '{code} est votre code MyCoach. Il est valable 10 minutes.'],
    ['es-ES', '{code} es su código de MyCoach. Vale 10 minutos.'],
    ['pt-BR', '{code} é o seu código MyCoach. Vale 10 minutos.'],
    ['de-DE', '{code} is your MyCoach code. It is valid for 10 minutes.'],
  ])('has three lines, in the language of %s, and ends with the hash of the app', async (locale, words) => {
    const person = await app.register({ locale });
    await ask(person);
    const [body = ''] = await smsTo(app, phone);
    const [code = ''] = await codesTo(app, phone);
    expect(body).toBe(`<#>\n${words.replace('{code}', code)}\n${HASH}`);
    // More, and Android does not hand it to the app; beyond one SMS it is paid twice.
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(140);
    // eslint-disable-next-line no-control-regex -- what a plain SMS of 160 characters can hold of ours
    expect([...body].length).toBeLessThanOrEqual(/^[\x00-\x7f]*$/.test(body) ? 160 : 70);
    expect(await expectStatus(person.http.get('/users/me'), 200)).toMatchObject({ phone });
  });

  it('goes to the person who asked, and holds what stands in clear nowhere in the database', async () => {
    const person = await app.register();
    await ask(person);
    const before = await dump();
    expect(before).toContain('send_code_sms');
    const [message] = await app.messages({ phone });
    expect(message).toMatchObject({ channel: 'sms', user_id: person.id, to: phone });
    const [code = ''] = await codesTo(app, phone);
    expect(code).toMatch(/^[0-9a-z]{6}$/);
    expect(before).not.toContain(code);
    expect(await dump()).not.toContain(code);
  });

  it('is not in the log of a coach, and takes nothing from what he may send', async () => {
    const coach = await aCoach(app);
    await ask(coach);
    expect(await codesTo(app, phone)).toHaveLength(1);
    const { rows } = await app.database.query('SELECT 1 FROM sms_messages UNION ALL SELECT 1 FROM sms_days');
    expect(rows).toEqual([]);
  });

  it('is not sent any more once the code is too old, used or replaced', async () => {
    const person = await app.register();
    await ask(person);
    await app.setClock('2026-03-02T09:10:00Z');
    expect(await smsTo(app, phone)).toEqual([]);
    await ask(person);
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM phone_codes WHERE user_id = $1', [
      person.id,
    ]);
    await ask(person);
    const sent: string[] = [];
    await withProvider(
      ({ reference }) => sent.push(reference),
      async () => {
        expect(await smsTo(app, phone)).toHaveLength(1);
      },
    );
    expect(sent).toHaveLength(1);
    expect(sent).not.toContain(rows[0]?.id);
  });

  it('is tried again under the same reference, and says that it may have arrived', async () => {
    const person = await app.register();
    const given: Sms[] = [];
    await withProvider(
      (sms) => {
        given.push(sms);
        if (given.length === 1) throw new DeliveryFailure('ECONNRESET', false);
      },
      async () => {
        await ask(person);
        expect(await smsTo(app, phone)).toEqual([]);
        await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
        expect(await smsTo(app, phone)).toHaveLength(1);
      },
    );
    expect(given.map(({ firstTriedAt }) => firstTriedAt)).toEqual([null, new Date(NOW)]);
    expect(new Set(given.map(({ reference, body }) => `${reference} ${body}`)).size).toBe(1);
    expect(given[0]).toMatchObject({ userId: person.id, to: phone, senderName: null });
  });

  it('is kept as a dead letter that says nothing of code and number, when the provider does not want it', async () => {
    const person = await app.register();
    let code = '';
    await withProvider(
      ({ body }) => {
        code = /\b[0-9a-z]{6}\b/.exec(body)?.[0] ?? '';
        throw new DeliveryFailure('twilio 21211', true);
      },
      async () => {
        await ask(person);
        expect(await smsTo(app, phone)).toEqual([]);
      },
    );
    const { rows } = await app.database.query<Record<string, unknown>>(
      'SELECT * FROM dead_letters WHERE user_id = $1',
      [person.id],
    );
    expect(rows).toMatchObject([{ channel: 'sms', type: 'phone_verification', task: 'send_code_sms', attempts: 1 }]);
    expect(code).not.toBe('');
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(phone);
  });

  it('is not sent where the act that asked for it was undone', async () => {
    const person = await app.register({ phone });
    const rival = await app.register();
    await ask(rival);
    const [code] = await codesTo(app, phone);
    await expectStatus(rival.http.post('/auth/verify-phone/confirm').send({ code }), 200);
    await expectStatus(person.http.post('/auth/verify-phone/request').send({ phone }), 409);
    expect(await smsTo(app, phone)).toHaveLength(1);
  });
});
