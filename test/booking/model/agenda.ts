import {
  type Absence,
  type Coach,
  COACHES,
  DAY,
  type Entry,
  HOUR,
  isActive,
  MINUTE,
  type Person,
  refuse,
  type Session,
  weekdayOf,
} from './scenery';

/** Who is where: rules §1.3 in plain loops over everything there is. */

interface Wanted {
  coach: Coach;
  client: Person;
  start: number;
  end: number;
  now: number;
  actor: 'client' | 'coach' | 'holder';
  /** A booking that is being moved. */
  without?: Session;
}

interface Span {
  start: number;
  end: number;
}

const touches = (one: Span, other: Span, gap = 0): boolean =>
  one.start < other.end + gap && other.start < one.end + gap;

export class Agenda {
  readonly sessions: Session[] = [];
  readonly entries: Entry[] = [];
  readonly absences: Absence[] = [];
  /** Places of each weekday, for each coach. */
  readonly places: [number[], number[]] = [Array<number>(7).fill(1), Array<number>(7).fill(1)];

  /** Places of the slot of that start, or null when the coach offers none that holds the session. */
  slotAt(coach: Coach, start: number, end: number): number | null {
    const { eastMin, opensMin, closesMin, sessionMin, bufferMin } = COACHES[coach];
    const minute = (start / MINUTE + eastMin) % (DAY / MINUTE);
    const isOnGrid = minute >= opensMin && (minute - opensMin) % (sessionMin + bufferMin) === 0;
    const fits = minute + (end - start) / MINUTE <= closesMin;
    return isOnGrid && fits ? (this.places[coach][weekdayOf(coach, start)] ?? null) : null;
  }

  isAway(coach: Coach, span: Span): boolean {
    return this.absences.some((absence) => absence.coach === coach && touches(absence, span));
  }

  /** Check 10: what else the coach does then. What is kept for somebody at this very start is no other session to him. */
  isObstructed(coach: Coach, span: Span, client: Person | null, now: number, without?: Session): boolean {
    const { bufferMin } = COACHES[coach];
    const isElsewhere = this.active(without).some((session) => session.client === coach && touches(session, span));
    const isClosed = this.occupied(coach, without).some((other) =>
      other.start === span.start
        ? other.end !== span.end && !isKeptFor(other, client, now)
        : touches(other, span, bufferMin * MINUTE),
    );
    return isElsewhere || isClosed;
  }

  /** Active bookings and offers to others at a start. */
  taken(coach: Coach, start: number, client: Person | null, now: number, without?: Session): number {
    return this.at(coach, start, client, now, without).length;
  }

  /** How long the session is that people sit in at a start, or null when nobody does. */
  lengthAt(coach: Coach, start: number, client: Person | null, now: number): number | null {
    const [first] = this.at(coach, start, client, now);
    return first ? first.end - first.start : null;
  }

  /** Checks 3 to 11; answers the places of the slot. @throws Refusal */
  decide(wanted: Wanted): number {
    const { coach, client, start, end, now, actor, without } = wanted;
    const { noticeHours, horizonDays } = COACHES[coach];
    if (start <= now) refuse('422 slot_in_past');
    const slot = this.slotAt(coach, start, end);
    if (actor === 'client') {
      if (slot === null) refuse('422 slot_outside_availability');
      if (start < now + noticeHours * HOUR) refuse('422 notice_too_short');
      if (start > now + horizonDays * DAY) refuse('422 beyond_booking_horizon');
    }
    if (this.isAway(coach, wanted)) refuse('422 coach_on_time_off');
    const own = this.active(without).filter((session) => session.client === client);
    if (own.some((session) => session.coach === coach && session.start === start)) refuse('409 duplicate_booking');
    const coached = this.occupied(client, without);
    if ([...own, ...coached].some((other) => touches(other, wanted))) refuse('409 client_busy');
    if (this.isObstructed(coach, wanted, client, now, without)) refuse('409 slot_unavailable');
    const places = slot ?? 1;
    const taken = this.taken(coach, start, client, now, without);
    if (actor !== 'holder' && taken >= places) refuse('409 slot_unavailable');
    return places;
  }

  active(without?: Session): Session[] {
    return this.sessions.filter((session) => session !== without && isActive(session));
  }

  private at(coach: Coach, start: number, client: Person | null, now: number, without?: Session): (Session | Entry)[] {
    return this.occupied(coach, without).filter((it) => it.start === start && !isKeptFor(it, client, now));
  }

  /** Active bookings and open offers of somebody who coaches. */
  private occupied(coach: Person, without?: Session): (Session | Entry)[] {
    const offers = this.entries.filter((entry) => entry.coach === coach && entry.status === 'notified');
    return [...this.active(without).filter((session) => session.coach === coach), ...offers];
  }
}

/** An offer is no obstacle to its holder while he may take it. */
function isKeptFor(it: Session | Entry, client: Person | null, now: number): boolean {
  return it.status === 'notified' && it.client === client && (it.expiresAt ?? 0) >= now;
}
