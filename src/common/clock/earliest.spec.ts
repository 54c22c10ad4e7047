import { earliest } from './earliest';

describe('the earliest of some moments', () => {
  const [early, late] = [new Date('2026-03-02T06:00:00Z'), new Date('2026-03-02T06:00:01Z')];

  it.each<[Date | null, (Date | null)[]]>([
    [null, []],
    [null, [null, null]],
    [late, [null, late]],
    [early, [late, null, early]],
    [early, [early, late]],
  ])('is %s of %j', (first, moments) => {
    expect(earliest(...moments)).toEqual(first);
  });
});
