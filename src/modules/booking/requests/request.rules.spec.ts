import { BOOKING_STATUSES } from 'src/modules/booking/booking.state';
import { isWithdrawn, outcomeOf, requestRefusal } from './request.rules';

describe('asking for a discovery session', () => {
  it.each([null, 'pending', 'discovery', 'ended'] as const)('is possible for a pair at %s', (relation) => {
    expect(requestRefusal(true, relation)).toBeNull();
    expect(requestRefusal(false, relation)).toBe('discovery_not_offered');
  });

  it.each(['active', 'paused'] as const)('is refused to a pair at %s', (relation) => {
    expect(requestRefusal(true, relation)).toBe('already_in_relation');
    expect(requestRefusal(false, relation)).toBe('discovery_not_offered');
  });
});

describe('a request with a booking', () => {
  it('goes where the booking goes', () => {
    expect(Object.fromEntries(BOOKING_STATUSES.map((status) => [status, outcomeOf(status)]))).toEqual({
      pending_coach_validation: 'pending',
      confirmed: 'accepted',
      done: 'pending',
      cancelled_by_client: 'cancelled',
      cancelled_late_by_client: 'pending',
      cancelled_by_coach: 'cancelled',
      cancelled_by_coach_late: 'pending',
      no_show: 'pending',
      rejected: 'rejected',
      auto_rejected: 'rejected',
    });
  });

  it('leaves the two as they were unless the coach says yes', () => {
    expect((['pending', 'accepted', 'rejected', 'cancelled'] as const).filter(isWithdrawn)).toEqual([
      'rejected',
      'cancelled',
    ]);
  });
});
