import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { NotYet } from 'src/common/outbound/not-yet';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { type Ending, endingOf, errorCodeOf } from './ending.rules';

const TRANSIENT = new DeliveryFailure('smtp 451', false);
const run = (attempt: number): { attempt: number; isLast: boolean } => ({ attempt, isLast: attempt === 5 });
const waitOf = (ending: Ending): number => (ending.outcome === 'dead' ? NaN : ending.waitMs);

describe('the end of a run that failed', () => {
  it.each([
    [1, 5_000],
    [2, 30_000],
    [3, 180_000],
    [4, 1_080_000],
  ])('is a wait that grows: after attempt %d it is %d ms', (attempt, waitMs) => {
    expect(endingOf(TRANSIENT, run(attempt), 0)).toEqual({ outcome: 'failed', waitMs });
    expect(endingOf(new Error('a bug'), run(attempt), 0)).toEqual({ outcome: 'failed', waitMs });
  });

  it('is a wait that no two share, up to half as long again', () => {
    const waits = [0, 0.25, 0.5, 0.999_999].map((random) => waitOf(endingOf(TRANSIENT, run(1), random)));
    expect(waits).toEqual([5_000, 5_625, 6_250, 7_500]);
  });

  it('even at its longest comes back before the next attempt would at its earliest', () => {
    for (const attempt of [1, 2, 3])
      expect(waitOf(endingOf(TRANSIENT, run(attempt), 0.999))).toBeLessThan(
        waitOf(endingOf(TRANSIENT, run(attempt + 1), 0)),
      );
  });

  it('is never a wait shorter than the provider asks for, nor longer than a day and a half', () => {
    const asked = (ms: number): number => waitOf(endingOf(new DeliveryFailure('http 429', false, ms), run(1), 0));
    expect(asked(60_000)).toBe(60_000);
    expect(asked(1)).toBe(5_000);
    expect(asked(86_400_000)).toBe(86_400_000);
    expect(waitOf(endingOf(new DeliveryFailure('http 429', false, 1e15), run(1), 0.999))).toBeLessThan(129_600_000);
  });

  it('is the end with the fifth attempt, or when trying again cannot help', () => {
    expect(endingOf(TRANSIENT, run(5), 0)).toEqual({ outcome: 'dead' });
    expect(endingOf(new DeliveryFailure('smtp 550', true), run(1), 0)).toEqual({ outcome: 'dead' });
    expect(endingOf(new DeliveryFailure('smtp 550', true, 60_000), run(1), 0)).toEqual({ outcome: 'dead' });
  });

  it('is only put off while the provider is left alone, the last attempt too', () => {
    expect(endingOf(new ProviderPaused(10_000), run(5), 0)).toEqual({ outcome: 'postponed', waitMs: 10_000 });
  });

  it('is put off until its own moment and no longer, where it has one', () => {
    const appointed = new ProviderPaused(10_000.4, { isAppointed: true });
    expect(endingOf(appointed, run(5), 0.999)).toEqual({ outcome: 'postponed', waitMs: 10_000 });
    expect(waitOf(endingOf(new ProviderPaused(10_000), run(5), 0.999))).toBeGreaterThan(14_000);
  });

  it('is only put off while what it waits for is not there', () => {
    expect(endingOf(new NotYet(15_000), run(5), 0)).toEqual({ outcome: 'postponed', waitMs: 15_000 });
  });
});

describe('what is told of a failure', () => {
  it.each([
    [new DeliveryFailure('smtp 550', true), 'smtp 550'],
    [new TypeError('claire@example.com is not a function'), 'TypeError'],
    [Object.assign(new Error('claire@example.com'), { code: 'ECONNRESET' }), 'Error ECONNRESET'],
    ['claire@example.com', 'unknown'],
    [null, 'unknown'],
  ])('is a code and no text', (error, code) => {
    expect(errorCodeOf(error)).toBe(code);
  });
});
