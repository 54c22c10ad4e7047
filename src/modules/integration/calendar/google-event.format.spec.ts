import fc from 'fast-check';
import { asksForPatience, googleEvent, isWritten, newGoogleEvent } from './google-event.format';

const EVENT = {
  id: 'abc123',
  bookingId: '0c7d1f2e-0000-4000-8000-000000000001',
  title: 'Session with Inès',
  location: null,
  startsAt: new Date('2026-03-03T09:00:00Z'),
  endsAt: new Date('2026-03-03T10:00:00Z'),
  timezone: 'Europe/Paris',
};

describe('an event as Google reads it', () => {
  it('has a start and an end in UTC with the coach’s zone, and says whose booking it is', () => {
    expect(newGoogleEvent(EVENT)).toEqual({
      id: 'abc123',
      summary: 'Session with Inès',
      location: null,
      start: { dateTime: '2026-03-03T09:00:00.000Z', timeZone: 'Europe/Paris' },
      end: { dateTime: '2026-03-03T10:00:00.000Z', timeZone: 'Europe/Paris' },
      status: 'confirmed',
      transparency: 'opaque',
      reminders: { useDefault: true },
      extendedProperties: { private: { mycoach_booking_id: EVENT.bookingId } },
    });
  });

  it('leaves alone what people added to theirs when it is changed', () => {
    expect(Object.keys(googleEvent(EVENT))).not.toContain('reminders');
    expect(Object.keys(googleEvent(EVENT))).not.toContain('id');
  });
});

describe('what Google answers', () => {
  it('is believed when it is that event, in the calendar', () => {
    expect(isWritten({ id: 'abc123', status: 'confirmed' }, 'abc123')).toBe(true);
    expect(isWritten({ id: 'abc123', status: 'tentative' }, 'abc123')).toBe(true);
    for (const answer of [
      { id: 'abc124', status: 'confirmed' },
      { id: 'abc123', status: 'cancelled' },
      { id: 'abc123', status: 'elsewhere' },
      { id: 'abc123' },
      {},
      [],
      null,
      'abc123',
    ])
      expect(isWritten(answer, 'abc123')).toBe(false);
  });

  it('asks for patience by a reason of its limits, and by no other', () => {
    const refusal = (reason: unknown): unknown => ({
      error: { code: 403, errors: [{ domain: 'usageLimits', reason }] },
    });
    for (const reason of ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'calendarUsageLimitsExceeded'])
      expect(asksForPatience(refusal(reason))).toBe(true);
    for (const reason of ['insufficientPermissions', 'forbidden', 'accessNotConfigured', undefined, {}])
      expect(asksForPatience(refusal(reason))).toBe(false);
  });

  it('may be anything, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        expect(isWritten(answer, 'abc123')).toBe(false);
        expect(asksForPatience(answer)).toBe(false);
        expect(asksForPatience({ error: answer })).toBe(false);
        expect(asksForPatience({ error: { errors: answer } })).toBe(false);
      }),
    );
  });
});
