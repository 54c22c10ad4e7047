import { inBatches } from './in-batches';

describe('what is too old', () => {
  it.each([
    [0, [0]],
    [999, [999]],
    [1_000, [1_000, 0]],
    [2_500, [1_000, 1_000, 500]],
  ])('goes in batches until nothing is left: %i rows', async (rows, batches) => {
    const gone: number[] = [];
    let left = rows;
    const remove = (limit: number): Promise<number> => {
      const removed = Math.min(limit, left);
      left -= removed;
      gone.push(removed);
      return Promise.resolve(removed);
    };
    expect(await inBatches(remove)).toBe(rows);
    expect(gone).toEqual(batches);
  });
});
