import fc from 'fast-check';
import { type FcmAnswer, verdictOn } from './fcm-answer.rules';

const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const TOKEN = 'fXk3:APA91b-secret';

interface Refusal {
  status?: string;
  fcmCode?: string;
  fields?: string[];
}

function refused(status: number, refusal: Refusal, headers: Partial<FcmAnswer> = {}): FcmAnswer {
  const details = [
    ...(refusal.fcmCode ? [{ '@type': FCM_ERROR, errorCode: refusal.fcmCode }] : []),
    ...(refusal.fields ? [{ fieldViolations: refusal.fields.map((field) => ({ field, description: TOKEN })) }] : []),
  ];
  const body = JSON.stringify({ error: { code: status, status: refusal.status, message: `about ${TOKEN}`, details } });
  return { from: 'fcm', status, retryAfter: null, date: null, body, ...headers };
}

describe('a refusal of Firebase', () => {
  it.each<[string, number, Refusal]>([
    ['it is no more', 404, { status: 'NOT_FOUND', fcmCode: 'UNREGISTERED' }],
    [
      'its token never was one, and is named as what is wrong',
      400,
      { status: 'INVALID_ARGUMENT', fcmCode: 'INVALID_ARGUMENT', fields: ['message.token'] },
    ],
  ])('is about the device when %s', (_what, status, refusal) => {
    expect(verdictOn(refused(status, refusal))).toBe('unregistered');
  });

  it.each<[string, number, Refusal, string]>([
    [
      'a field of it is wrong',
      400,
      { status: 'INVALID_ARGUMENT', fields: ['message.data[0].value'] },
      'fcm 400 INVALID_ARGUMENT',
    ],
    [
      'more than the token is wrong',
      400,
      { status: 'INVALID_ARGUMENT', fcmCode: 'INVALID_ARGUMENT', fields: ['message.token', 'message.android.ttl'] },
      'fcm 400 INVALID_ARGUMENT',
    ],
    [
      'something is wrong that is not named',
      400,
      { status: 'INVALID_ARGUMENT', fcmCode: 'INVALID_ARGUMENT' },
      'fcm 400 INVALID_ARGUMENT',
    ],
    ['it is too long', 400, { status: 'INVALID_ARGUMENT' }, 'fcm 400 INVALID_ARGUMENT'],
    [
      'the device belongs to another project',
      403,
      { status: 'PERMISSION_DENIED', fcmCode: 'SENDER_ID_MISMATCH' },
      'fcm 403 SENDER_ID_MISMATCH',
    ],
  ])('ends a message for good when %s', (_what, status, refusal, code) => {
    expect(verdictOn(refused(status, refusal))).toEqual({
      code,
      isFinal: true,
      retryAfterMs: null,
      blamesProvider: true,
    });
  });

  it.each<[string, FcmAnswer, string]>([
    ['the project is not found', refused(404, { status: 'NOT_FOUND' }), 'fcm 404 NOT_FOUND'],
    ['we are not let in', refused(401, { status: 'UNAUTHENTICATED' }), 'fcm 401 UNAUTHENTICATED'],
    ['we may not', refused(403, { status: 'PERMISSION_DENIED' }), 'fcm 403 PERMISSION_DENIED'],
    ['it fails', refused(500, { status: 'INTERNAL', fcmCode: 'INTERNAL' }), 'fcm 500 INTERNAL'],
    ['something between us fails', { ...refused(502, {}), body: `<html>${TOKEN}</html>` }, 'fcm 502'],
    ['it makes no sense', { ...refused(400, {}), body: '{"error":' }, 'fcm 400'],
    ['its name is none', refused(400, { status: `INVALID_ARGUMENT ${TOKEN}` }), 'fcm 400'],
    ['no access token is given out', { ...refused(400, {}), from: 'oauth' }, 'oauth 400'],
    [
      'another service speaks like it',
      { ...refused(404, { fcmCode: 'UNREGISTERED' }), from: 'oauth', status: 404 },
      'oauth 404',
    ],
  ])('passes when %s', (_what, answer, code) => {
    expect(verdictOn(answer)).toEqual({ code, isFinal: false, retryAfterMs: null, blamesProvider: true });
  });

  it('passes too when Apple does not let Google in, which says nothing against Google', () => {
    const answer = refused(401, { status: 'UNAUTHENTICATED', fcmCode: 'THIRD_PARTY_AUTH_ERROR' });
    const code = 'fcm 401 THIRD_PARTY_AUTH_ERROR';
    expect(verdictOn(answer)).toEqual({ code, isFinal: false, retryAfterMs: null, blamesProvider: false });
  });

  it.each<[string | null, string | null, number | null]>([
    ['30', null, 30_000],
    ['0', null, 0],
    ['Sat, 21 Nov 2026 17:01:10 GMT', 'Sat, 21 Nov 2026 17:00:00 GMT', 70_000],
    ['Sat, 21 Nov 2026 17:01:10 GMT', null, null],
    ['Sat, 21 Nov 2026 16:00:00 GMT', 'Sat, 21 Nov 2026 17:00:00 GMT', null],
    ['soon', 'Sat, 21 Nov 2026 17:00:00 GMT', null],
    ['-5', null, null],
    [null, null, null],
  ])('asks to be left alone: Retry-After %p at %p is %p ms', (retryAfter, date, retryAfterMs) => {
    const answer = refused(429, { status: 'RESOURCE_EXHAUSTED', fcmCode: 'QUOTA_EXCEEDED' }, { retryAfter, date });
    expect(verdictOn(answer)).toMatchObject({ code: 'fcm 429 QUOTA_EXCEEDED', isFinal: false, retryAfterMs });
  });

  it('is judged whatever it holds, and never quoted', () => {
    const anything = fc
      .oneof(fc.jsonValue(), fc.record({ error: fc.jsonValue() }))
      .map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(fc.oneof(anything, fc.string()), fc.integer({ min: 300, max: 599 }), (body, status) => {
        const verdict = verdictOn({ from: 'fcm', status, retryAfter: null, date: null, body });
        if (verdict !== 'unregistered') expect(verdict.code).toMatch(/^fcm \d{3}( [A-Z_]{1,40})?$/);
      }),
    );
  });
});
