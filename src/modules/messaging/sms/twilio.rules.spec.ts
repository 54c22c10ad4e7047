import { failureOfAnswer, failureOfNetwork, nameFor, refusesName } from './twilio.rules';

describe('the sender of an SMS', () => {
  it.each([
    ['+33612345678', 'CoachInes', 'CoachInes'],
    ['+33612345678', 'Coach4You', 'Coach4You'],
    ['+351912345678', 'CoachInes', 'CoachInes'],
    ['+590690123456', 'CoachInes', 'CoachInes'],
    ['+12025550123', 'CoachInes', null],
    ['+14165550123', 'CoachInes', null],
    ['+5511961234567', 'CoachInes', null],
    ['+34612345678', 'CoachInes', null],
    ['+447400123456', 'CoachInes', null],
    ['+33612345678', '12345', null],
    ['+33612345678', 'Coach Ines', null],
    ['+33612345678', 'LongerThan11', null],
    ['+33612345678', null, null],
    ['nonsense', 'CoachInes', null],
  ])('of one to %s by %s is %s', (phone, name, expected) => {
    expect(nameFor(phone, name)).toBe(expected);
  });

  it('is given up when Twilio does not take the name', () => {
    expect(['twilio 21267', 'twilio 21212', 'twilio 21612'].every(refusesName)).toBe(true);
    expect(['twilio 21211', 'twilio 20429', 'ECONNRESET'].some(refusesName)).toBe(false);
  });
});

describe('an answer of Twilio that is no success', () => {
  it.each<[number, unknown, string | null, string, boolean, number | null]>([
    [400, { code: 21211, message: '+33612345678' }, null, 'twilio 21211', true, null],
    [400, { code: 21610 }, null, 'twilio 21610', true, null],
    [400, { code: 30034 }, null, 'twilio 30034', true, null],
    [401, { code: 20003 }, null, 'twilio 20003', false, null],
    [429, { code: 20429 }, '7', 'twilio 20429', false, 7_000],
    [429, 'slow down', '7', 'twilio http_429', false, 7_000],
    [503, { code: 20503 }, 'tomorrow', 'twilio 20503', false, null],
    [500, { code: 21211 }, null, 'twilio 21211', false, null],
    [404, { code: 20404 }, null, 'twilio 20404', false, null],
    [400, '<html>', null, 'twilio http_400', false, null],
    [400, null, null, 'twilio http_400', false, null],
    [400, { code: '21211 +33612345678' }, null, 'twilio http_400', false, null],
    [302, undefined, null, 'twilio http_302', false, null],
  ])('(%d %j, retry after %s) is %s', (status, body, retryAfter, code, isFinal, retryAfterMs) => {
    expect(failureOfAnswer(status, body, retryAfter)).toMatchObject({ code, isFinal, retryAfterMs });
  });

  it('keeps nothing of what it quotes', () => {
    const failure = failureOfAnswer(400, { code: 21211, message: "The 'To' number +33612345678 is not valid" }, null);
    expect(`${failure.message} ${JSON.stringify(failure)} ${String(failure.stack)}`).not.toContain('336');
    expect(failure.cause).toBeUndefined();
  });
});

describe('a network that fails', () => {
  it.each<[unknown, string]>([
    [{ code: 'ECONNREFUSED', message: 'connect 10.0.0.1' }, 'ECONNREFUSED'],
    [{ name: 'CanceledError', code: 'ERR_CANCELED' }, 'twilio timeout'],
    [{ code: 'ECONNABORTED' }, 'twilio timeout'],
    [{ code: 'of +33612345678' }, 'twilio answer'],
    [{ code: 5 }, 'twilio answer'],
    [new Error('broken'), 'twilio answer'],
    [null, 'twilio answer'],
    ['text', 'twilio answer'],
  ])('%j is %s, and may be back', (error, code) => {
    expect(failureOfNetwork(error)).toMatchObject({ code, isFinal: false, retryAfterMs: null });
  });
});
