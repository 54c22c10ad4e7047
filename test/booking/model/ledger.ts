import { type Coach, DAY, dayOf, daysAfter, isActive, type Pack, type Person, refuse, type Session } from './scenery';

/** Packages and payments as rules §5 tell of them, in sums alone. */

const PAYMENT_DAYS = 14;

/** What pays by packages (rules §1.4), or null when none can. */
export function usablePack(packs: readonly Pack[], coach: Coach, client: Person, start: number): Pack | null {
  const on = dayOf(coach, start);
  const usable = packs.filter((pack) => pack.coach === coach && pack.client === client && isUsable(pack, on));
  const rank = ({ validUntil }: Pack): string => validUntil ?? '9999-12-31';
  usable.sort((a, b) => rank(a).localeCompare(rank(b)) || a.boughtAt - b.boughtAt || (a.id < b.id ? -1 : 1));
  return usable[0] ?? null;
}

/** @throws Refusal */
export function namedPack(pack: Pack, coach: Coach, client: Person, start: number): Pack {
  const on = dayOf(coach, start);
  if (pack.coach !== coach || pack.client !== client) refuse('404 package_not_found');
  if (pack.status === 'expired' || isPast(pack, on)) refuse('422 package_expired');
  if (!isUsable(pack, on)) refuse('402 no_credits_available');
  return pack;
}

function isUsable(pack: Pack, on: string): boolean {
  return pack.status === 'active' && pack.balance > 0 && !isPast(pack, on);
}

export function isPast({ validUntil }: Pack, day: string): boolean {
  return validUntil !== null && day > validUntil;
}

/** The session counts: one of the package is used, or its price is due. */
export function take(session: Session, now: number): void {
  const { pack, price } = session;
  if (pack) {
    pack.remaining -= 1;
    pack.used += 1;
    if (pack.status === 'active' && pack.remaining === 0) pack.status = 'exhausted';
    session.isDeducted = true;
  } else if (price !== null && price > 0 && session.payment === null) {
    session.payment = { status: 'pending', dueAt: now + PAYMENT_DAYS * DAY };
  }
}

/** Nothing of it is due: what was held or used can be booked again, what was asked for is not owed. */
export function giveBack(session: Session, now: number, isCausedByCoach: boolean): void {
  const { pack } = session;
  if (!pack) {
    if (session.payment?.status !== 'paid') session.payment = null;
    return;
  }
  const today = dayOf(pack.coach, now);
  if (pack.status !== 'expired' && isPast(pack, today)) expire(pack);
  pack.balance += 1;
  if (session.isDeducted) {
    pack.remaining += 1;
    pack.used -= 1;
    session.isDeducted = false;
  }
  if (pack.status !== 'expired') pack.status = 'active';
  else if (isCausedByCoach) {
    pack.status = 'active';
    pack.validUntil = daysAfter(today, 30);
  } else expire(pack);
}

export function expire(pack: Pack): void {
  pack.remaining -= pack.balance;
  pack.balance = 0;
  pack.status = 'expired';
}

/** Rules §5.2: as many open holds as active bookings and undecided penalties that packages pay for. */
export function holdsOf(sessions: readonly Session[], pack: Pack): number {
  const isHeld = (session: Session): boolean =>
    isActive(session) || (session.penalty !== null && !session.penalty.isApplied && !session.penalty.isWaived);
  return sessions.filter((session) => session.pack === pack && isHeld(session)).length;
}
