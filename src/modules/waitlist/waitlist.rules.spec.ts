import {
  confirmRefusal,
  faultsOfWishes,
  isOfferOpen,
  joinRefusal,
  offerDeadline,
  type Queued,
  reordered,
  type WaitedFor,
} from './waitlist.rules';
import type { WaitlistStatus } from './waitlist.state';

const START = new Date('2026-03-04T09:00:00Z');
const MINUTE = 60_000;
const before = (ms: number): Date => new Date(START.getTime() - ms);

describe('the time to take a place', () => {
  it.each([
    ['a day', 24 * 60 * MINUTE, 30 * MINUTE],
    ['35 minutes', 35 * MINUTE, 30 * MINUTE],
    ['35 minutes less a millisecond', 35 * MINUTE - 1, 30 * MINUTE - 1],
    ['six minutes', 6 * MINUTE, MINUTE],
    ['five minutes and a millisecond', 5 * MINUTE + 1, 1],
  ])('%s before the start is what is left of 30 minutes', (_, left, window) => {
    const now = before(left);
    expect(offerDeadline(START, now)).toEqual(new Date(now.getTime() + window));
  });

  it.each([5 * MINUTE, 4 * MINUTE, 0, -MINUTE])('is none at all %d ms before the start', (left) => {
    expect(offerDeadline(START, before(left))).toBeNull();
  });

  it('ends after its last instant', () => {
    expect([-1, 0, 1].map((ms) => isOfferOpen(START, new Date(START.getTime() + ms)))).toEqual([true, true, false]);
  });
});

describe('waiting for a start', () => {
  const full: WaitedFor = { isOffered: true, capacity: 1, taken: 1, obstruction: null, isMine: false };
  it.each<[string, Partial<WaitedFor>, string | null]>([
    ['a full slot', {}, null],
    ['a session outside the hours', { isOffered: false }, null],
    ['a start where there is nothing', { isOffered: false, taken: 0 }, 'slot_outside_availability'],
    ['a time off', { obstruction: 'time_off' }, 'coach_on_time_off'],
    [
      'a time off outside the hours',
      { isOffered: false, taken: 0, obstruction: 'time_off' },
      'slot_outside_availability',
    ],
    ['a slot with a place', { capacity: 2 }, 'slot_not_full'],
    ['a slot with a place that another session closes', { taken: 0, obstruction: 'overlap' }, null],
    ['a slot with a place that a buffer closes', { taken: 0, obstruction: 'buffer' }, null],
    ['the own session', { isMine: true }, 'already_booked'],
    ['the own session in a group with places', { isMine: true, capacity: 3 }, 'already_booked'],
    ['a slot with fewer places than people', { taken: 3 }, null],
  ])('%s', (_, facts, refusal) => {
    expect(joinRefusal({ ...full, ...facts }, START, before(1))).toBe(refusal);
  });

  it('ends with the start', () => {
    expect(joinRefusal(full, START, before(0))).toBe('slot_in_past');
    expect(joinRefusal({ ...full, isMine: true, taken: 0 }, START, before(-1))).toBe('slot_in_past');
  });
});

describe('taking a place', () => {
  const entry = (status: WaitlistStatus, expiresAt: Date | null = null) => ({ status, expiresAt });
  it.each([
    ['waiting', entry('waiting'), 'not_notified'],
    ['offered, in its last instant', entry('notified', START), null],
    ['offered, a millisecond ago', entry('notified', before(1)), 'confirmation_window_expired'],
    ['expired after an offer', entry('expired', before(1)), 'confirmation_window_expired'],
    ['expired without an offer', entry('expired'), 'not_notified'],
    ['taken', entry('confirmed', START), 'not_notified'],
    ['cancelled', entry('cancelled', START), 'not_notified'],
  ])('%s', (_, queued, refusal) => {
    expect(confirmRefusal(queued, START)).toBe(refusal);
  });
});

describe('a new order', () => {
  const queue = (['notified', 'waiting', 'waiting', 'waiting'] as const).map((status, index): Queued => {
    return { id: 'abcd'.charAt(index), status, position: index + 1, expiresAt: null };
  });
  it('counts by order alone; offers stay in front and the rest follows', () => {
    expect(reordered(queue, [{ id: 'd', position: 1 }])).toEqual(['a', 'd', 'b', 'c']);
    const wishes = [
      { id: 'b', position: 900 },
      { id: 'd', position: 7 },
    ];
    expect(reordered(queue, wishes)).toEqual(['a', 'd', 'b', 'c']);
  });

  it('names only people who wait', () => {
    expect(reordered(queue, [{ id: 'a', position: 1 }])).toBeNull();
    expect(reordered(queue, [{ id: 'x', position: 1 }])).toBeNull();
  });

  it('gives each person one position, and each position to one person', () => {
    const wishes = [
      { id: 'b', position: 1 },
      { id: 'c', position: 1 },
      { id: 'b', position: 2 },
    ];
    expect(faultsOfWishes(wishes)).toEqual([
      { field: '1.position', code: 'duplicate_position' },
      { field: '2.id', code: 'invalid_value' },
    ]);
    expect(faultsOfWishes(wishes.slice(0, 1))).toEqual([]);
  });
});
