import { BOOKING_STATUSES, type BookingAct, isActive, nextStatus } from './booking.state';

const ACTS: BookingAct[] = [
  'confirm',
  'reject',
  'expire',
  'cancel_in_time',
  'cancel_late',
  'complete',
  'miss',
  'correct',
];

describe('the state machine of a booking', () => {
  it('leads nowhere from a final status, but for the correction of what the job counted', () => {
    const ways = BOOKING_STATUSES.filter((each) => !isActive(each)).flatMap((status) =>
      ACTS.flatMap((act) =>
        (['client', 'coach', 'system'] as const)
          .filter((by) => nextStatus(status, act, by) !== null)
          .map((by) => `${status} ${act} ${by}`),
      ),
    );
    expect(ways).toEqual(['done correct coach']);
    expect(nextStatus('done', 'correct', 'coach')).toBe('no_show');
  });

  it('knows the outcome of a confirmed session only', () => {
    expect(nextStatus('confirmed', 'complete', 'coach')).toBe('done');
    expect(nextStatus('confirmed', 'complete', 'system')).toBe('done');
    expect(nextStatus('confirmed', 'miss', 'coach')).toBe('no_show');
    for (const act of ['complete', 'miss'] as const) {
      expect(nextStatus('confirmed', act, 'client')).toBeNull();
      expect(nextStatus('pending_coach_validation', act, 'coach')).toBeNull();
    }
    expect(nextStatus('confirmed', 'miss', 'system')).toBeNull();
  });

  it('lets only the coach answer a request', () => {
    expect(nextStatus('pending_coach_validation', 'confirm', 'coach')).toBe('confirmed');
    expect(nextStatus('pending_coach_validation', 'reject', 'coach')).toBe('rejected');
    for (const by of ['client', 'system'] as const) {
      expect(nextStatus('pending_coach_validation', 'confirm', by)).toBeNull();
      expect(nextStatus('pending_coach_validation', 'reject', by)).toBeNull();
    }
  });

  it('has no late cancellation of a request that nobody confirmed', () => {
    expect(nextStatus('pending_coach_validation', 'cancel_late', 'client')).toBeNull();
    expect(nextStatus('pending_coach_validation', 'cancel_late', 'coach')).toBeNull();
  });

  it('confirms nothing twice and rejects nothing confirmed', () => {
    expect(nextStatus('confirmed', 'confirm', 'coach')).toBeNull();
    expect(nextStatus('confirmed', 'reject', 'coach')).toBeNull();
    expect(nextStatus('confirmed', 'expire', 'system')).toBeNull();
  });

  it('tells who cancelled, and whether it was late', () => {
    expect(nextStatus('confirmed', 'cancel_in_time', 'client')).toBe('cancelled_by_client');
    expect(nextStatus('confirmed', 'cancel_late', 'client')).toBe('cancelled_late_by_client');
    expect(nextStatus('confirmed', 'cancel_in_time', 'coach')).toBe('cancelled_by_coach');
    expect(nextStatus('confirmed', 'cancel_late', 'coach')).toBe('cancelled_by_coach_late');
  });
});
