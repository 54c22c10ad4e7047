import fc from 'fast-check';
import { editableUntil, isTooFarAhead, orderAt, volumeOf } from './session.rules';

const set = (setsCount: number, reps: number | null, weightKg: number | null) => ({ setsCount, reps, weightKg });

describe('the volume of a session', () => {
  it('is the sum of sets × repetitions × weight', () => {
    expect(volumeOf([set(3, 10, 60), set(1, 8, 62.5)])).toBe(2_300);
    expect(volumeOf([])).toBe(0);
  });

  it('counts nothing where repetitions or weight are not known, or the weight is that of the body', () => {
    expect(volumeOf([set(3, null, 60), set(3, 10, null), set(3, 10, 0), set(3, 0, 60)])).toBe(0);
  });

  it('does not drift: a tenth and two tenths are three', () => {
    expect(volumeOf([set(1, 1, 0.1), set(1, 1, 0.2)])).toBe(0.3);
    expect(volumeOf([set(7, 3, 1.15), set(20, 9_999, 9_999)])).toBe(1_999_600_044.15);
  });

  it('is exact to the hundredth for whatever may be sent', () => {
    const sets = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 9_999 }), fc.nat({ max: 999_900 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(sets, (drawn) => {
        const exact = drawn.reduce(
          (sum, [count, reps, cents]) => sum + BigInt(count) * BigInt(reps) * BigInt(cents),
          0n,
        );
        const volume = volumeOf(drawn.map(([count, reps, cents]) => set(count, reps, cents / 100)));
        const [whole = '', part = ''] = String(volume).split('.');
        expect(BigInt(whole + part.padEnd(2, '0'))).toBe(exact);
      }),
    );
  });
});

describe('the times of a session', () => {
  const at = new Date('2026-03-02T09:30:00.500Z');

  it('leave its author 48 hours from writing it', () => {
    expect(editableUntil(at)).toEqual(new Date('2026-03-04T09:30:00.500Z'));
  });

  it('let it be 24 hours ahead and no millisecond more', () => {
    expect(isTooFarAhead(new Date('2026-03-03T09:30:00.500Z'), at)).toBe(false);
    expect(isTooFarAhead(new Date('2026-03-03T09:30:00.501Z'), at)).toBe(true);
  });
});

describe('a set without an order', () => {
  it('counts as its place in the list, as far as orders go', () => {
    expect([1, 49, 50, 51, 200].map(orderAt)).toEqual([1, 49, 50, 50, 50]);
  });
});
