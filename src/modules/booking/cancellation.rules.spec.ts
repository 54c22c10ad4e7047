import fc from 'fast-check';
import { cancellationOf } from './cancellation.rules';
import { isActive } from './booking.state';

const START = new Date('2026-03-10T09:00:00Z');
const booking = {
  status: 'confirmed',
  scheduledAt: START,
  policyThresholdHours: 24,
  policyMode: 'auto',
  policyNoshowIsDue: true,
  freeExitUntil: null,
  packageId: null,
  priceCents: 5_000,
} as const;
const IN_TIME = new Date('2026-03-09T09:00:00.000Z');
const LATE = new Date('2026-03-09T09:00:00.001Z');

describe('what a cancellation does', () => {
  it('in time: nothing is due', () => {
    expect(cancellationOf(booking, 'client', IN_TIME)).toEqual({
      act: 'cancel_in_time',
      resultingStatus: 'cancelled_by_client',
      late: false,
      freeUntil: IN_TIME,
      penalty: 'none',
      penaltyCents: null,
      isSessionReturned: false,
    });
  });

  it('late, by the client: what was agreed is due, or the coach decides', () => {
    expect(cancellationOf(booking, 'client', LATE)).toMatchObject({
      resultingStatus: 'cancelled_late_by_client',
      late: true,
      penalty: 'payment',
      penaltyCents: 5_000,
    });
    expect(cancellationOf({ ...booking, policyMode: 'manual' }, 'client', LATE)).toMatchObject({
      penalty: 'to_decide',
      penaltyCents: 5_000,
    });
    expect(cancellationOf({ ...booking, priceCents: 0 }, 'client', LATE)).toMatchObject({
      late: true,
      penalty: 'none',
      penaltyCents: null,
    });
  });

  it('to a session of a package: it comes back, or it is used', () => {
    const packaged = { ...booking, packageId: 'p', priceCents: null };
    expect(cancellationOf(packaged, 'client', IN_TIME)).toMatchObject({ penalty: 'none', isSessionReturned: true });
    expect(cancellationOf(packaged, 'client', LATE)).toMatchObject({
      penalty: 'session',
      penaltyCents: null,
      isSessionReturned: false,
    });
    expect(cancellationOf(packaged, 'coach', LATE)).toMatchObject({
      resultingStatus: 'cancelled_by_coach_late',
      late: true,
      penalty: 'none',
      isSessionReturned: true,
    });
  });

  it('from the start on, and to what is over: nothing', () => {
    for (const [given, now] of [
      [booking, START],
      [{ ...booking, status: 'cancelled_by_client' as const }, IN_TIME],
    ] as const)
      expect(cancellationOf(given, 'client', now)).toMatchObject({
        act: null,
        resultingStatus: null,
        late: false,
        penalty: 'none',
        isSessionReturned: false,
      });
  });

  it('costs the client nothing unless it is late, and never anything when the coach does it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('client' as const, 'coach' as const),
        fc.constantFrom('pending_coach_validation' as const, 'confirmed' as const, 'done' as const),
        fc.constantFrom('auto' as const, 'manual' as const),
        fc.constantFrom(null, 'p'),
        fc.integer({ min: -100, max: 300 }),
        (by, status, policyMode, packageId, hoursBefore) => {
          const now = new Date(START.getTime() - hoursBefore * 3_600_000);
          const given = { ...booking, status, policyMode, packageId, priceCents: packageId ? null : 5_000 };
          const { act, penalty, late } = cancellationOf(given, by, now);
          expect(act !== null).toBe(isActive(status) && hoursBefore > 0);
          if (penalty !== 'none') expect([by, late, status]).toEqual(['client', true, 'confirmed']);
        },
      ),
    );
  });
});
