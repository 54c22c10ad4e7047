import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { HttpRefusal } from 'src/common/outbound/bounded-http';
import { AccessRefused } from 'src/modules/integration/provider.types';
import { isAbandoned, isRefusal } from './strava-push.rules';

const refusal = (status: number): HttpRefusal => new HttpRefusal(status, `strava http_${status}`, true, null);

describe('what a failure says of what was sent', () => {
  it.each([300, 307, 400, 403, 404, 409, 422, 429])('%i: nothing was made of it', (status) => {
    expect(isRefusal(refusal(status))).toBe(true);
  });

  it.each([408, 500, 502, 503, 504])('%i: it may have been', (status) => {
    expect(isRefusal(refusal(status))).toBe(false);
  });

  it('says nothing was made of it when the token was not taken, and nothing when no answer came', () => {
    expect(isRefusal(new AccessRefused())).toBe(true);
    expect(isRefusal(new DeliveryFailure('strava timeout', false))).toBe(false);
    expect(isRefusal(new Error('anything'))).toBe(false);
  });
});

describe('a claim', () => {
  it('is good for two minutes', () => {
    const at = new Date('2026-03-02T06:00:00Z');
    expect(isAbandoned(at, new Date('2026-03-02T06:02:00Z'))).toBe(false);
    expect(isAbandoned(at, new Date('2026-03-02T06:02:00.001Z'))).toBe(true);
  });
});
