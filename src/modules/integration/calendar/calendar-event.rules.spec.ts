import fc from 'fast-check';
import { eventIdOf, eventOf, isInCalendar, isSameInCalendar, otherParty, partOf } from './calendar-event.rules';

const SESSION = {
  bookingId: '0c7d1f2e-0000-4000-8000-000000000001',
  client: { userId: 'a', firstName: 'Zoé', locale: 'en-GB' },
  coach: { userId: 'b', firstName: 'Inès', locale: 'fr-FR' },
  coachTimezone: 'Europe/Paris',
  gymName: 'Club Bastille',
  startsAt: new Date('2026-03-03T09:00:00Z'),
  endsAt: new Date('2026-03-03T10:00:00Z'),
  status: 'CONFIRMED' as const,
};

describe('the id of a session in somebody’s calendar', () => {
  it('is one that Google takes, the same each time, and another one for each booking and person', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 4, maxLength: 4 }), (ids) => {
        const [one = '', other = '', person = '', friend = ''] = ids;
        const all = [one, other].flatMap((booking) => [person, friend].map((userId) => eventIdOf(booking, userId)));
        expect(new Set(all).size).toBe(4);
        expect(eventIdOf(one, person)).toBe(all[0]);
        // Base32hex, 5 to 1024 characters.
        for (const id of all) expect(id).toMatch(/^[a-v0-9]{5,1024}$/);
      }),
    );
  });

  it('never changes: it is all that says which event is whose', () => {
    expect(eventIdOf('0c7d1f2e-0000-4000-8000-000000000001', '0c7d1f2e-0000-4000-8000-000000000002')).toBe(
      '2cdcb905e151cc36ac5cfc9416b50ebd89a2927b423df467662aea730ccfee4c',
    );
  });
});

describe('a session in a calendar', () => {
  it('is there while it is confirmed, and after it took place', () => {
    expect(isInCalendar(SESSION)).toBe(true);
    for (const status of ['TENTATIVE', 'CANCELLED'] as const) expect(isInCalendar({ status })).toBe(false);
    expect(isInCalendar(null)).toBe(false);
  });

  it('is named after the other party', () => {
    expect(otherParty(SESSION, 'coach').firstName).toBe('Zoé');
    expect(otherParty(SESSION, 'client').firstName).toBe('Inès');
    expect(partOf(SESSION, 'a')).toBe('client');
    expect(partOf(SESSION, 'b')).toBe('coach');
    expect(partOf(SESSION, 'c')).toBeNull();
  });

  it('tells where and when, in the coach’s zone', () => {
    expect(eventOf(SESSION, 'a', 'Session with Inès')).toEqual({
      id: eventIdOf(SESSION.bookingId, 'a'),
      bookingId: SESSION.bookingId,
      title: 'Session with Inès',
      location: 'Club Bastille',
      startsAt: SESSION.startsAt,
      endsAt: SESSION.endsAt,
      timezone: 'Europe/Paris',
    });
  });

  it('has changed when anything that is written of it has, and not by how it ended', () => {
    expect(isSameInCalendar(SESSION, { ...SESSION })).toBe(true);
    expect(isSameInCalendar(SESSION, { ...SESSION, gymName: null })).toBe(false);
    expect(isSameInCalendar(SESSION, { ...SESSION, startsAt: new Date(0) })).toBe(false);
    expect(isSameInCalendar(SESSION, { ...SESSION, status: 'CANCELLED' })).toBe(false);
    expect(isSameInCalendar({ ...SESSION, status: 'TENTATIVE' }, { ...SESSION, status: 'CANCELLED' })).toBe(true);
    expect(isSameInCalendar(null, { ...SESSION, status: 'CANCELLED' })).toBe(true);
  });
});
