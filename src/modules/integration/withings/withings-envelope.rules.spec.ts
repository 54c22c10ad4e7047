import { envelopeOf, verdictOn, verdictOnGrant } from './withings-envelope.rules';

const told = (status: number, error = '') => ({ status, body: {}, error });

describe('an answer of Withings', () => {
  it('is read with what it holds', () => {
    expect(envelopeOf({ status: 0, body: { more: 0 } })).toEqual({ status: 0, body: { more: 0 }, error: '' });
    expect(envelopeOf({ status: 503, error: 'Invalid Params' })).toEqual(told(503, 'Invalid Params'));
    expect(envelopeOf({ status: 0, body: [] })).toEqual(told(0));
  });

  it.each([null, 'ok', [], {}, { status: '0' }, { status: 0.5 }, { body: {} }])('is none: %j', (answer) => {
    expect(envelopeOf(answer)).toBeNull();
  });

  it.each([
    [0, 'done'],
    [401, 'access_refused'],
    [100, 'access_refused'],
    [503, 'invalid'],
    [601, 'too_many'],
    [522, 'later'],
    [2555, 'later'],
    [293, 'later'],
  ])('with status %d says: %s', (status, verdict) => {
    expect(verdictOn(told(status))).toBe(verdict);
  });
});

describe('an answer to a request for tokens', () => {
  it.each([
    [0, '', 'done'],
    [503, 'Invalid Params: invalid code', 'grant_refused'],
    [503, 'Invalid Params: invalid refresh_token', 'grant_refused'],
    [401, 'invalid_token: The refresh token provided is invalid', 'grant_refused'],
    [503, 'Invalid Params: invalid client_secret', 'invalid'],
    [401, 'The client_id is unknown', 'invalid'],
    [503, 'Invalid Params: invalid redirect_uri', 'invalid'],
    [601, 'Too Many Request', 'too_many'],
    [524, 'code', 'later'],
  ])('with status %d and "%s" says: %s', (status, error, verdict) => {
    expect(verdictOnGrant(told(status, error))).toBe(verdict);
  });
});
