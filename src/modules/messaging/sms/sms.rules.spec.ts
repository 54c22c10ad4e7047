import fc from 'fast-check';
import { endOfQuotaDay, usefulUntil, utcDay, whyNotSent, withinNumbers } from './sms.rules';

const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('the day of a quota', () => {
  it('is that of UTC, and ends with it', () => {
    expect(utcDay(new Date('2026-03-02T23:59:59.999Z'))).toBe('2026-03-02');
    expect(utcDay(new Date('2026-03-03T00:00:00Z'))).toBe('2026-03-03');
    expect(endOfQuotaDay('2026-02-28')).toEqual(new Date('2026-03-01T00:00:00Z'));
  });

  it('holds every instant until its end, and none after', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const end = endOfQuotaDay(utcDay(at));
        expect(at < end).toBe(true);
        expect(utcDay(end)).not.toBe(utcDay(at));
        expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});

describe('an SMS', () => {
  const written = new Date('2026-03-02T10:00:00Z');

  it('is of use for a day, or until what it speaks of begins', () => {
    expect(usefulUntil(written, null)).toEqual(new Date('2026-03-03T10:00:00Z'));
    expect(usefulUntil(written, undefined)).toEqual(new Date('2026-03-03T10:00:00Z'));
    expect(usefulUntil(written, new Date('2026-03-02T18:00:00Z'))).toEqual(new Date('2026-03-02T18:00:00Z'));
    expect(usefulUntil(written, new Date('2026-04-01T18:00:00Z'))).toEqual(new Date('2026-03-03T10:00:00Z'));
  });

  it('leaves while it is of use, to a number that wants it', () => {
    const until = new Date('2026-03-02T11:00:00Z');
    const at = (ms: number): Date => new Date(until.getTime() + ms);
    expect(whyNotSent({ isOptedOut: false, usefulUntil: until }, at(-1))).toBeNull();
    expect(whyNotSent({ isOptedOut: false, usefulUntil: until }, at(0))).toBe('outdated');
    expect(whyNotSent({ isOptedOut: true, usefulUntil: until }, at(-1))).toBe('opted_out');
    expect(whyNotSent({ isOptedOut: true, usefulUntil: until }, at(1))).toBe('opted_out');
  });
});

describe('texts and what is left of their numbers', () => {
  it('are parted in those within and those beyond, each in order', () => {
    const texts = ['a1', 'b1', 'a2', 'c1', 'a3'].map((name) => ({ name, phone: name.slice(0, 1) }));
    const left = new Map([
      ['a', 2],
      ['b', 0],
    ]);
    const parts = withinNumbers(texts, left).map((part) => part.map(({ name }) => name));
    expect(parts).toEqual([
      ['a1', 'a2'],
      ['b1', 'c1', 'a3'],
    ]);
  });
});
