import { bmiOf, isTooFarAhead } from './scale.rules';

describe('the body mass index', () => {
  it.each([
    [70, 175, 22.86],
    [82.5, 180, 25.46],
    [0.01, 300, 0],
    [250, 160, 97.66],
  ])('of %d kg and %d cm is %d', (weightKg, heightCm, bmi) => {
    expect(bmiOf(weightKg, heightCm)).toBe(bmi);
  });

  it('rounds a half up, as it is written', () => {
    // 45.125 exactly.
    expect(bmiOf(180.5, 200)).toBe(45.13);
  });

  it('is not told without a height, or where no body can have it', () => {
    expect(bmiOf(70, null)).toBeNull();
    expect(bmiOf(70, 0)).toBeNull();
    expect(bmiOf(25, 50)).toBe(100);
    expect(bmiOf(25.01, 50)).toBeNull();
  });
});

describe('a measurement', () => {
  it('may be five minutes ahead and no millisecond more', () => {
    const now = new Date('2026-03-02T09:00:00Z');
    expect(isTooFarAhead(new Date('2026-03-02T09:05:00Z'), now)).toBe(false);
    expect(isTooFarAhead(new Date('2026-03-02T09:05:00.001Z'), now)).toBe(true);
  });
});
