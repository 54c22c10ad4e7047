/** So few rows that no statement holds locks for long, or runs into its time limit. */
const BATCH = 1_000;

/**
 * Does something to whatever is there for it, batch after batch, until one is not full.
 *
 * @param act deals with at most `limit` rows, and answers with how many it did; `done` of them came before, which who
 *   leaves them where they are has to pass over
 * @returns how many rows it dealt with in all
 */
export async function inBatches(
  act: (limit: number, done: number) => Promise<number>,
  batch: number = BATCH,
): Promise<number> {
  let done = 0;
  for (;;) {
    const more = await act(batch, done);
    done += more;
    if (more < batch) return done;
  }
}
