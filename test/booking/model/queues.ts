import type { Agenda } from './agenda';
import { type Coach, COACHES, type Entry, HOUR, isLive, MINUTE, type Person, refuse, type Session } from './scenery';

const OFFER = 30 * MINUTE;
const LEAD = 5 * MINUTE;
const NEARBY = 12 * HOUR;

/** Who waits for which start: rules §4, by one list in the order of joining. */
export class Queues {
  constructor(private readonly agenda: Agenda) {}

  join(coach: Coach, client: Person, start: number, now: number): Entry {
    if (client === coach) refuse('422 cannot_book_self');
    if (start <= now) refuse('422 slot_in_past');
    const { isOffered, length, places, taken } = this.standing(
      coach,
      start,
      client,
      now,
      COACHES[coach].sessionMin * MINUTE,
    );
    const span = { start, end: start + length };
    if (!isOffered && taken === 0) refuse('422 slot_outside_availability');
    if (this.agenda.isAway(coach, span)) refuse('422 coach_on_time_off');
    const isMine = this.agenda
      .active()
      .some((session) => session.coach === coach && session.client === client && session.start === start);
    if (isMine) refuse('409 already_booked');
    if (taken < places && !this.agenda.isObstructed(coach, span, client, now)) refuse('422 slot_not_full');
    if (this.of(coach, start).some((entry) => entry.client === client)) refuse('409 already_in_waitlist');
    const entry: Entry = { id: '', coach, client, ...span, status: 'waiting', expiresAt: null };
    this.agenda.entries.push(entry);
    return entry;
  }

  leave(entry: Entry, by: Person, now: number): void {
    if ((by !== entry.client && by !== entry.coach) || !isLive(entry)) refuse('404 waitlist_entry_not_found');
    entry.status = 'cancelled';
    this.tend(entry.coach, entry.start, now);
  }

  /** Live entries of a start, by position. */
  of(coach: Coach, start: number): Entry[] {
    return this.agenda.entries.filter((entry) => entry.coach === coach && entry.start === start && isLive(entry));
  }

  openOffer(coach: Coach, start: number, client: Person, now: number): Entry | null {
    const isHis = (entry: Entry): boolean => entry.client === client && entry.status === 'notified';
    return this.of(coach, start).find((entry) => isHis(entry) && now <= (entry.expiresAt ?? 0)) ?? null;
  }

  /** Somebody has a seat: he waits for it no more. */
  seated({ coach, client, start }: Session, now: number): void {
    const entry = this.of(coach, start).find((other) => other.client === client);
    if (!entry) return;
    const isTaken = entry.status === 'notified' && now <= (entry.expiresAt ?? 0);
    if (isTaken) entry.status = 'confirmed';
    else {
      entry.status = entry.status === 'notified' ? 'expired' : 'cancelled';
      this.tend(coach, start, now);
    }
  }

  /** A seat is free; and so may be those around it that the session kept closed, the nearest first. */
  freed(coach: Coach, start: number, now: number): void {
    const distance = (other: number): number => Math.abs(other - start);
    const near = this.startsOf(coach).filter((other) => other > now && distance(other) < NEARBY);
    for (const other of near.sort((a, b) => distance(a) - distance(b))) this.tend(coach, other, now);
  }

  /** The slots under an absence are gone, and nobody waits for them. */
  closed(coach: Coach, from: number, to: number, now: number): void {
    const inside = this.live().filter((entry) => entry.coach === coach && entry.start > now && entry.start < to);
    const starts = new Set(inside.filter(({ end }) => end > from).map(({ start }) => start));
    for (const start of starts) for (const entry of this.of(coach, start)) entry.status = 'cancelled';
  }

  /** Every queue of a coach: his slots changed. */
  tendAll(coach: Coach, now: number): void {
    for (const start of this.startsOf(coach)) if (start > now) this.tend(coach, start, now);
  }

  runJob(now: number): void {
    const sinceOf = ({ status, expiresAt, start }: Entry): number => {
      const lapse = status === 'notified' && (expiresAt ?? Infinity) < now ? (expiresAt ?? Infinity) : Infinity;
      return Math.min(lapse, start <= now ? start : Infinity);
    };
    const due = this.live().filter((entry) => sinceOf(entry) < Infinity);
    due.sort((a, b) => sinceOf(a) - sinceOf(b));
    for (const { coach, start } of due) this.tend(coach, start, now);
    this.tendAll(0, now);
    this.tendAll(1, now);
  }

  /** The one rule of a queue: what lapsed expires, and each free place is offered to the first who waits. */
  tend(coach: Coach, start: number, now: number): void {
    for (const entry of this.of(coach, start))
      if (start <= now || (entry.status === 'notified' && now > (entry.expiresAt ?? 0))) entry.status = 'expired';
    const [first] = this.of(coach, start);
    if (!first || start - now <= LEAD) return;
    const { length, places, taken } = this.standing(coach, start, null, now, first.end - first.start);
    const span = { start, end: start + length };
    if (this.agenda.isAway(coach, span) || this.agenda.isObstructed(coach, span, null, now)) return;
    const waiting = this.of(coach, start).filter(({ status }) => status === 'waiting');
    for (const entry of waiting.slice(0, Math.max(0, places - taken)))
      Object.assign(entry, {
        status: 'notified',
        end: span.end,
        expiresAt: now + Math.min(OFFER, start - now - LEAD),
      });
  }

  private standing(
    coach: Coach,
    start: number,
    client: Person | null,
    now: number,
    formerLength: number,
  ): { isOffered: boolean; length: number; places: number; taken: number } {
    const usual = COACHES[coach].sessionMin * MINUTE;
    const isOffered = this.agenda.slotAt(coach, start, start + usual) !== null;
    const length = this.agenda.lengthAt(coach, start, client, now) ?? (isOffered ? usual : formerLength);
    const places = this.agenda.slotAt(coach, start, start + length) ?? 1;
    return { isOffered, length, places, taken: this.agenda.taken(coach, start, client, now) };
  }

  private live(): Entry[] {
    return this.agenda.entries.filter(isLive);
  }

  private startsOf(coach: Coach): number[] {
    const starts = this.live().flatMap((entry) => (entry.coach === coach ? [entry.start] : []));
    return [...new Set(starts)].sort((a, b) => a - b);
  }
}
