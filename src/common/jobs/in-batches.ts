/** So few rows that no statement holds locks for long, or runs into its time limit. */
const BATCH = 1_000;

/**
 * Does away with whatever is too old, batch after batch, until one is not full.
 *
 * @param remove takes away at most `limit` rows and answers how many went
 * @returns how many rows went in all
 */
export async function inBatches(remove: (limit: number) => Promise<number>): Promise<number> {
  let gone = 0;
  for (;;) {
    const removed = await remove(BATCH);
    gone += removed;
    if (removed < BATCH) return gone;
  }
}
