import fc from 'fast-check';
import { boundsOf, robustSlope, type Sample, trendOf } from './trend';

const sample = (minute: number, changes: Partial<Sample> = {}): Sample => ({
  minute,
  rssMb: 200,
  heapMb: 90,
  files: 40,
  ...changes,
});
const minutes = Array.from({ length: 200 }, (_, place) => place / 10);
const LONG = boundsOf(20);

describe('the trend of a process', () => {
  it('is the slope of a line, however wild a fifth of its points are', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.array(fc.tuple(fc.nat(39), fc.double({ min: -500, max: 500, noNaN: true })), { maxLength: 9 }),
        (slope, wild) => {
          const points = Array.from({ length: 40 }, (_, x): [number, number] => [x, 100 + slope * x]);
          for (const [place, y] of wild) points[place] = [place, y];
          expect(robustSlope(points)).toBeCloseTo(slope, 6);
        },
      ),
    );
  });

  it('is nothing without two points', () => {
    expect(robustSlope([])).toBe(0);
    expect(robustSlope([[1, 5]])).toBe(0);
  });

  it('is accepted where memory goes up and down around one height, whatever the warm-up took', () => {
    const samples = minutes.map((minute) =>
      sample(minute, { rssMb: minute < 3 ? 100 + minute * 40 : 220 + 15 * Math.sin(minute * 9) }),
    );
    expect(trendOf(samples, LONG).faults).toEqual([]);
  });

  it('is refused where memory grows by a megabyte a minute', () => {
    const growing = (slope: number): string[] =>
      trendOf(
        minutes.map((minute) => sample(minute, { rssMb: 400 + slope * minute + 10 * Math.sin(minute * 9) })),
        LONG,
      ).faults;
    expect(growing(0.5)).toEqual([]);
    expect(growing(1.5)).toEqual([expect.stringMatching(/^grows by 1\.[45]\d MB a minute$/)]);
  });

  it('is refused in a short run only where half as much again is needed, whatever its slope', () => {
    const inAMinute = (slope: number): string[] =>
      trendOf(
        Array.from({ length: 13 }, (_, place) => sample(place / 12, { rssMb: 100 + slope * (place / 12) })),
        boundsOf(1),
      ).faults;
    expect(inAMinute(40)).toEqual([]);
    expect(inAMinute(120)).toEqual([expect.stringMatching(/^grew by \d\d %$/)]);
  });

  it('is refused where files stay open', () => {
    const samples = minutes.map((minute) => sample(minute, { files: 40 + Math.round(minute) }));
    expect(trendOf(samples, LONG).faults).toEqual(['45 files became 58']);
  });

  it('is refused where nothing was seen after the warm-up', () => {
    expect(trendOf([sample(1)], LONG).faults).toContain('no sample after the warm-up');
  });
});
