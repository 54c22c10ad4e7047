import fc from 'fast-check';
import { wireInstant } from './instants';

const MINUTE = 60_000;

describe('an instant on the wire', () => {
  it('has milliseconds only where there are any', () => {
    expect(wireInstant(new Date('2026-03-02T09:30:00.000Z'))).toBe('2026-03-02T09:30:00Z');
    expect(wireInstant(new Date('2026-03-02T09:30:00.040Z'))).toBe('2026-03-02T09:30:00.040Z');
    expect(wireInstant(new Date('2026-03-01T23:59:59.999Z'))).toBe('2026-03-01T23:59:59.999Z');
    expect(wireInstant(new Date('1969-12-31T23:59:59Z'))).toBe('1969-12-31T23:59:59Z');
  });

  it('is what the runtime writes, whatever was written before it', () => {
    const close = fc
      .integer({ min: -3_000, max: 3_000 })
      .map((minutes) => new Date(Date.UTC(2026, 2, 1) + minutes * MINUTE));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.date({ noInvalidDate: true }), close), { maxLength: 20 }), (dates) => {
        for (const date of dates) expect(wireInstant(date)).toBe(date.toISOString().replace('.000Z', 'Z'));
      }),
      { numRuns: 500 },
    );
  });

  it('is never made of a date that is none', () => {
    expect(() => wireInstant(new Date(Number.NaN))).toThrow(RangeError);
  });
});
