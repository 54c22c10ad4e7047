import type { BookingStatus } from './booking.state';
import { dueReminders, nextMark } from './reminder.rules';

const START = new Date('2026-03-10T09:00:00Z');
const DAY_BEFORE = new Date('2026-03-09T09:00:00Z');
const HOUR_BEFORE = new Date('2026-03-10T08:00:00Z');
const earlier = (at: Date, ms = 1): Date => new Date(at.getTime() - ms);
const later = (at: Date, ms = 1): Date => new Date(at.getTime() + ms);

const booking = (status: BookingStatus, change: object = {}) => ({
  status,
  scheduledAt: START,
  expiresAt: null,
  confirmedAt: null,
  createdAt: new Date('2026-03-01T09:00:00Z'),
  ...change,
});
const confirmed = (confirmedAt: Date) => booking('confirmed', { confirmedAt });

describe('the reminders of a confirmed session', () => {
  const known = confirmed(new Date('2026-03-02T09:00:00Z'));

  it('come a day and an hour before it, to the millisecond', () => {
    expect(nextMark(known)).toEqual(DAY_BEFORE);
    expect(nextMark(known, DAY_BEFORE)).toEqual(HOUR_BEFORE);
    expect(nextMark(known, HOUR_BEFORE)).toBeNull();
    expect(dueReminders(known, DAY_BEFORE, earlier(DAY_BEFORE))).toEqual([]);
    expect(dueReminders(known, DAY_BEFORE, DAY_BEFORE)).toEqual(['day_before']);
    expect(dueReminders(known, HOUR_BEFORE, earlier(HOUR_BEFORE))).toEqual([]);
    expect(dueReminders(known, HOUR_BEFORE, HOUR_BEFORE)).toEqual(['hour_before']);
  });

  it('are made up for until the session begins', () => {
    expect(dueReminders(known, DAY_BEFORE, earlier(START))).toEqual(['day_before', 'hour_before']);
    expect(dueReminders(known, HOUR_BEFORE, earlier(START))).toEqual(['hour_before']);
    expect(dueReminders(known, DAY_BEFORE, START)).toEqual([]);
  });

  it('do not come at a mark that lies before the confirmation', () => {
    expect(nextMark(confirmed(DAY_BEFORE))).toEqual(DAY_BEFORE);
    expect(nextMark(confirmed(later(DAY_BEFORE)))).toEqual(HOUR_BEFORE);
    expect(nextMark(confirmed(HOUR_BEFORE))).toEqual(HOUR_BEFORE);
    expect(nextMark(confirmed(later(HOUR_BEFORE)))).toBeNull();
  });
});

describe('the reminder of a request', () => {
  const EXPIRES = new Date('2026-03-02T09:00:00Z');
  const MARK = new Date('2026-03-02T07:00:00Z');
  const pending = (createdAt: Date) => booking('pending_coach_validation', { expiresAt: EXPIRES, createdAt });

  it('comes two hours before it lapses, until it does', () => {
    const request = pending(new Date('2026-03-01T09:00:00Z'));
    expect(nextMark(request)).toEqual(MARK);
    expect(dueReminders(request, MARK, earlier(MARK))).toEqual([]);
    expect(dueReminders(request, MARK, MARK)).toEqual(['answer']);
    expect(dueReminders(request, MARK, earlier(EXPIRES))).toEqual(['answer']);
    expect(dueReminders(request, MARK, EXPIRES)).toEqual([]);
  });

  it('does not come where the request is no older than that', () => {
    expect(nextMark(pending(earlier(MARK)))).toEqual(MARK);
    expect(nextMark(pending(MARK))).toBeNull();
  });
});

it('nobody is reminded of a booking that is neither asked for nor agreed on', () => {
  for (const status of ['done', 'no_show', 'rejected', 'auto_rejected', 'cancelled_by_client'] as const)
    expect(nextMark(booking(status, { confirmedAt: new Date(0), expiresAt: START }))).toBeNull();
});
