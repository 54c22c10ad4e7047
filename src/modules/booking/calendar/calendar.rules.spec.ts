import { BOOKING_STATUSES } from 'src/modules/booking/booking.state';
import { AGENDA_STATUSES, calendarStatus, feedStart, feedVersion, titleOf } from './calendar.rules';
import type { OwnEvent } from './calendar.types';

const EVENT: OwnEvent = {
  bookingId: 'b',
  coachId: 'c',
  coachName: 'Inès Martin',
  clientId: 'd',
  clientName: 'Zoé Le Gall',
  gymName: null,
  scheduledAt: new Date('2026-03-03T09:00:00Z'),
  endsAt: new Date('2026-03-03T10:00:00Z'),
  status: 'confirmed',
  type: 'individual',
  createdAt: new Date('2026-03-01T09:00:00Z'),
  updatedAt: new Date('2026-03-01T10:00:00Z'),
  changes: 1,
  as: 'client',
};

describe('the state of a calendar event', () => {
  it('is tentative while the coach thinks, certain once he agreed, and cancelled by whoever did it', () => {
    const meant = Object.fromEntries(BOOKING_STATUSES.map((status) => [status, calendarStatus(status)]));
    expect(meant).toEqual({
      pending_coach_validation: 'TENTATIVE',
      confirmed: 'CONFIRMED',
      done: 'CONFIRMED',
      no_show: 'CONFIRMED',
      cancelled_by_client: 'CANCELLED',
      cancelled_late_by_client: 'CANCELLED',
      cancelled_by_coach: 'CANCELLED',
      cancelled_by_coach_late: 'CANCELLED',
      rejected: 'CANCELLED',
      auto_rejected: 'CANCELLED',
    });
  });

  it('is of the agenda exactly when it is not cancelled', () => {
    expect([...AGENDA_STATUSES].sort()).toEqual(
      BOOKING_STATUSES.filter((status) => calendarStatus(status) !== 'CANCELLED').sort(),
    );
  });
});

describe('a calendar', () => {
  it('names the other one', () => {
    expect(titleOf(EVENT)).toBe('Inès Martin');
    expect(titleOf({ ...EVENT, as: 'coach' })).toBe('Zoé Le Gall');
  });

  it('goes back 30 days of 24 hours', () => {
    expect(feedStart(new Date('2026-04-02T09:00:00Z'))).toEqual(new Date('2026-03-03T09:00:00Z'));
  });
});

describe('the version of a feed', () => {
  it('is the same as long as it says the same', () => {
    expect(feedVersion([{ ...EVENT }], 'en')).toBe(feedVersion([EVENT], 'en'));
    expect(feedVersion([EVENT], 'en')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it.each<[string, Partial<OwnEvent>]>([
    ['a step', { changes: 2 }],
    ['a time', { scheduledAt: new Date('2026-03-03T09:00:01Z') }],
    ['a name', { coachName: 'Inès Martinez' }],
    ['a gym', { gymName: 'Le Gymnase' }],
    ['a status', { status: 'done' }],
  ])('changes with %s', (_, change) => {
    expect(feedVersion([{ ...EVENT, ...change }], 'en')).not.toBe(feedVersion([EVENT], 'en'));
  });

  it('changes with the language, and with every event that comes or goes', () => {
    const versions = [
      feedVersion([EVENT], 'en'),
      feedVersion([EVENT], 'fr'),
      feedVersion([], 'en'),
      feedVersion([EVENT, EVENT], 'en'),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });
});
