import { inBatches } from './in-batches';

describe('what is there to be done', () => {
  it.each([
    [0, [0]],
    [999, [999]],
    [1_000, [1_000, 0]],
    [2_500, [1_000, 1_000, 500]],
  ])('is done in batches until nothing is left: %i rows', async (rows, batches) => {
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

  it('is passed over the next time where it stays, in batches as large as they are asked for', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'];
    const seen: string[][] = [];
    const look = (limit: number, done: number): Promise<number> => {
      const batch = rows.slice(done, done + limit);
      seen.push(batch);
      return Promise.resolve(batch.length);
    };
    expect(await inBatches(look, 2)).toBe(5);
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });
});
