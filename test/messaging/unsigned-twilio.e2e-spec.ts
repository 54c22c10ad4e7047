import type { Response } from 'supertest';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { callOfTwilio, TWILIO_ACCOUNT, TWILIO_NUMBER, TWILIO_TOKEN, twilioSignature } from 'test/support/twilio-server';

const VARIABLES = {
  TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_FROM_NUMBER: TWILIO_NUMBER,
};
const PHONE = '+33612345678';

describe('a call that Twilio has not signed', () => {
  const FIELDS = { MessageSid: 'SM0', MessageStatus: 'failed', From: PHONE, Body: 'STOP' };
  const PATHS = ['/webhooks/twilio/status', '/webhooks/twilio/inbound'];
  let app: TestApp;
  let unconfigured: TestApp;

  beforeAll(async () => {
    app = await startTestApp(VARIABLES);
    unconfigured = await startTestApp();
  });
  afterAll(async () => {
    await app.close();
    await unconfigured.close();
  });

  const refused = (answer: Response): void => {
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      detail: 'webhook_signature_invalid',
      message: 'La signature de cet appel n’est pas valable.',
    });
    expect(answer.headers['www-authenticate']).toBeUndefined();
  };

  it.each(PATHS)('is refused at %s, whatever is wrong with it', async (path) => {
    const url = `http://localhost:3000${path}`;
    const good = twilioSignature(url, FIELDS);
    const signatures: Record<string, string> = {
      'of another token': twilioSignature(url, FIELDS, 'another-token-of-somebody'),
      'of other fields': twilioSignature(url, { ...FIELDS, Body: 'START' }),
      'of fewer fields': twilioSignature(url, { MessageSid: 'SM0' }),
      'of another address': twilioSignature(`https://evil.example${path}`, FIELDS),
      'of another query': twilioSignature(`${url}?sms=1`, FIELDS),
      'a beginning': good.slice(0, 10),
      'with an end': `${good}=`,
      empty: '',
      'no base64': 'é'.repeat(28),
    };
    for (const signature of Object.values(signatures))
      refused(await app.http.post(path).set('X-Twilio-Signature', encodeURI(signature)).type('form').send(FIELDS));
    refused(await app.http.post(path).type('form').send(FIELDS));
    refused(await app.http.post(path).set('X-Twilio-Signature', good));
    refused(await app.http.post(path).set('X-Twilio-Signature', good).send(FIELDS.MessageSid));
    for (const body of [null, [], 'text', 5, {}])
      refused(await app.http.post(path).set('X-Twilio-Signature', good).type('json').send(JSON.stringify(body)));
    expect((await app.database.query('SELECT FROM webhook_events')).rowCount).toBe(0);
    expect((await app.database.query('SELECT FROM sms_opt_outs')).rowCount).toBe(0);
  });

  it.each(PATHS)('is all there can be at %s where no account is configured', async (path) => {
    refused(await callOfTwilio(unconfigured.http, path, FIELDS));
    refused(await callOfTwilio(unconfigured.http, path, FIELDS, { token: '' }));
    refused(await unconfigured.http.post(path).type('form').send(FIELDS));
  });

  it('is none while a token replaces another: both are good, and no third one (trust 26)', async () => {
    const [before, now] = ['the-token-of-before', 'the-token-of-from-now-on'];
    const rotating = await startTestApp({ ...VARIABLES, TWILIO_AUTH_TOKEN: `${now},${before}` });
    try {
      for (const [path, status] of [
        ['/webhooks/twilio/status', 204],
        ['/webhooks/twilio/inbound', 200],
      ] as const)
        for (const token of [before, now])
          expect((await callOfTwilio(rotating.http, path, FIELDS, { token })).status).toBe(status);
      for (const token of [TWILIO_TOKEN, `${now},${before}`])
        refused(await callOfTwilio(rotating.http, PATHS[0] ?? '', FIELDS, { token }));
    } finally {
      await rotating.close();
    }
  });

  it('is told of what is too much, before it is read', async () => {
    const answer = await callOfTwilio(app.http, '/webhooks/twilio/inbound', { Body: 'x'.repeat(70_000) });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ detail: 'payload_too_large' });
  });

  it('is no way to send a form to any other route', async () => {
    const answer = await app.http.post('/auth/login').type('form').send({ email: 'a@example.com', password: 'x' });
    expect(answer.status).toBe(422);
  });

  it('uses up the requests of its address, and never those of Twilio', async () => {
    const limited = await startTestApp({ ...VARIABLES, RATE_LIMIT_FACTOR: '0.05' });
    try {
      const call = (token?: string): PromiseLike<Response> =>
        callOfTwilio(limited.http, PATHS[0] ?? '', { MessageSid: 'SM7', MessageStatus: 'sent' }, { token });
      for (let one = 0; one < 6; one += 1) expect((await call('a-wrong-token-indeed')).status).toBe(401);
      const refusal = await call('a-wrong-token-indeed');
      expect(refusal.status).toBe(429);
      expect(refusal.body).toMatchObject({ detail: 'too_many_requests' });
      for (let one = 0; one < 10; one += 1) expect((await call()).status).toBe(204);
    } finally {
      await limited.close();
    }
  });
});
