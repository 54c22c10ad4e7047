import { batches } from './batches';

describe('a long list in batches', () => {
  const list = (length: number): { all: number[]; asked: (number | null)[] } => ({
    all: Array.from({ length }, (_, at) => at + 1),
    asked: [],
  });
  const after =
    ({ all, asked }: ReturnType<typeof list>) =>
    (last: number | null): Promise<number[]> => {
      asked.push(last);
      return Promise.resolve(all.filter((one) => one > (last ?? 0)).slice(0, 3));
    };
  const gather = async (found: AsyncGenerator<readonly number[]>): Promise<(readonly number[])[]> => {
    const gathered: (readonly number[])[] = [];
    for await (const batch of found) gathered.push(batch);
    return gathered;
  };

  it.each([
    [0, [], [null]],
    [2, [[1, 2]], [null]],
    [3, [[1, 2, 3]], [null, 3]],
    [7, [[1, 2, 3], [4, 5, 6], [7]], [null, 3, 6]],
  ])('is whole, and asked for no further than its end: %i rows', async (length, expected, asked) => {
    const rows = list(length);
    expect(await gather(batches(3, after(rows)))).toEqual(expected);
    expect(rows.asked).toEqual(asked);
  });

  it('goes on from a beginning that was asked for before', async () => {
    const rows = list(5);
    expect(await gather(batches(3, after(rows), [1, 2, 3]))).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(rows.asked).toEqual([3]);
  });

  it('is not asked for where its beginning is empty', async () => {
    const rows = list(5);
    expect(await gather(batches(3, after(rows), []))).toEqual([]);
    expect(rows.asked).toEqual([]);
  });
});
