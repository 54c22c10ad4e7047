/**
 * A long list, batch after batch, each asked for from the last row of the one before, so that no process ever holds all
 * of it. The list ends with the first batch that is not full.
 *
 * @param next at most `size` rows after that one, or from the beginning
 * @param first the beginning, where it was asked for before
 */
export async function* batches<T>(
  size: number,
  next: (last: T | null) => Promise<readonly T[]>,
  first?: readonly T[],
): AsyncGenerator<readonly T[]> {
  let batch = first ?? (await next(null));
  while (batch.length > 0) {
    yield batch;
    const last = batch.length < size ? undefined : batch.at(-1);
    batch = last === undefined ? [] : await next(last);
  }
}
