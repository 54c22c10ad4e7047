import fc from 'fast-check';
import { rangeOf } from './byte-range.rules';

describe('the part of a file that a player asks for', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-1', { start: 0, end: 1 }],
    ['bytes=40-59', { start: 40, end: 59 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['Bytes=99-99', { start: 99, end: 99 }],
  ])('of 100 bytes is for %s', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });

  it.each([undefined, '', 'bytes=-', 'bytes=100-', 'bytes=5-4', 'bytes=-0', 'bytes=0-1,4-5', 'items=0-1', 'bytes=a-b'])(
    'is the whole for %j',
    (header) => {
      expect(rangeOf(header, 100)).toBeNull();
    },
  );

  it('always lies within the file', () => {
    const bound = fc.oneof(fc.constant(''), fc.nat().map(String), fc.nat({ max: 200 }).map(String));
    fc.assert(
      fc.property(bound, bound, fc.nat({ max: 200 }), (from, until, size) => {
        const range = rangeOf(`bytes=${from}-${until}`, size);
        if (range === null) return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });
});
