import fc from 'fast-check';
import { isLapsed, isLive, nextInQueue, offerDeadline, type Queued, reordered } from './waitlist.rules';

const MINUTE = 60_000;

/** A queue as the rules leave it: offers in front, positions without gap, in no particular order of rows. */
const queues: fc.Arbitrary<Queued[]> = fc
  .tuple(fc.nat(5), fc.nat(8))
  .map(([offered, waiting]) =>
    Array.from({ length: offered + waiting }, (_, index): Queued => ({
      id: `person ${index + 1}`,
      status: index < offered ? 'notified' : 'waiting',
      position: index + 1,
      expiresAt: index < offered ? new Date(0) : null,
    })),
  )
  .chain((queue) => fc.shuffledSubarray(queue, { minLength: queue.length }));

/** More than anybody waits for in a queue of these, each once. */
const places = fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 8, maxLength: 8 });

describe('a queue', () => {
  it('gives no more places than there are, to those who wait longest', () => {
    fc.assert(
      fc.property(queues, fc.integer({ min: -3, max: 12 }), (queue, free) => {
        const chosen = nextInQueue(queue, free);
        const waiting = queue.filter(({ status }) => status === 'waiting');
        expect(chosen).toHaveLength(Math.min(waiting.length, Math.max(0, free)));
        expect(chosen.every(({ status }) => status === 'waiting')).toBe(true);
        const passed = waiting.filter((entry) => !chosen.includes(entry)).map(({ position }) => position);
        expect(chosen.every(({ position }) => passed.every((other) => other > position))).toBe(true);
      }),
    );
  });

  it('never leaves the last five minutes to an offer, nor runs it longer than thirty', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60 * MINUTE, max: 60 * MINUTE }), (left) => {
        const start = new Date(10 * 24 * 60 * MINUTE);
        const now = new Date(start.getTime() - left);
        const deadline = offerDeadline(start, now);
        expect(deadline !== null).toBe(left > 5 * MINUTE);
        if (!deadline) return;
        expect(deadline.getTime()).toBeGreaterThan(now.getTime());
        expect(deadline.getTime() - now.getTime()).toBeLessThanOrEqual(30 * MINUTE);
        expect(start.getTime() - deadline.getTime()).toBeGreaterThanOrEqual(5 * MINUTE);
        const isShortened = deadline.getTime() - now.getTime() < 30 * MINUTE;
        if (isShortened) expect(start.getTime() - deadline.getTime()).toBe(5 * MINUTE);
      }),
    );
  });

  it('keeps everybody once in a new order, the offers in front, and who is not named in the old one', () => {
    fc.assert(
      fc.property(queues, places, (queue, positions) => {
        const waiting = queue.filter(({ status }) => status === 'waiting');
        const named = waiting.filter((_, index) => index % 2 === 0);
        const wishes = named.map(({ id }, index) => ({ id, position: positions[index] ?? 0 }));
        const order = reordered(queue, wishes) ?? [];
        expect([...order].sort()).toEqual(queue.map(({ id }) => id).sort());
        const placeOf = (id: string): number => order.indexOf(id);
        const offered = queue.filter(({ status }) => status === 'notified');
        expect(offered.every(({ id, position }) => placeOf(id) === position - 1)).toBe(true);
        for (const one of wishes)
          for (const other of wishes) expect(placeOf(one.id) < placeOf(other.id)).toBe(one.position < other.position);
        const rest = waiting.filter((entry) => !named.includes(entry));
        for (const one of rest) {
          expect(wishes.every(({ id }) => placeOf(id) < placeOf(one.id))).toBe(true);
          for (const other of rest) expect(placeOf(one.id) < placeOf(other.id)).toBe(one.position < other.position);
        }
      }),
    );
  });

  it('lapses only what was offered, and only what waits', () => {
    fc.assert(
      fc.property(queues, fc.integer({ min: -2, max: 2 }), (queue, ms) => {
        for (const entry of queue) {
          expect(isLapsed(entry, new Date(ms))).toBe(entry.status === 'notified' && ms > 0);
          expect(isLive(entry)).toBe(true);
        }
      }),
    );
  });
});
