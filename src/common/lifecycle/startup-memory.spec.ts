import { giveBackStartupMemory } from './startup-memory';

const used = (): number => process.memoryUsage().heapUsed;

/** Answers how much was in use while it was needed. */
function leaveBehind(): number {
  const leftovers = Array.from({ length: 500_000 }, (_, place) => ({ place }));
  return used() + leftovers.length * 0;
}

describe('what starting up took', () => {
  it('is given back, and nobody can ask for it again', () => {
    // What files before this one have left in the process is no part of it.
    giveBackStartupMemory();
    const before = used();
    const full = leaveBehind();
    expect(full - before).toBeGreaterThan(10_000_000);
    giveBackStartupMemory();
    expect(used()).toBeLessThan(before + (full - before) / 4);
    expect(globalThis.gc).toBeUndefined();
  });
});
