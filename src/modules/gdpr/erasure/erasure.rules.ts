import { DAY_MS } from 'src/common/clock/durations';

/** How long a person may think better of it (rules §17.2). */
const GRACE_DAYS = 30;

/** The account itself: without it nobody could tell whose the rest was, so it goes last. */
const ACCOUNT = /^auth(\.|$)/;
/** What waits in queues and may still speak of the person goes before the others write jobs of their own. */
const QUEUES = /^system(\.|$)/;

export function effectiveAt(requestedAt: Date): Date {
  return new Date(requestedAt.getTime() + GRACE_DAYS * DAY_MS);
}

/** Whether an erasure may be taken back: before its date, to the millisecond, and while nothing is done yet. */
export function canReturn(request: { effectiveAt: Date; startedAt: Date | null }, now: Date): boolean {
  return request.startedAt === null && now.getTime() < request.effectiveAt.getTime();
}

/** The order in which parts are erased, the same in every process: queues, then everything by name, the account last. */
export function erasureOrder<T extends { name: string }>(parts: readonly T[]): T[] {
  const rank = ({ name }: T): number => (QUEUES.test(name) ? 0 : ACCOUNT.test(name) ? 2 : 1);
  return [...parts].sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}
