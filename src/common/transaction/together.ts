import { isAborted } from './sql-state';

type Answers<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Waits for reads and writes of one transaction that need nothing of one another's answers: the calls are made one after
 * another, and the connection sends them in that order without waiting between them (ADR 0053). The database runs them in
 * that order too, each seeing what those before it wrote and the locks that they took.
 *
 * What fails is thrown when all are answered, so that nothing is on its way when the transaction ends: the first failure
 * that is not merely the echo of another. A call that is not made, `condition && call`, answers what it is.
 */
export async function together<T extends readonly unknown[]>(...calls: T): Promise<Answers<T>> {
  const settled = await Promise.allSettled(calls);
  const failures = settled.flatMap((answer): unknown[] => (answer.status === 'rejected' ? [answer.reason] : []));
  if (failures.length > 0) throw failures.find((failure) => !isAborted(failure)) ?? failures[0];
  return settled.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as Answers<T>;
}
