import { randomUUID } from 'node:crypto';
import { SystemClock } from 'src/common/clock/clock';
import type { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import type { Push, PushOutcome } from 'src/common/outbound/outbound';
import { FirebasePush } from 'src/modules/notification/firebase/firebase-push';
import { eventually } from 'test/support/eventually';
import { FcmServer, serviceAccount, throttled, type Whim, WHIMS } from 'test/support/fcm-server';

const TOKEN = 'fXk3:APA91b-the-token-of-a-phone';
const BODY = 'Your session with Inès is confirmed';
/** Longer than anything takes that is answered, however busy the machine is. */
const PATIENCE_MS = 3_000;
/** Where there is no answer, nor will there be. */
const SHORT_PATIENCE_MS = 500;

function aPush(overrides: Partial<Push> = {}): Push {
  return {
    userId: randomUUID(),
    token: TOKEN,
    title: 'Session confirmed',
    body: BODY,
    data: { type: 'booking_confirmed' },
    collapseId: randomUUID(),
    expiresAt: new Date('2100-01-01'),
    ...overrides,
  };
}

describe('Firebase', () => {
  const clock = new SystemClock();
  const account = serviceAccount();
  let fcm: FcmServer;
  let pushes: FirebasePush;

  beforeEach(async () => {
    fcm = await FcmServer.start();
    pushes = new FirebasePush(account, fcm.agent(PATIENCE_MS), clock);
  });
  afterEach(async () => {
    await pushes.onApplicationShutdown();
    await fcm.stop();
  });

  const failureOf = (push = aPush(), by = pushes): Promise<DeliveryFailure> =>
    by.send(push).then(
      (outcome: PushOutcome) => Promise.reject(new Error(`the outcome was ${outcome}`)),
      (error: unknown) => error as DeliveryFailure,
    );
  /** A push that comes while the last token is being given up fails with it. */
  const sendsAgain = async (): Promise<void> => {
    const send = (): Promise<string> => pushes.send(aPush()).catch((error: unknown) => (error as DeliveryFailure).code);
    expect(await eventually(send, (answer) => answer === 'sent')).toBe('sent');
  };
  const tokensAsked = (): number => fcm.requests.filter((request) => request.startsWith('oauth2.')).length;
  const timersNow = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const messagesSent = (): string[] => fcm.requests.filter((request) => request.startsWith('fcm.'));

  it.each<[string, Whim]>([
    ['says that a device is no more', WHIMS.unregistered],
    ['says that a token is none', WHIMS.noToken],
  ])('%s: nothing is sent to it again', async (_what, whim) => {
    fcm.whims.push(whim);
    expect(await pushes.send(aPush())).toBe('unregistered');
  });

  it.each<[string, Whim, string]>([
    ['finds a field of a message wrong', WHIMS.badMessage, 'fcm 400 INVALID_ARGUMENT'],
    ['finds a message too long', WHIMS.tooLong, 'fcm 400 INVALID_ARGUMENT'],
    ['finds something wrong that it does not name', WHIMS.unnamed, 'fcm 400 INVALID_ARGUMENT'],
    ['knows a device under another project', WHIMS.otherProject, 'fcm 403 SENDER_ID_MISMATCH'],
  ])('%s: no later attempt would change that', async (_what, whim, code) => {
    fcm.whims.push(whim);
    expect(await failureOf()).toMatchObject({ name: 'DeliveryFailure', code, isFinal: true, retryAfterMs: null });
  });

  it.each<[string, Whim, string]>([
    ['does not know our project', WHIMS.noSuchProject, 'fcm 404 NOT_FOUND'],
    ['does not let us in', WHIMS.signedOut, 'fcm 401 UNAUTHENTICATED'],
    ['does not let us send', WHIMS.forbidden, 'fcm 403 PERMISSION_DENIED'],
    ['fails', WHIMS.broken, 'fcm 500 INTERNAL'],
    ['is not reached by what stands before it', WHIMS.badGateway, 'fcm 502'],
    ['takes a message and says garbage', WHIMS.garbage, 'fcm messaging/unknown-error'],
    ['takes a message and says nothing that means anything', WHIMS.nothingInIt, 'fcm unreadable'],
    ['takes a message and does not stop talking (trust 28)', WHIMS.endless, 'fcm too long'],
    ['takes a message and says what would be long once inflated', WHIMS.inflated, 'fcm messaging/unknown-error'],
    ['is not let in by Apple', WHIMS.keptOutByApple, 'fcm 401 THIRD_PARTY_AUTH_ERROR'],
    ['hangs up', WHIMS.drop, 'fcm ECONNRESET'],
    ['hangs up in the middle of an answer', WHIMS.dropHalfway, 'fcm ECONNRESET'],
  ])('%s: it is asked again, by the queue and not before', async (_what, whim, code) => {
    fcm.whims.push(whim);
    const blamesProvider = whim !== WHIMS.keptOutByApple;
    expect(await failureOf()).toMatchObject({ code, isFinal: false, retryAfterMs: null, blamesProvider });
    expect(messagesSent()).toHaveLength(1);
    expect(await pushes.send(aPush())).toBe('sent');
    expect(messagesSent()).toHaveLength(2);
  });

  it.each<[string, Whim, number]>([
    ['has had enough for now', throttled(429, '17'), 17_000],
    ['is closed for a while', throttled(503, '30'), 30_000],
    [
      'names the moment by a clock of its own',
      throttled(503, 'Sat, 21 Nov 2031 17:01:10 GMT', 'Sat, 21 Nov 2031 17:00:00 GMT'),
      70_000,
    ],
  ])('%s: it is left alone for as long as it asks for', async (_what, whim, retryAfterMs) => {
    expect(await pushes.send(aPush())).toBe('sent');
    const timers = timersNow();
    fcm.whims.push(whim);
    expect(await failureOf()).toMatchObject({ isFinal: false, retryAfterMs });
    expect(messagesSent()).toHaveLength(2);
    // Nobody sits and waits for that long in memory.
    await eventually(timersNow, (count) => count <= timers);
  });

  it.each(['whims', 'tokenWhims'] as const)('says nothing: it is waited for as long as agreed (%s)', async (whims) => {
    fcm[whims].push(WHIMS.silence);
    const soonTired = new FirebasePush(account, fcm.agent(SHORT_PATIENCE_MS), clock);
    const since = performance.now();
    expect(await failureOf(aPush(), soonTired)).toMatchObject({ code: 'fcm timeout', isFinal: false });
    expect(performance.now() - since).toBeGreaterThanOrEqual(SHORT_PATIENCE_MS - 10);
    // By us, and not by the SDK, which waits for fifteen seconds.
    expect(performance.now() - since).toBeLessThan(10_000);
    expect(fcm.requests).toHaveLength(whims === 'whims' ? 2 : 1);
    await soonTired.onApplicationShutdown();
  });

  it('says nothing when it is asked for an access token: whoever waits for the same one fails too, and is tried again', async () => {
    fcm.tokenWhims.push(WHIMS.silence);
    const [first, second] = await Promise.all([failureOf(), failureOf()]);
    expect([first.isFinal, second.isFinal]).toEqual([false, false]);
    expect(fcm.requests).toEqual(['oauth2.googleapis.com /token']);
    await sendsAgain();
    expect(tokensAsked()).toBe(2);
  });

  it('is not there', async () => {
    const away = await FcmServer.start();
    const agent = away.agent(PATIENCE_MS);
    await away.stop();
    const nowhere = new FirebasePush(serviceAccount(), agent, clock);
    expect(await failureOf(aPush(), nowhere)).toMatchObject({ code: 'fcm ECONNREFUSED', isFinal: false });
    await nowhere.onApplicationShutdown();
  });

  it.each<[string, Whim, Partial<DeliveryFailure>]>([
    [
      'refuses our key',
      { kind: 'answer', status: 400, body: { error: 'invalid_grant', error_description: TOKEN } },
      { code: 'oauth 400' },
    ],
    ['does not know us', { kind: 'answer', status: 401, body: { error: 'invalid_client' } }, { code: 'oauth 401' }],
    [
      'has had enough for now',
      { kind: 'answer', status: 429, body: '', headers: { 'retry-after': '5' } },
      { code: 'oauth 429', retryAfterMs: 5_000 },
    ],
    ['says garbage', { kind: 'answer', status: 200, body: '<html>' }, { code: 'fcm app/invalid-credential' }],
    ['gives out nothing', { kind: 'answer', status: 200, body: {} }, { code: 'fcm app/invalid-credential' }],
    ['hangs up', WHIMS.drop, { code: 'fcm ECONNRESET' }],
  ])('gives out no access token when its other half %s: asked once, and again later', async (_what, whim, failure) => {
    fcm.tokenWhims.push(whim);
    expect(await failureOf()).toMatchObject({ isFinal: false, ...failure });
    expect(fcm.requests).toEqual(['oauth2.googleapis.com /token']);
    await sendsAgain();
    expect(tokensAsked()).toBe(2);
  });

  it('gives out one access token for many pushes, over few connections', async () => {
    for (let round = 0; round < 5; round += 1) expect(await pushes.send(aPush())).toBe('sent');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => pushes.send(aPush())));
    expect(new Set(outcomes)).toEqual(new Set(['sent']));
    expect(fcm.grants).toHaveLength(1);
    expect(fcm.taken).toHaveLength(10);
    expect(fcm.connections).toBeLessThanOrEqual(6);
  });

  it('gives out one access token when the first pushes come all at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => pushes.send(aPush())));
    expect(new Set(outcomes)).toEqual(new Set(['sent']));
    expect(fcm.grants).toHaveLength(1);
  });

  it('is quoted nowhere: it may repeat the token of a device, and the text', async () => {
    const quoting: Whim[] = [400, 403, 404, 500, 502].map((status) => ({
      kind: 'answer',
      status,
      body: { error: { status: `INTERNAL ${TOKEN}`, message: `${TOKEN} ${BODY}` } },
    }));
    for (const whim of [...quoting, { kind: 'answer', status: 200, body: `${TOKEN} ${BODY}` } as const]) {
      fcm.whims.push(whim);
      const failure = await failureOf();
      const told = `${failure.message} ${String(failure.stack)} ${String(failure.cause)} ${JSON.stringify(failure)}`;
      for (const secret of [TOKEN, BODY, ...fcm.grants.map(({ token }) => token)]) expect(told).not.toContain(secret);
    }
  });

  it('is told until when, and by what a repeat is known (trust 52)', async () => {
    fcm.whims.push(WHIMS.drop);
    const push = aPush({ expiresAt: new Date(clock.nowMs() + 3_600_000) });
    await failureOf(push);
    expect(await pushes.send(push)).toBe('sent');
    expect(fcm.taken).toHaveLength(2);
    for (const { android, apns, webpush } of fcm.taken) {
      expect(android).toMatchObject({ collapse_key: push.collapseId, notification: { tag: push.collapseId } });
      expect(apns.headers).toMatchObject({ 'apns-collapse-id': push.collapseId });
      expect(webpush).toMatchObject({ notification: { tag: push.collapseId } });
      expect(Number.parseFloat(android.ttl)).toBeGreaterThan(3_590);
      expect(Number.parseFloat(android.ttl)).toBeLessThanOrEqual(3_600);
    }
  });
});
