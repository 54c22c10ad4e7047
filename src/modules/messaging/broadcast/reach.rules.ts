import type { UserStatus } from 'src/common/auth/principal';

/** Somebody whom a coach wants to write to. */
export interface Addressee {
  /** users.id. */
  clientId: string;
  /** The session that the message speaks of. */
  session: Date | null;
  /** Whether the coach may use his number (rules §6.3). */
  mayBeTexted: boolean;
}

/** Whether an SMS reaches somebody; `gone` is who does not use the product any more, or is kept from it. */
export type Reach = 'reachable' | 'no_phone' | 'opted_out' | 'gone';

interface Reached {
  status: UserStatus;
  phone: string | null;
}

/** Accounts that people use. */
const IN_USE: readonly UserStatus[] = ['unverified', 'active'];

/** @param person null where there is no such account */
export function reachOf(
  person: Reached | null,
  { mayBeTexted }: Pick<Addressee, 'mayBeTexted'>,
  optedOut: ReadonlySet<string>,
): Reach {
  if (!person || !IN_USE.includes(person.status)) return 'gone';
  if (person.phone === null || !mayBeTexted) return 'no_phone';
  return optedOut.has(person.phone) ? 'opted_out' : 'reachable';
}

/** Whose session comes first; then those without one. The same order every time: what is left of a day may not do. */
export function bySession(one: Addressee, other: Addressee): number {
  const start = ({ session }: Addressee): number => session?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return start(one) - start(other) || (one.clientId < other.clientId ? -1 : 1);
}
