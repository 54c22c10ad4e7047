import fc from 'fast-check';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { endingOf } from './ending.rules';

const DAY_MS = 86_400_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const run = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }))
  .map(([attempt, most]) => ({ attempt: Math.min(attempt, most), isLast: attempt >= most }));
const asked = fc.option(fc.integer({ min: 0, max: 1e12 }));

describe('the end of a run that failed', () => {
  it('is death exactly for what is final and for the last attempt, and else a wait that respects what was asked', () => {
    fc.assert(
      fc.property(run, fc.boolean(), asked, random, (which, isFinal, retryAfterMs, chance) => {
        const ending = endingOf(new DeliveryFailure('smtp 451', isFinal, retryAfterMs), which, chance);
        expect(ending.outcome).toBe(isFinal || which.isLast ? 'dead' : 'failed');
        if (ending.outcome === 'dead') return;
        const least = Math.min(Math.max(5_000 * 6 ** (which.attempt - 1), retryAfterMs ?? 0), DAY_MS);
        expect(ending.waitMs).toBeGreaterThanOrEqual(least);
        expect(ending.waitMs).toBeLessThanOrEqual(least * 1.5);
      }),
    );
  });

  it('never counts against a message whose provider is left alone', () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 0, max: DAY_MS }), random, (which, pauseMs, chance) => {
        const ending = endingOf(new ProviderPaused(pauseMs), which, chance);
        expect(ending.outcome).toBe('postponed');
        if (ending.outcome !== 'dead') expect(ending.waitMs).toBeGreaterThanOrEqual(pauseMs);
      }),
    );
  });
});
