import { randomUUID } from 'node:crypto';
import { startTestApp, type SandboxMessage, type TestApp } from 'test/support/test-app';

describe('the preview of a mail', () => {
  let app: TestApp;
  let mail: SandboxMessage;

  beforeAll(async () => {
    app = await startTestApp();
    await app.register({ first_name: '<img src=x>', locale: 'fr-FR' });
    const [kept] = await app.messages({ channel: 'email' });
    if (!kept) throw new Error('no mail was sent');
    mail = kept;
  });
  afterAll(() => app.close());

  it('is the HTML that its reader gets', async () => {
    const answer = await app.http.get(`/sandbox/messages/${mail.id}/preview`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(answer.text).toContain(`<title>${mail.subject ?? ''}</title>`);
    const link = /http\S+verify-email\S+/.exec(mail.body)?.[0] ?? 'no link';
    expect(answer.text).toContain(`<a href="${link}"`);
    expect(answer.text).toContain('&lt;img src=x&gt;');
  });

  it('may show its style, and load, run, send and be framed by nothing', async () => {
    const answer = await app.http.get(`/sandbox/messages/${mail.id}/preview`);
    const policy = String(answer.headers['content-security-policy']).split('; ').sort();
    expect(policy).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "style-src 'unsafe-inline'",
    ]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('is there for mails only', async () => {
    await app.database.query(
      `INSERT INTO sandbox_messages (channel, recipient, body, created_at) VALUES ('push', 'a token', 'Hello', now())`,
    );
    const [push] = await app.messages({ channel: 'push' });
    for (const id of [push?.id ?? '', randomUUID()]) {
      const answer = await app.http.get(`/sandbox/messages/${id}/preview`);
      expect([answer.status, answer.body]).toEqual([404, expect.objectContaining({ detail: 'message_not_found' })]);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
    }
    expect((await app.http.get('/sandbox/messages/7/preview')).status).toBe(422);
  });

  it('is no part of the list, which stays as it is', () => {
    expect(Object.keys(mail)).not.toContain('html');
  });
});
