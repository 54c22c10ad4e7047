import { Temporal } from 'temporal-polyfill';
import { startOfLocalDay } from 'src/common/clock/local-days';
import { LOW_SESSIONS, type MovementKind, type PackageStatus } from './credit.types';

/** How far the last day moves when the coach is why a credit came back too late (rules §5.3). */
export const EXTENSION_DAYS = 30;

/** How many days before the last one the client is told. */
export const WARNING_DAYS = 7;

/** How long a package waits for its money. */
export const UNPAID_DAYS = 60;

/** Where a package stands, as far as its sessions go. */
export interface PackageState {
  status: PackageStatus;
  /** What can be booked. */
  balance: number;
  /** The balance and what is held. */
  remaining: number;
  /** Consumed and not given back. */
  used: number;
  /** Local date, itself included; null = no limit. */
  validUntil: string | null;
  alertSent: boolean;
}

/** A line of the ledger, with the sums after it. */
export interface Step {
  kind: MovementKind;
  delta: number;
  remainingDelta: number;
  after: PackageState;
}

/** What one session of a movement does to the balance, to what remains, and to what is used (rules §5.2). */
const EFFECTS: Readonly<Record<MovementKind, readonly [balance: number, remaining: number, used: number]>> = {
  purchase: [1, 1, 0],
  hold: [-1, 0, 0],
  release: [1, 0, 0],
  consume: [0, -1, 1],
  restore: [1, 1, -1],
  expire: [-1, -1, 0],
  adjust: [1, 1, 0],
};

/** A package before its purchase. */
export function emptyPackage(status: 'active' | 'awaiting_payment', validUntil: string | null): PackageState {
  return { status, balance: 0, remaining: 0, used: 0, validUntil, alertSent: false };
}

/** The movement of so many sessions, or null when the package has not got them. An adjustment may be negative. */
export function step(state: PackageState, kind: MovementKind, sessions = 1): Step | null {
  const [balance, remaining, used] = EFFECTS[kind].map((effect) => effect * sessions) as [number, number, number];
  const after = settled({
    ...state,
    balance: state.balance + balance,
    remaining: state.remaining + remaining,
    used: state.used + used,
  });
  if (after.balance < 0 || after.remaining < after.balance || after.used < 0) return null;
  return { kind, delta: balance, remainingDelta: remaining, after };
}

/** What follows from the sums alone: used up or active again, and whether an alert may come anew. */
function settled(state: PackageState): PackageState {
  const { status, remaining, alertSent } = state;
  const counted = status === 'active' || status === 'exhausted';
  return {
    ...state,
    status: counted ? (remaining === 0 ? 'exhausted' : 'active') : status,
    alertSent: alertSent && remaining <= LOW_SESSIONS,
  };
}

/** A package whose money is there. */
export function activated(state: PackageState): PackageState {
  return settled({ ...state, status: 'active' });
}

/** Whether the last day has passed on this local date. */
export function isPast({ validUntil }: Pick<PackageState, 'validUntil'>, date: string): boolean {
  return validUntil !== null && date > validUntil;
}

/** Whether it can pay for one more session that starts on this local date (rules §1.4). */
export function isUsable(state: PackageState, on: string): boolean {
  return state.status === 'active' && state.balance >= 1 && !isPast(state, on);
}

/** What a series of movements did; the state may differ from that after the last one. */
export interface Outcome {
  steps: Step[];
  state: PackageState;
}

/** Expires what can still be booked; what is held stays until it is decided. */
export function lapse(state: PackageState, into: 'expired' | 'cancelled' = 'expired'): Outcome {
  const expired = { ...state, status: into };
  const gone = state.balance > 0 ? step(expired, 'expire', state.balance) : null;
  return gone ? { steps: [gone], state: gone.after } : { steps: [], state: expired };
}

/**
 * A credit comes back: one that was held, or one that was consumed. Into an expired package it comes in vain, unless the
 * coach is why it came too late: then the package lives on for 30 days (rules §5.3).
 */
export function giveBack(
  state: PackageState,
  kind: 'release' | 'restore',
  { today, causedByCoach }: { today: string; causedByCoach: boolean },
): Outcome {
  const isCounted = state.status === 'active' || state.status === 'exhausted';
  // The daily job may not have come by yet: what it would expire does not come back with this credit.
  const current = isCounted && isPast(state, today) ? lapse(state) : { steps: [], state };
  const back = certain(step(current.state, kind));
  const steps = [...current.steps, back];
  if (back.after.status === 'expired' && causedByCoach) return { steps, state: revived(back.after, today) };
  if (back.after.status !== 'expired' && back.after.status !== 'cancelled') return { steps, state: back.after };
  const gone = lapse(back.after, back.after.status);
  return { steps: [...steps, ...gone.steps], state: gone.state };
}

function revived(state: PackageState, today: string): PackageState {
  return settled({ ...state, status: 'active', validUntil: addDays(today, EXTENSION_DAYS) });
}

/** What is to be told after a session was consumed, and the state that remembers it (rules §5.3). */
export function alertAfterConsume(state: PackageState): { alert: 'low' | 'exhausted' | null; state: PackageState } {
  if (state.remaining === 0) return { alert: 'exhausted', state };
  if (state.remaining > LOW_SESSIONS || state.alertSent) return { alert: null, state };
  return { alert: 'low', state: { ...state, alertSent: true } };
}

/** A movement that the ledger must allow: if it does not, somebody asked for what never happened. */
export function certain(movement: Step | null): Step {
  if (!movement) throw new Error('a movement that the ledger of its package does not allow');
  return movement;
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The same day of a later month, or the last one of a shorter month. */
export function addMonths(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** When a local date begins. */
export function startOf(date: string, zone: string): Date {
  return startOfLocalDay(Temporal.PlainDate.from(date), zone);
}
