import { createHash } from 'node:crypto';

/** A session as one of its people has it in the own calendar. */
export interface CalendarEvent {
  id: string;
  bookingId: string;
  title: string;
  location: string | null;
  startsAt: Date;
  endsAt: Date;
  /** IANA name: where the session is kept, whatever zone the reader is in. */
  timezone: string;
}

interface Party {
  userId: string;
  firstName: string;
  locale: string;
}

interface Session {
  bookingId: string;
  client: Party;
  coach: Party;
  coachTimezone: string;
  gymName: string | null;
  startsAt: Date;
  endsAt: Date;
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
}

/**
 * The id of a session in the calendar of one person: the same whenever it is asked for, so that nothing has to be kept
 * and what is written twice is there once. Hexadecimal digits are base32hex digits, as Google wants them.
 */
export function eventIdOf(bookingId: string, userId: string): string {
  return createHash('sha256').update(`${bookingId} ${userId}`).digest('hex');
}

/** What takes place, or took place, is in a calendar. What is not confirmed yet, or no longer, is not. */
export function isInCalendar(session: Pick<Session, 'status'> | null): boolean {
  return session?.status === 'CONFIRMED';
}

/** The other party of a session: one's own name is no news. */
export function otherParty<P extends Party>(session: { client: P; coach: P }, as: 'client' | 'coach'): P {
  return as === 'coach' ? session.client : session.coach;
}

/** On which side of a session somebody stands; null = he is not one of its two. */
export function partOf(session: Pick<Session, 'client' | 'coach'>, userId: string): 'client' | 'coach' | null {
  if (session.client.userId === userId) return 'client';
  return session.coach.userId === userId ? 'coach' : null;
}

/** @param title in the reader's language */
export function eventOf(session: Session, userId: string, title: string): CalendarEvent {
  const { bookingId, gymName, startsAt, endsAt, coachTimezone: timezone } = session;
  return { id: eventIdOf(bookingId, userId), bookingId, title, location: gymName, startsAt, endsAt, timezone };
}

/** Whether both would be written alike. */
export function isSameInCalendar(one: Session | null, other: Session | null): boolean {
  return printOf(one) === printOf(other);
}

function printOf(session: Session | null): string {
  return session && isInCalendar(session) ? JSON.stringify(session) : 'none';
}
