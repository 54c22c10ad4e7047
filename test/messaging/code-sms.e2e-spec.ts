import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { AccountClosing } from 'src/modules/auth/auth.events';
import { aNumber, codesTo, smsTo } from 'test/auth/phone-codes';
import { publish } from 'test/notification/publishing';
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
    // Before whatever else is to be sent.
    const { rows } = await app.database.query(
      `SELECT priority < 0 AS first FROM graphile_worker.jobs WHERE task_identifier = 'send_code_sms'`,
    );
    expect(rows).toEqual([{ first: true }]);
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

  it('is tried again under the same reference, and says that it may have arrived, whoever tries it', async () => {
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
        // As when its process was stopped, which takes the attempt back, or when its dead letter is sent again.
        await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now(), attempts = 0');
        expect(await smsTo(app, phone)).toHaveLength(1);
      },
    );
    expect(given.map(({ firstTriedAt }) => firstTriedAt)).toEqual([null, new Date(NOW)]);
    expect(new Set(given.map(({ reference, body }) => `${reference} ${body}`)).size).toBe(1);
    expect(given[0]).toMatchObject({ userId: person.id, to: phone, senderName: null, isUrgent: true });
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

  it('says nothing of the sort after it had to wait for its turn', async () => {
    const person = await app.register();
    const given: Sms[] = [];
    await withProvider(
      (sms) => {
        given.push(sms);
        if (given.length === 1) throw new ProviderPaused(60_000);
      },
      async () => {
        await ask(person);
        expect(await smsTo(app, phone)).toEqual([]);
        await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
        expect(await smsTo(app, phone)).toHaveLength(1);
      },
    );
    expect(given.map(({ firstTriedAt }) => firstTriedAt)).toEqual([null, null]);
  });

  it('is not sent where it can prove nothing: guessed at, for another number, or of who may not use the account', async () => {
    const guessing = await app.register();
    await ask(guessing);
    for (let tries = 0; tries < 3; tries += 1)
      await expectStatus(guessing.http.post('/auth/verify-phone/confirm').send({ code: '000000' }), 400);
    const moved = await app.register();
    const former = aNumber();
    await expectStatus(moved.http.post('/auth/verify-phone/request').send({ phone: former }), 204);
    await expectStatus(moved.http.patch('/users/me').send({ phone: aNumber() }), 200);
    const suspended = await app.register();
    const silent = aNumber();
    await expectStatus(suspended.http.post('/auth/verify-phone/request').send({ phone: silent }), 204);
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'unverified' WHERE id = $1`,
      [suspended.id],
    );
    for (const number of [phone, former, silent]) expect(await smsTo(app, number)).toEqual([]);
  });

  it('is void as soon as its owner leaves (trust 20)', async () => {
    const person = await app.register();
    await ask(person);
    await publish(app, new AccountClosing(person.id));
    expect(await smsTo(app, phone)).toEqual([]);
    const { rowCount } = await app.database.query('SELECT 1 FROM phone_codes WHERE user_id = $1', [person.id]);
    expect(rowCount).toBe(0);
  });

  it('opts a number out that wants no SMS, and none goes to it until it says START', async () => {
    const person = await app.register();
    await withProvider(
      () => {
        throw new DeliveryFailure('twilio 21610', true);
      },
      async () => {
        await ask(person);
        expect(await smsTo(app, phone)).toEqual([]);
      },
    );
    const letters = await app.database.query('SELECT 1 FROM dead_letters WHERE user_id = $1', [person.id]);
    expect(letters.rowCount).toBe(0);
    const optedOut = await app.database.query('SELECT 1 FROM sms_opt_outs WHERE phone = $1', [phone]);
    expect(optedOut.rowCount).toBe(1);
    await ask(person);
    expect(await smsTo(app, phone)).toEqual([]);
    await app.database.query('DELETE FROM sms_opt_outs WHERE phone = $1', [phone]);
    await ask(person);
    expect(await codesTo(app, phone)).toHaveLength(1);
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
