import { actorIn } from './booking.policy';

const booking = { clientId: 'c1', coachId: 'k1' };

describe('the part somebody plays in a booking', () => {
  it('is decided by the booking and not by the role of the account', () => {
    expect(actorIn(booking, { userId: 'c1', role: 'coach' })).toEqual({ part: 'client', role: 'client' });
    expect(actorIn(booking, { userId: 'c1', role: 'admin' })).toEqual({ part: 'client', role: 'client' });
    expect(actorIn(booking, { userId: 'k1', role: 'coach' })).toEqual({ part: 'coach', role: 'coach' });
  });

  it("is the coach's place for an admin", () => {
    expect(actorIn(booking, { userId: 'a1', role: 'admin' })).toEqual({ part: 'coach', role: 'admin' });
  });

  it('is none for a third person', () => {
    expect(actorIn(booking, { userId: 'x', role: 'client' })).toBeNull();
    expect(actorIn(booking, { userId: 'x', role: 'coach' })).toBeNull();
  });
});
