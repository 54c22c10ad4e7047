import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';

/** What the model of the booking engine knows: people by number, instants in epoch milliseconds, times in minutes. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Monday. */
export const BEGIN = Date.parse('2026-03-02T06:00:00Z');

interface CoachTerms {
  /** IANA, without summer time, so that the model needs no rules of zones. */
  timezone: string;
  eastMin: number;
  opensMin: number;
  closesMin: number;
  sessionMin: number;
  bufferMin: number;
  noticeHours: number;
  horizonDays: number;
  singlePrice: number;
  discoveryPrice: number;
  discoveryMin: number;
}

/** Both work from 18:00 to 22:00 UTC, so they can meet; at the first one that is the morning of the next day. */
export const COACHES: readonly [CoachTerms, CoachTerms] = [
  {
    timezone: 'Pacific/Kiritimati',
    eastMin: 14 * 60,
    opensMin: 8 * 60,
    closesMin: 12 * 60,
    sessionMin: 60,
    bufferMin: 0,
    noticeHours: 0,
    horizonDays: 3,
    singlePrice: 5_000,
    discoveryPrice: 1_500,
    discoveryMin: 30,
  },
  {
    timezone: 'UTC',
    eastMin: 0,
    opensMin: 18 * 60,
    closesMin: 22 * 60,
    sessionMin: 60,
    bufferMin: 30,
    noticeHours: 2,
    horizonDays: 30,
    singlePrice: 4_000,
    discoveryPrice: 0,
    discoveryMin: 60,
  },
];

/** The two coaches and three others; a coach may be a client of the other one. */
export const PEOPLE = 5;

export type Coach = 0 | 1;
export type Person = number;
export type Wish = 'any' | 'per_session' | 'package' | 'discovery' | 'named';

/** Who knows whom from the beginning. */
export const FRIENDS: readonly [Coach, Person][] = [
  [0, 2],
  [0, 3],
  [1, 2],
];

export interface Policy {
  threshold: number;
  mode: 'auto' | 'manual';
  isNoshowDue: boolean;
}

export interface Pack {
  id: string;
  coach: Coach;
  client: Person;
  /** In the order of purchase. */
  boughtAt: number;
  balance: number;
  remaining: number;
  used: number;
  status: 'active' | 'exhausted' | 'expired';
  validUntil: string | null;
}

export interface Session {
  id: string;
  coach: Coach;
  client: Person;
  start: number;
  end: number;
  status: BookingStatus;
  pricing: 'per_session' | 'package' | 'discovery';
  pack: Pack | null;
  price: number | null;
  policy: Policy;
  expiresAt: number | null;
  freeExit: number | null;
  isDeducted: boolean;
  penalty: { at: number; isApplied: boolean; isWaived: boolean } | null;
  doneAt: number | null;
  isDoneByJob: boolean;
  payment: { status: 'pending' | 'late' | 'paid'; dueAt: number | null } | null;
  /** Of a discovery that waits for the coach: how the two stood before; undefined = there is no request that waits. */
  standingBefore: RelationStatus | null | undefined;
}

export interface Entry {
  id: string;
  coach: Coach;
  client: Person;
  start: number;
  end: number;
  status: 'waiting' | 'notified' | 'confirmed' | 'expired' | 'cancelled';
  expiresAt: number | null;
}

export interface Absence {
  id: string;
  coach: Coach;
  start: number;
  end: number;
}

/** A refusal of the model: the status and the code that the product must answer. */
export class Refusal extends Error {}

export function refuse(answer: string): never {
  throw new Refusal(answer);
}

export function isActive({ status }: Session): boolean {
  return status === 'pending_coach_validation' || status === 'confirmed';
}

export function isLive({ status }: Entry): boolean {
  return status === 'waiting' || status === 'notified';
}

/** The date (`YYYY-MM-DD`) of an instant where the coach is. */
export function dayOf(coach: Coach, at: number): string {
  return new Date(at + COACHES[coach].eastMin * MINUTE).toISOString().slice(0, 10);
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** 0 = Monday. */
export function weekdayOf(coach: Coach, at: number): number {
  return (new Date(at + COACHES[coach].eastMin * MINUTE).getUTCDay() + 6) % 7;
}
