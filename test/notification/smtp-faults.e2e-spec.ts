import { randomUUID } from 'node:crypto';
import type { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import type { Mail } from 'src/common/outbound/outbound';
import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { NodemailerMailer } from 'src/modules/notification/nodemailer-mailer';
import { freePort } from 'test/support/real-process';
import { SmtpServer } from 'test/support/smtp-server';

const ADDRESS = 'claire@example.com';

function mailerAt(url: string): NodemailerMailer {
  const variables = { NODE_ENV: 'test', SMTP_URL: url, DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' };
  return new NodemailerMailer(new AppConfig(readEnvironment(variables, () => '')));
}

function aMail(): Mail {
  const messageId = randomUUID();
  return { userId: null, to: ADDRESS, subject: 'Bonjour', text: 'Bonjour', html: '<p>Bonjour</p>', messageId };
}

describe('a mail server', () => {
  let smtp: SmtpServer;
  let mailer: NodemailerMailer;

  beforeEach(async () => {
    smtp = await SmtpServer.start();
    mailer = mailerAt(smtp.url);
  });
  afterEach(async () => {
    await mailer.onApplicationShutdown();
    await smtp.stop();
  });

  const failureOf = (mail: Mail = aMail(), by = mailer): Promise<DeliveryFailure> =>
    by.send(mail).then(
      () => Promise.reject(new Error('it was sent')),
      (error: unknown) => error as DeliveryFailure,
    );

  it.each([
    [`550 5.1.1 <${ADDRESS}>: no such user`, 'smtp 550', true],
    ['553 5.1.3 bad address', 'smtp 553', true],
    [`450 4.2.1 <${ADDRESS}> is over its quota`, 'smtp 450', false],
    ['421 4.7.0 too many messages, slow down', 'smtp 421', false],
  ])('that answers a recipient with "%s"', async (answer, code, isFinal) => {
    smtp.answerToRecipient = answer;
    const failure = await failureOf();
    expect(failure).toMatchObject({ name: 'DeliveryFailure', code, isFinal, retryAfterMs: null });
    expect(`${failure.message} ${String(failure.stack)} ${String(failure.cause)}`).not.toContain('claire');
    expect(smtp.taken).toEqual([]);
  });

  it.each([
    ['554 5.7.1 this looks like spam', 'smtp 554', true],
    ['451 4.3.0 try again', 'smtp 451', false],
  ])('that answers a text with "%s"', async (answer, code, isFinal) => {
    smtp.behave({ answerToData: answer });
    expect(await failureOf()).toMatchObject({ code, isFinal });
  });

  // These speak of us, and not of the mail: it waits until somebody has mended that.
  it.each([
    ['554 5.7.1 no mail from your network', 'smtp 554'],
    ['421 4.3.2 closing for maintenance', 'smtp 421'],
    ['HTTP/1.1 400 Bad Request', 'EPROTOCOL'],
    ['\u0000\u0001\u0002 garbage', 'EPROTOCOL'],
  ])('that greets with %j is asked again', async (greeting, code) => {
    smtp.behave({ greeting });
    expect(await failureOf()).toMatchObject({ code, isFinal: false });
  });

  it('that is not there is asked again', async () => {
    const nowhere = mailerAt(`smtp://127.0.0.1:${String(await freePort())}`);
    expect(await failureOf(aMail(), nowhere)).toMatchObject({ code: 'ECONNREFUSED', isFinal: false });
    await nowhere.onApplicationShutdown();
  });

  it('that says nothing is waited for ten seconds, and asked again', async () => {
    smtp.behave({ greeting: null });
    const since = performance.now();
    expect(await failureOf()).toMatchObject({ code: 'ETIMEDOUT', isFinal: false });
    expect(performance.now() - since).toBeGreaterThan(9_000);
    expect(performance.now() - since).toBeLessThan(12_000);
  }, 20_000);

  it('that takes a text and never answers is waited for ten seconds, and asked again', async () => {
    smtp.hold();
    const since = performance.now();
    expect(await failureOf()).toMatchObject({ code: 'ETIMEDOUT', isFinal: false });
    expect(performance.now() - since).toBeLessThan(12_000);
  }, 20_000);

  it('trust 52: that takes a mail and hangs up gets it again under the same id, by which it can tell', async () => {
    const mail = aMail();
    smtp.behave({ hangsUpAfterData: true });
    expect(await failureOf(mail)).toMatchObject({ isFinal: false });
    smtp.behave();
    await mailer.send(mail);
    const ids = smtp.taken.map(({ data }) => /^Message-ID: (.*)$/im.exec(data)?.[1]);
    expect(ids).toEqual([`<${mail.messageId}@mycoach.example>`, `<${mail.messageId}@mycoach.example>`]);
  });

  it('is never offered an address that is none, which no later attempt would change', async () => {
    const failure = await failureOf({ ...aMail(), to: '' });
    expect(failure).toMatchObject({ code: 'EENVELOPE', isFinal: true });
    expect(smtp.recipients).toEqual([]);
  });
});
