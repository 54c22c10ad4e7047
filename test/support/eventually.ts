import { setTimeout as pause } from 'node:timers/promises';

const STEP_MS = 20;

/** Asks until the answer is the one waited for, and fails with the last answer when it does not come in time. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  accepts: (answer: T) => boolean,
  { withinMs = 10_000, stepMs = STEP_MS }: { withinMs?: number; stepMs?: number } = {},
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (accepts(answer)) return answer;
    if (performance.now() > end)
      throw new Error(`not within ${String(withinMs)} ms; the last answer was ${JSON.stringify(answer)}`);
    await pause(stepMs);
  }
}

/** Lets real time pass where it is the time itself that is tested: a window that ends, a silence that is long enough. */
export async function realTime(ms: number): Promise<void> {
  await pause(ms);
}
