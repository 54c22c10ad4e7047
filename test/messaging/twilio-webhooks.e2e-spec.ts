import { randomBytes } from 'node:crypto';
import type { Response } from 'supertest';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { callOfTwilio, TWILIO_ACCOUNT, TWILIO_NUMBER, TWILIO_TOKEN } from 'test/support/twilio-server';
import { aTextingCoach, settle, smsRow, text, type Texting } from './texting';

const VARIABLES = {
  TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_FROM_NUMBER: TWILIO_NUMBER,
};
const PHONE = '+33612345678';
const sid = (): string => `SM${randomBytes(16).toString('hex')}`;

describe('what Twilio reports', () => {
  let app: TestApp;
  let coach: Texting;

  beforeAll(async () => {
    app = await startTestApp(VARIABLES);
    coach = await aTextingCoach(app);
  });
  afterAll(() => app.close());
  beforeEach(() => app.setClock('2026-03-02T10:00:00Z'));
  afterEach(() => app.database.query('TRUNCATE sms_opt_outs, sms_number_days'));

  const report = (id: string, messageSid: string, status: string, errorCode?: string): PromiseLike<Response> =>
    callOfTwilio(app.http, `/webhooks/twilio/status?sms=${id}`, {
      AccountSid: TWILIO_ACCOUNT,
      MessageSid: messageSid,
      SmsSid: messageSid,
      MessageStatus: status,
      To: PHONE,
      ApiVersion: '2010-04-01',
      ...(errorCode && { ErrorCode: errorCode }),
    }).expect(204);
  /** One that Twilio has taken, as `messageSid`. */
  const sent = async (messageSid: string): Promise<string> => {
    const id = await text(app, coach);
    await settle(app);
    await app.database.query('UPDATE sms_messages SET provider_message_id = $2 WHERE id = $1', [id, messageSid]);
    return id;
  };
  const isOff = async (phone = PHONE): Promise<boolean> =>
    (await app.database.query('SELECT FROM sms_opt_outs WHERE phone = $1', [phone])).rowCount === 1;

  describe('of an SMS', () => {
    it('leaves a sent one sent when it arrives', async () => {
      const messageSid = sid();
      const id = await sent(messageSid);
      for (const status of ['queued', 'sent', 'delivered', 'read', 'something new'])
        await report(id, messageSid, status);
      expect(await smsRow(app, id)).toMatchObject({ status: 'sent', error_code: null });
    });

    it.each<[string, string | undefined, string]>([
      ['undelivered', '30003', 'twilio 30003'],
      ['failed', '30007', 'twilio 30007'],
      ['failed', undefined, 'twilio failed'],
      ['canceled', undefined, 'twilio canceled'],
    ])('makes it failed when it is %s (%s)', async (status, code, errorCode) => {
      const messageSid = sid();
      const id = await sent(messageSid);
      await report(id, messageSid, status, code);
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: errorCode });
    });

    it('is heard once, and what comes late undoes nothing (trust 26)', async () => {
      const messageSid = sid();
      const id = await sent(messageSid);
      await report(id, messageSid, 'undelivered', '30003');
      for (const late of ['sent', 'delivered', 'queued']) await report(id, messageSid, late);
      await report(id, messageSid, 'undelivered', '30005');
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'twilio 30003' });
      const { rows } = await app.database.query('SELECT provider FROM webhook_events WHERE event_id LIKE $1', [
        `status ${messageSid}%`,
      ]);
      expect(rows).toHaveLength(4);
    });

    it('is heard once when it is told many times at once (trust 26)', async () => {
      const messageSid = sid();
      const id = await sent(messageSid);
      await Promise.all(Array.from({ length: 8 }, () => report(id, messageSid, 'failed', '30006')));
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'twilio 30006' });
    });

    it('tells that it went although the answer was lost, and then it is not sent again', async () => {
      const id = await text(app, coach);
      const messageSid = sid();
      await report(id, messageSid, 'sent');
      expect(await smsRow(app, id)).toMatchObject({
        status: 'sent',
        provider_message_id: messageSid,
        sent_at: new Date('2026-03-02T10:00:00Z'),
      });
      await app.http.delete('/sandbox/messages').expect(204);
      await settle(app);
      expect(await app.messages({ channel: 'sms' })).toEqual([]);
    });

    it('tells that it went although it was given up', async () => {
      const id = await text(app, coach);
      await app.database.query(
        "UPDATE sms_messages SET status = 'failed', error_code = 'twilio timeout' WHERE id = $1",
        [id],
      );
      await report(id, sid(), 'delivered');
      expect(await smsRow(app, id)).toMatchObject({ status: 'sent', error_code: null });
    });

    it('tells that it was lost before anybody knew that it had gone', async () => {
      const id = await text(app, coach);
      const messageSid = sid();
      await report(id, messageSid, 'undelivered', '30005');
      await report(id, messageSid, 'sent');
      await settle(app);
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'twilio 30005', sent_at: null });
    });

    it('does not touch one that Twilio knows by another name', async () => {
      const id = await sent(sid());
      await report(id, sid(), 'failed', '30003');
      expect(await smsRow(app, id)).toMatchObject({ status: 'sent', error_code: null });
    });

    it('switches the number off when it is refused because of that', async () => {
      const messageSid = sid();
      await report(await sent(messageSid), messageSid, 'failed', '21610');
      expect(await isOff()).toBe(true);
    });

    it('may be of a message that is no SMS of a coach', async () => {
      await report('otp-42', sid(), 'failed', '30003');
      await report('00000000-0000-4000-8000-000000000000', sid(), 'delivered');
      await callOfTwilio(app.http, '/webhooks/twilio/status', { MessageSid: sid(), MessageStatus: 'sent' }).expect(204);
    });
  });

  describe('of what people answer', () => {
    const inbound = (body: string, more: Record<string, string> = {}): PromiseLike<Response> =>
      callOfTwilio(app.http, '/webhooks/twilio/inbound', {
        AccountSid: TWILIO_ACCOUNT,
        MessageSid: sid(),
        From: PHONE,
        To: TWILIO_NUMBER,
        Body: body,
        ...more,
      });

    it('is answered with nothing, in the language of Twilio', async () => {
      const answer = await inbound('Bonjour, à demain !\nZoé 💪');
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
      expect(answer.text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
      expect(await isOff()).toBe(false);
    });

    it('switches a number off by STOP and on by START', async () => {
      await inbound(' Stop ');
      expect(await isOff()).toBe(true);
      const id = await text(app, coach);
      await settle(app);
      expect(await smsRow(app, id)).toMatchObject({ status: 'failed', error_code: 'opted_out' });

      await inbound('STOP');
      await inbound('Merci de ne plus START');
      expect(await isOff()).toBe(true);
      await inbound('start');
      expect(await isOff()).toBe(false);
      await inbound('START');
      const again = await text(app, coach);
      await settle(app);
      expect(await smsRow(app, again)).toMatchObject({ status: 'sent' });
    });

    it('is taken from what Twilio has understood, where it manages the words itself', async () => {
      await inbound('Laissez-moi', { OptOutType: 'STOP' });
      expect(await isOff()).toBe(true);
      await inbound('Aide', { OptOutType: 'HELP' });
      expect(await isOff()).toBe(true);
    });

    it('changes nothing when an old STOP comes again (trust 26)', async () => {
      const old = { MessageSid: sid() };
      await inbound('STOP', old);
      await inbound('START');
      await inbound('STOP', old);
      expect(await isOff()).toBe(false);
    });

    it('is passed over when it does not come from a number', async () => {
      await inbound('STOP', { From: 'whatsapp:+33612345678' });
      await inbound('STOP', { From: '' });
      expect((await app.database.query('SELECT FROM sms_opt_outs')).rowCount).toBe(0);
    });
  });

  it('is forgotten after thirty days, however much it is', async () => {
    await app.database.query(
      `INSERT INTO webhook_events (provider, event_id, received_at)
       SELECT 'twilio', 'old ' || n, '2026-03-02T10:00:00Z' FROM generate_series(1, 2500) AS n`,
    );
    await callOfTwilio(app.http, '/webhooks/twilio/status', { MessageSid: 'SM1', MessageStatus: 'sent' }).expect(204);
    const known = async (): Promise<number> =>
      (await app.database.query("SELECT FROM webhook_events WHERE event_id = 'status SM1 sent'")).rowCount ?? 0;
    await app.advance(29 * 86_400);
    expect(await known()).toBe(1);
    await app.advance(2 * 86_400);
    expect(await known()).toBe(0);
    expect((await app.database.query('SELECT FROM webhook_events')).rowCount).toBe(0);
  });
});
