import { grouped } from './grouped';

describe('values by their key', () => {
  it('stay in their order, and their keys in that of their first value', () => {
    const groups = grouped([
      ['b', 3],
      ['a', 1],
      ['b', 2],
    ]);
    expect([...groups]).toEqual([
      ['b', [3, 2]],
      ['a', [1]],
    ]);
  });

  it('are none of none', () => {
    expect(grouped([]).size).toBe(0);
  });
});
