import { DeadLetters } from 'src/common/jobs/dead-letters';
import { SmsDelivery } from 'src/modules/messaging/sms/sms-delivery.service';
import { SmsRepository } from 'src/modules/messaging/sms/sms.repository';
import { expectStatus } from 'test/support/coaching';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { TwilioServer } from 'test/support/twilio-server';
import { refuse } from './audience';
import { aTextingCoach, settle, smsRow, text, type Texting, tryAgain, waitingJobs } from './texting';

const PHONE = '+33612345678';

describe('an SMS that is to be sent', () => {
  let app: TestApp;
  let coach: Texting;

  beforeAll(async () => {
    app = await startTestApp();
    coach = await aTextingCoach(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock('2026-03-02T10:00:00Z');
    await app.http.delete('/sandbox/messages').expect(204);
  });
  afterEach(() => app.database.query('TRUNCATE sms_opt_outs, sms_number_days'));

  it('is in the sandbox mailbox outside production', async () => {
    const id = await text(app, coach);
    await settle(app);
    expect(await app.messages({ channel: 'sms' })).toMatchObject([
      { to: PHONE, body: 'Bonjour Zoé', user_id: coach.clientId, created_at: '2026-03-02T10:00:00Z' },
    ]);
    expect(await smsRow(app, id)).toMatchObject({
      status: 'sent',
      provider_message_id: null,
      sent_at: new Date('2026-03-02T10:00:00Z'),
    });
  });

  it('is not sent to a number that said STOP meanwhile', async () => {
    const id = await text(app, coach);
    await app.database.query('INSERT INTO sms_opt_outs (phone, created_at) VALUES ($1, now())', [PHONE]);
    await settle(app);
    expect(await app.messages({ channel: 'sms' })).toEqual([]);
    expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'opted_out', sent_at: null });
    expect(await waitingJobs(app)).toEqual([]);
  });

  it.each<[string, string, Date | null, string]>([
    ['a second before a day has passed', '2026-03-03T09:59:59Z', null, 'sent'],
    ['when a day has passed', '2026-03-03T10:00:00Z', null, 'failed'],
    ['before what it speaks of begins', '2026-03-02T10:59:59Z', new Date('2026-03-02T11:00:00Z'), 'sent'],
    ['when what it speaks of begins', '2026-03-02T11:00:00Z', new Date('2026-03-02T11:00:00Z'), 'failed'],
    [
      'when a day has passed, before what it speaks of',
      '2026-03-03T10:00:00Z',
      new Date('2026-03-09T10:00:00Z'),
      'failed',
    ],
  ])('%s (%s) is of use or not', async (_, now, usefulUntil, status) => {
    const id = await text(app, coach, { usefulUntil });
    await app.setClock(now);
    await settle(app);
    expect(await smsRow(app, id)).toMatchObject({ status, error_code: status === 'failed' ? 'outdated' : null });
    expect(await app.messages({ channel: 'sms' })).toHaveLength(status === 'sent' ? 1 : 0);
  });

  it('is sent once, also when its job runs again', async () => {
    const id = await text(app, coach);
    await settle(app);
    await app.nest.get(SmsDelivery).send(id);
    expect(await app.messages({ channel: 'sms' })).toHaveLength(1);
  });

  it('is not sent again from a dead letter when it is old, and the administrator is told', async () => {
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    const accept = refuse(app, [{ id: coach.clientId }]);
    const ids = [await text(app, coach), await text(app, coach, { usefulUntil: new Date('2026-03-02T11:00:00Z') })];
    await settle(app);
    accept();
    const { rows } = await app.database.query<{ id: string }>(
      `SELECT id FROM dead_letters ORDER BY payload->>'smsId' = $1 DESC`,
      [ids[0]],
    );
    const replay = ({ id = '' }: { id?: string } = {}) =>
      admin.http.post(`/admin/dead-letters/${id}/replay`).set('Accept-Language', 'fr');
    await app.setClock('2026-03-02T11:00:00Z');
    await expectStatus(replay(rows[0]), 202);
    expect(await expectStatus(replay(rows[1]), 409)).toMatchObject({
      detail: 'message_outdated',
      message: 'Ce message est trop ancien pour être renvoyé.',
    });
    await settle(app);
    expect((await Promise.all(ids.map((id) => smsRow(app, id)))).map(({ status }) => status)).toEqual([
      'sent',
      'failed',
    ]);
    expect((await app.database.query('SELECT FROM dead_letters')).rowCount).toBe(1);
  });

  it('may be gone already', async () => {
    await app.nest.get(SmsDelivery).send('00000000-0000-4000-8000-000000000000');
    expect(await app.messages({ channel: 'sms' })).toEqual([]);
  });
});

describe('SMS of several processes', () => {
  let twilio: TwilioServer;
  let app: TestApp;
  let other: TestApp;
  let coach: Texting;

  beforeAll(async () => {
    twilio = await TwilioServer.start();
    app = await startTestApp({ ...QUIET_PRODUCTION, ...twilio.variables });
    other = await startTestApp({ ...QUIET_PRODUCTION, ...twilio.variables, DATABASE_URL: app.databaseUrl });
    coach = await aTextingCoach(app);
  });
  afterAll(async () => {
    await other.close();
    await app.close();
    await twilio.stop();
  });
  beforeEach(() => twilio.forget());
  afterEach(async () => {
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await app.database.query('TRUNCATE dead_letters, sms_number_days');
  });

  it('are sent once each by two workers (trust 52)', async () => {
    const ids: string[] = [];
    for (let one = 0; one < 20; one += 1) ids.push(await text(app, coach, { body: `Bonjour ${one}` }));
    await Promise.all([settle(app), settle(other), settle(app)]);
    expect(twilio.taken.map(({ body }) => body).sort()).toEqual(ids.map((_, one) => `Bonjour ${one}`).sort());
    for (const id of ids) expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
  });

  it('are sent once when a process that was thought dead still sends', async () => {
    const id = await text(app, coach);
    const [one, two] = [app.nest.get(SmsDelivery), other.nest.get(SmsDelivery)];
    const outcomes = await Promise.allSettled([one.send(id), two.send(id), one.send(id)]);
    expect(twilio.taken).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
  });

  it('are sent by another process when the one that held them is no more', async () => {
    const id = await text(app, coach);
    await app.database.query("UPDATE sms_messages SET leased_until = now() + interval '60 s' WHERE id = $1", [id]);
    await settle(other);
    expect(twilio.asked).toBe(0);
    expect(await waitingJobs(app)).toMatchObject([{ attempts: 1, last_error: 'being_sent' }]);
    await app.database.query("UPDATE sms_messages SET leased_until = now() - interval '1 s' WHERE id = $1", [id]);
    await tryAgain(app, other);
    expect(twilio.taken).toHaveLength(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent', leased_until: null });
  });

  it('stay in the hands of whoever holds them, when another one lets go of them too late', async () => {
    const id = await text(app, coach);
    const held = await app.nest.get(SmsRepository).hold(id, new Date('2026-03-02T10:00:00Z'), 60);
    if (!held) throw new Error('it is held by nobody');
    await app.database.query("UPDATE sms_messages SET leased_until = now() - interval '1 s' WHERE id = $1", [id]);
    const successor = await other.nest.get(SmsRepository).hold(id, new Date('2026-03-02T10:02:00Z'), 60);
    await app.nest.get(SmsRepository).release(held, null);
    expect(await smsRow(app, id)).toMatchObject({
      leased_until: successor?.leasedUntil,
      first_tried_at: new Date('2026-03-02T10:00:00Z'),
    });
    if (successor) await other.nest.get(SmsRepository).release(successor, successor.firstTriedAt);
    expect(await smsRow(app, id)).toMatchObject({ leased_until: null });
  });

  it('fail when their attempts are used up, and leave when an administrator sends the letter again', async () => {
    twilio.failAlways({ refuse: 20500, status: 500 });
    const id = await text(app, coach);
    await settle(app);
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      expect(await smsRow(app, id)).toMatchObject({ status: 'pending' });
      await tryAgain(app);
    }
    expect(twilio.asked).toBe(5);
    expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'twilio 20500' });
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM dead_letters');
    expect(rows).toHaveLength(1);

    twilio.failAlways(null);
    expect(await app.nest.get(DeadLetters).replay(rows[0]?.id ?? '')).toBe(true);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending', error_code: null });
    await settle(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent', provider_message_id: twilio.taken[0]?.sid });
  });
});

describe('production without an account at Twilio', () => {
  it('claims of no SMS that it went', async () => {
    const app = await startTestApp(QUIET_PRODUCTION);
    try {
      const id = await text(app, await aTextingCoach(app));
      await settle(app);
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'not_configured', sent_at: null });
    } finally {
      await app.close();
    }
  });
});
