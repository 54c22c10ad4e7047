/**
 * Works off what is due, batch after batch, each row in a transaction of its own. It ends with the first batch that
 * changes nothing: nothing is left then, or what is left is being worked off by another process.
 *
 * @param act answers how many rows it changed, or whether it did
 * @returns how many rows changed
 */
export async function workOff<T>(
  nextBatch: () => Promise<readonly T[]>,
  act: (due: T) => Promise<number | boolean>,
): Promise<number> {
  let changed = 0;
  for (;;) {
    const before = changed;
    for (const due of await nextBatch()) changed += Number(await act(due));
    if (changed === before) return changed;
  }
}
