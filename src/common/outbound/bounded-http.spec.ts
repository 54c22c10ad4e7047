import { failureOfNetwork, jsonOf, refusalOf, retryAfterMsOf } from './bounded-http';
import { DeliveryFailure } from './delivery-failure';

const refusal = (status: number, headers: Record<string, string> = {}): ReturnType<typeof refusalOf> =>
  refusalOf('strava', { status, headers: new Headers(headers) });

describe('an answer of a provider', () => {
  it.each([301, 302, 307, 400, 401, 403, 404, 409, 410, 422])('is final with %d', (status) => {
    expect(refusal(status)).toMatchObject({ status, code: `strava http_${status}`, isFinal: true });
  });

  it.each([408, 429, 500, 502, 503, 504])('may pass with %d', (status) => {
    expect(refusal(status)).toMatchObject({ status, isFinal: false, retryAfterMs: null });
  });

  it('may say when to come again', () => {
    expect(refusal(429, { 'retry-after': '60' }).retryAfterMs).toBe(60_000);
  });

  it.each<[string | undefined, string | undefined, number | null]>([
    ['0', undefined, 0],
    ['999999', undefined, 999_999_000],
    ['1000000', undefined, null],
    ['-1', undefined, null],
    ['1.5', undefined, null],
    ['soon', 'Mon, 02 Mar 2026 06:00:00 GMT', null],
    ['Mon, 02 Mar 2026 06:01:30 GMT', 'Mon, 02 Mar 2026 06:00:00 GMT', 90_000],
    ['Mon, 02 Mar 2026 05:59:00 GMT', 'Mon, 02 Mar 2026 06:00:00 GMT', null],
    // Without the clock of the provider its moments mean nothing.
    ['Mon, 02 Mar 2026 06:01:30 GMT', undefined, null],
    [undefined, undefined, null],
  ])('that says %j at %j is waited for %j ms', (retryAfter, date, waitMs) => {
    const headers = new Headers({ ...(retryAfter && { 'retry-after': retryAfter }), ...(date && { date }) });
    expect(retryAfterMsOf(headers)).toBe(waitMs);
  });

  it('is JSON, or nothing that can be used', () => {
    expect(jsonOf('strava', { body: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] });
    expect(jsonOf('strava', { body: Buffer.alloc(0) })).toBeNull();
    for (const body of [Buffer.from('<html>'), Buffer.from('{"a":'), null])
      expect(() => jsonOf('strava', { body })).toThrow(new DeliveryFailure('strava garbage', false));
  });
});

describe('a network that fails', () => {
  it.each<[unknown, string]>([
    [new DOMException('too late', 'TimeoutError'), 'strava timeout'],
    [Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }), 'ECONNREFUSED'],
    [Object.assign(new TypeError('fetch failed'), { cause: { code: 'to https://secret' } }), 'strava answer'],
    [new TypeError('terminated'), 'strava answer'],
    [new DeliveryFailure('strava http_500', false), 'strava http_500'],
    ['nonsense', 'strava answer'],
  ])('is told by its code alone', (error, code) => {
    expect(failureOfNetwork('strava', error)).toMatchObject({ code, isFinal: false });
  });
});
