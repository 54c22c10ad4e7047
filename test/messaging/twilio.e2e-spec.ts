import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { TWILIO_NUMBER, TWILIO_TOKEN, type TwilioFault, TwilioServer } from 'test/support/twilio-server';
import { aTextingCoach, settle, smsRow, text, type Texting, tryAgain, waitingJobs } from './texting';

const PHONE = '+33612345678';

describe('SMS through Twilio', () => {
  let twilio: TwilioServer;
  let app: TestApp;
  let coach: Texting;

  beforeAll(async () => {
    twilio = await TwilioServer.start();
    app = await startTestApp({ ...QUIET_PRODUCTION, ...twilio.variables });
    coach = await aTextingCoach(app);
  });
  afterAll(async () => {
    await app.close();
    await twilio.stop();
  });
  beforeEach(() => twilio.forget());
  afterEach(async () => {
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await app.database.query('TRUNCATE sms_opt_outs, dead_letters, sms_number_days');
  });

  const deadLetters = async (): Promise<{ type: string; channel: string; last_error: string; user_id: string }[]> =>
    (await app.database.query('SELECT type, channel, last_error, user_id FROM dead_letters')).rows;

  it('leave from the number of the product, and say where they want to be reported on', async () => {
    const id = await text(app, coach, { body: 'Bonjour Zoé,\nà demain {10h} 💪' });
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending', sent_at: null, first_tried_at: null });
    await settle(app);
    expect(twilio.taken).toMatchObject([
      {
        to: PHONE,
        from: TWILIO_NUMBER,
        body: 'Bonjour Zoé,\nà demain {10h} 💪',
        statusCallback: `https://api.mycoach.example/webhooks/twilio/status?sms=${id}`,
      },
    ]);
    const row = await smsRow(app, id);
    expect(row).toMatchObject({
      status: 'sent',
      provider_message_id: twilio.taken[0]?.sid,
      error_code: null,
      leased_until: null,
    });
    expect(row.sent_at).toBeInstanceOf(Date);
    expect(twilio.listed).toBe(0);
    expect(await waitingJobs(app)).toEqual([]);
  });

  it('leave under the name of the coach where a country takes one, else from the number', async () => {
    const named = await aTextingCoach(app, { senderName: 'CoachInes' });
    for (const phone of [PHONE, '+12025550123', '+3225550123']) await text(app, named, { phone });
    const digits = await aTextingCoach(app, { senderName: '12345' });
    await text(app, digits);
    await settle(app);
    expect(twilio.taken.map(({ to, from }) => [to, from])).toEqual([
      [PHONE, 'CoachInes'],
      ['+12025550123', TWILIO_NUMBER],
      ['+3225550123', TWILIO_NUMBER],
      [PHONE, TWILIO_NUMBER],
    ]);
  });

  it('leave from the number when Twilio does not take the name', async () => {
    const named = await aTextingCoach(app, { senderName: 'CoachInes' });
    twilio.failNext({ refuse: 21267 });
    const id = await text(app, named);
    await settle(app);
    expect(twilio.taken.map(({ from }) => from)).toEqual([TWILIO_NUMBER]);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
  });

  it('go out by a messaging service where one is configured', async () => {
    const service = `MG${'0123456789abcdef'.repeat(2)}`;
    const other = await startTestApp({ ...QUIET_PRODUCTION, ...twilio.variables, TWILIO_FROM_NUMBER: service });
    try {
      await text(other, await aTextingCoach(other));
      await settle(other);
      expect(twilio.taken.map(({ from }) => from)).toEqual([service]);
    } finally {
      await other.close();
    }
  });

  it.each<[string, number]>([
    ['21211', 21211],
    ['21614', 21614],
    ['21408', 21408],
  ])('that Twilio refuses for good with %s fail at once, and are kept as a dead letter', async (_, code) => {
    twilio.failNext({ refuse: code });
    const id = await text(app, coach);
    await settle(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: `twilio ${code}`, sent_at: null });
    expect(twilio.asked).toBe(1);
    expect(await waitingJobs(app)).toEqual([]);
    expect(await deadLetters()).toEqual([
      { type: 'coach_sms', channel: 'sms', last_error: `twilio ${code}`, user_id: coach.clientId },
    ]);
  });

  it('to a number that Twilio knows to want none fail, and the number is off from then on', async () => {
    twilio.failNext({ refuse: 21610 });
    const [first, second] = [await text(app, coach), await text(app, coach, { body: 'Encore moi' })];
    await settle(app);
    expect(await smsRow(app, first)).toMatchObject({ status: 'failed', error_code: 'opted_out' });
    expect(await smsRow(app, second)).toMatchObject({ status: 'failed', error_code: 'opted_out' });
    expect(twilio.asked).toBe(1);
    const { rows } = await app.database.query('SELECT phone FROM sms_opt_outs');
    expect(rows).toEqual([{ phone: PHONE }]);
    // A wish is no accident: nobody is to send it again.
    expect(await deadLetters()).toEqual([]);
  });

  it.each<[string, TwilioFault, string]>([
    ['credentials that it does not know any more', { refuse: 20003, status: 401 }, 'twilio 20003'],
    ['a fault of its own', { refuse: 20500, status: 500 }, 'twilio 20500'],
    ['a page of a proxy', { status: 502, body: '<html>+33612345678</html>' }, 'twilio http_502'],
    ['an answer that is no JSON', { garbage: '<html>+33612345678</html>' }, 'twilio answer'],
    ['an answer without a message', { garbage: '{"to": "+33612345678"}' }, 'twilio answer'],
    ['nothing but null', { garbage: 'null' }, 'twilio answer'],
    ['an answer without end', 'endless', 'ERR_BAD_RESPONSE'],
    ['a connection that breaks', 'reset', 'ECONNRESET'],
  ])('are tried again after %s (trust 28)', async (_, fault, code) => {
    twilio.failNext(fault);
    const id = await text(app, coach);
    await settle(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending', leased_until: null });
    const [job] = await waitingJobs(app);
    expect(job).toMatchObject({ task_identifier: 'send_sms', attempts: 1, last_error: code });
    await tryAgain(app);
    expect(twilio.taken).toHaveLength(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent', provider_message_id: twilio.taken[0]?.sid });
  });

  it('wait as long as Twilio asks for', async () => {
    twilio.failNext({ refuse: 20429, status: 429, retryAfter: 300 });
    const id = await text(app, coach);
    await settle(app);
    const [job] = await waitingJobs(app);
    expect(job).toMatchObject({ attempts: 1, last_error: 'twilio 20429' });
    expect(job?.waits).toBeGreaterThanOrEqual(295);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending' });
    await tryAgain(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
  });

  it('give up on an answer that does not come, or never ends', async () => {
    const sms: Sms = {
      userId: null,
      to: PHONE,
      body: 'x',
      senderName: null,
      reference: 'r',
      isUrgent: false,
      firstTriedAt: null,
    };
    const sender = app.nest.get(SmsSender);
    twilio.failNext('silent', 'drip');
    const began = performance.now();
    const outcomes = await Promise.allSettled([sender.send(sms), sender.send({ ...sms, reference: 's' })]);
    expect(performance.now() - began).toBeLessThan(15_000);
    for (const outcome of outcomes)
      expect(outcome).toEqual({ status: 'rejected', reason: new DeliveryFailure('twilio timeout', false) });
  }, 20_000);

  it('whose answer was lost are found in the list, and not sent again (trust 52)', async () => {
    twilio.failNext('accept and drop');
    const id = await text(app, coach);
    await settle(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending', provider_message_id: null });
    await tryAgain(app);
    expect(twilio.listed).toBe(1);
    expect(twilio.asked).toBe(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent', provider_message_id: twilio.taken[0]?.sid });
  });

  it('of the same words to the same number are not taken for one another', async () => {
    const first = await text(app, coach);
    await settle(app);
    twilio.failNext('accept and drop', 'reset');
    const [second, third] = [await text(app, coach), await text(app, coach)];
    await settle(app);
    await tryAgain(app);
    expect(twilio.taken).toHaveLength(3);
    const rows = await Promise.all([first, second, third].map((id) => smsRow(app, id)));
    expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
    expect(rows.map((row) => row.provider_message_id).sort()).toEqual(twilio.taken.map(({ sid }) => sid).sort());
  });

  it('are not sent while nobody knows whether they went', async () => {
    twilio.failNext('accept and drop');
    twilio.failLists({ refuse: 20500, status: 500 });
    const id = await text(app, coach);
    await settle(app);
    await tryAgain(app);
    expect(twilio.asked).toBe(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending' });
    twilio.failLists(null);
    await tryAgain(app);
    expect(twilio.asked).toBe(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
  });

  it.each([
    ['no SID', { sid: undefined }],
    ['a SID of something else', { sid: 'CA0123456789abcdef0123456789abcdef' }],
    ['no text', { body: undefined }],
    ['a date that is none', { date_created: 'yesterday' }],
  ])('are not sent while the list holds one with %s', async (_, fault) => {
    twilio.failNext('accept and drop');
    const id = await text(app, coach);
    await settle(app);
    const [taken] = twilio.taken;
    const record = {
      sid: taken?.sid,
      to: PHONE,
      body: taken?.body,
      date_created: taken?.createdAt.toUTCString(),
      ...fault,
    };
    const list = { messages: [record], page: 0, page_size: 50, next_page_uri: null, uri: '/' };
    twilio.failLists({ status: 200, body: JSON.stringify(list) });
    await tryAgain(app);
    expect(twilio.asked).toBe(1);
    expect(await smsRow(app, id)).toMatchObject({ status: 'pending' });
    expect((await waitingJobs(app))[0]).toMatchObject({ last_error: 'twilio answer' });
    twilio.failLists(null);
    await tryAgain(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'sent', provider_message_id: taken?.sid });
  });

  it('that went and were lost on the way fail for good', async () => {
    twilio.failNext('accept and drop');
    const id = await text(app, coach);
    await settle(app);
    Object.assign(twilio.taken[0] ?? {}, { status: 'undelivered', errorCode: 30005 });
    await tryAgain(app);
    expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'twilio 30005' });
    expect(twilio.asked).toBe(1);
  });

  it('leave neither number nor text nor secret in the queue or among the dead letters', async () => {
    twilio.failNext({ refuse: 21211 }, { refuse: 20500, status: 500 }, { garbage: `${PHONE} Bonjour` });
    for (let one = 0; one < 3; one += 1) await text(app, coach);
    await settle(app);
    const { rows } = await app.database.query<{ kept: string }>(
      `SELECT coalesce(string_agg(j::text, ' '), '') || (SELECT coalesce(string_agg(d::text, ' '), '') FROM dead_letters d)
         AS kept FROM graphile_worker._private_jobs j`,
    );
    expect(rows[0]?.kept).toContain('20500');
    for (const secret of [PHONE, PHONE.slice(1), 'Bonjour', TWILIO_TOKEN]) expect(rows[0]?.kept).not.toContain(secret);
  });
});
