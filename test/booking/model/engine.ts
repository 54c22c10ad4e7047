import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { Agenda } from './agenda';
import { expire, giveBack, isPast, namedPack, take, usablePack } from './ledger';
import { Queues } from './queues';
import {
  BEGIN,
  type Coach,
  COACHES,
  DAY,
  dayOf,
  type Entry,
  FRIENDS,
  HOUR,
  isActive,
  MINUTE,
  type Pack,
  type Person,
  type Policy,
  refuse,
  type Session,
  type Wish,
} from './scenery';

const MOST_PENDING = 5;

interface Order {
  by: Person;
  coach: Coach;
  client: Person;
  start: number;
  wish: Wish;
  pack?: Pack;
  minutes?: number;
}

type End = 'cancelled_by_client' | 'cancelled_late_by_client' | 'cancelled_by_coach' | 'cancelled_by_coach_late';

/**
 * The booking engine once more, from the words of the rules and as simple as can be: lists in memory and no database.
 * Every act answers what it made, or throws the refusal that the product must answer.
 */
export class Engine {
  now = BEGIN;
  readonly agenda = new Agenda();
  readonly queues = new Queues(this.agenda);
  readonly packs: Pack[] = [];
  readonly policies: [Policy, Policy];
  /** By `coach client`. */
  readonly relations = new Map<string, RelationStatus>();
  private readonly paidPairs = new Set<string>();

  constructor() {
    const usual = { threshold: 24, isNoshowDue: true } as const;
    this.policies = [
      { ...usual, mode: 'manual' },
      { ...usual, mode: 'auto' },
    ];
    for (const [coach, client] of FRIENDS) this.relations.set(pairOf({ coach, client }), 'active');
  }

  get sessions(): Session[] {
    return this.agenda.sessions;
  }

  book(order: Order): Session {
    const { by, coach, client, start } = order;
    if (client === coach) refuse('422 cannot_book_self');
    const isClient = by === client;
    if (!isClient && !this.isClientOf(coach, client)) refuse('404 client_not_found');
    const { offer, end } = this.lengthOf(order, isClient);
    const actor = offer ? 'holder' : isClient ? 'client' : 'coach';
    this.agenda.decide({ coach, client, start, end, now: this.now, actor });
    const payment = this.payment(order);
    const pending = this.ofPair(coach, client).filter(({ status }) => status === 'pending_coach_validation');
    if (isClient && !offer && pending.length >= MOST_PENDING) refuse('422 too_many_pending');
    const isAsked = isClient && !offer;
    const session: Session = {
      id: '',
      coach,
      client,
      start,
      end,
      status: isAsked ? 'pending_coach_validation' : 'confirmed',
      ...payment,
      policy: this.policies[coach],
      expiresAt: isAsked ? Math.min(this.now + 24 * HOUR, start) : null,
      freeExit: isClient ? null : this.now + 24 * HOUR,
      isDeducted: false,
      penalty: null,
      doneAt: null,
      isDoneByJob: false,
      payment: null,
      standingBefore: undefined,
    };
    if (session.pack) session.pack.balance -= 1;
    if (session.pricing === 'discovery' && isAsked) {
      session.standingBefore = this.relation(coach, client);
      if (session.standingBefore === null) this.relate(session, 'pending');
    }
    this.sessions.push(session);
    if (!isAsked) this.becomeClient(session);
    this.queues.seated(session, this.now);
    return session;
  }

  confirm(session: Session, by: Person): void {
    this.asCoach(session, by);
    if (this.lapse(session)) refuse('422 booking_expired');
    if (session.status !== 'pending_coach_validation') refuse('422 invalid_transition');
    if (this.agenda.isAway(session.coach, session)) refuse('422 coach_on_time_off');
    session.status = 'confirmed';
    session.standingBefore = undefined;
    this.becomeClient(session);
  }

  reject(session: Session, by: Person): void {
    this.asCoach(session, by);
    if (this.lapse(session)) refuse('422 booking_expired');
    if (session.status !== 'pending_coach_validation') refuse('422 invalid_transition');
    this.end(session, 'rejected', true);
  }

  cancel(session: Session, by: Person): void {
    const isClient = this.partOf(session, by) === 'client';
    if (!isActive(session) || this.now >= session.start) refuse('422 invalid_transition');
    const isLate = this.isLate(session, isClient);
    const status: End = `cancelled_${isLate && isClient ? 'late_' : ''}by_${isClient ? 'client' : 'coach'}${
      isLate && !isClient ? '_late' : ''
    }` as End;
    if (status === 'cancelled_late_by_client') this.penalise(session);
    this.end(session, status, !isClient);
  }

  move(session: Session, by: Person, start: number): Session {
    const isClient = this.partOf(session, by) === 'client';
    const { coach, client, pack } = session;
    const isPending = session.status === 'pending_coach_validation';
    const isLost = isPending && this.now >= (session.expiresAt ?? Infinity);
    if (!isActive(session) || this.now >= session.start || isLost) refuse('422 invalid_transition');
    if (isClient && this.isLate(session, true)) refuse('422 too_late_to_reschedule');
    if (start === session.start) refuse('409 duplicate_booking');
    const end = start + session.end - session.start;
    const actor = isClient ? 'client' : 'coach';
    this.agenda.decide({ coach, client, start, end, now: this.now, actor, without: session });
    if (isClient && pack && isPast(pack, dayOf(coach, start))) refuse('422 package_expired');
    const successor: Session = {
      ...session,
      id: '',
      start,
      end,
      status: isClient ? 'pending_coach_validation' : 'confirmed',
      expiresAt: isClient ? Math.min(this.now + 24 * HOUR, start) : null,
      freeExit: isClient ? null : this.now + 24 * HOUR,
      standingBefore: isClient ? session.standingBefore : undefined,
    };
    session.status = isClient ? 'cancelled_by_client' : 'cancelled_by_coach';
    session.standingBefore = undefined;
    if (pack === null) session.payment = null;
    else successor.payment = null;
    this.sessions.push(successor);
    if (isPending && !isClient) this.becomeClient(successor);
    this.queues.seated(successor, this.now);
    this.queues.freed(coach, session.start, this.now);
    return successor;
  }

  done(session: Session, by: Person): void {
    this.asCoach(session, by);
    if (session.status !== 'confirmed') refuse('422 invalid_transition');
    if (this.now < session.start) refuse('422 session_not_started');
    this.complete(session, false);
  }

  noShow(session: Session, by: Person): void {
    this.asCoach(session, by);
    const { status, policy, doneAt } = session;
    if (status !== 'confirmed' && status !== 'done') refuse('422 invalid_transition');
    if (this.now < session.start) refuse('422 session_not_started');
    const isCorrection = status === 'done';
    if (isCorrection && !(session.isDoneByJob && this.now <= (doneAt ?? 0) + 7 * DAY)) refuse('422 invalid_transition');
    session.status = 'no_show';
    if (!policy.isNoshowDue) giveBack(session, this.now, false);
    else if (isCorrection) session.penalty = { at: this.now, isApplied: true, isWaived: false };
    else this.penalise(session);
  }

  apply(session: Session, by: Person): void {
    this.asCoach(session, by);
    const { penalty, pack, price } = session;
    const costs = pack !== null || (price ?? 0) > 0;
    if (!penalty || penalty.isApplied || penalty.isWaived || !costs) return refuse('422 no_penalty_to_apply');
    penalty.isApplied = true;
    take(session, this.now);
  }

  waive(session: Session, by: Person): void {
    this.asCoach(session, by);
    if (!session.penalty) return refuse('422 no_penalty_to_waive');
    if (session.penalty.isWaived) refuse('422 already_waived');
    this.forgive(session);
  }

  takeOffer(entry: Entry, by: Person): Session {
    if (entry.client !== by) refuse('404 waitlist_entry_not_found');
    const { coach, client, start, status, expiresAt } = entry;
    if (status === 'notified' && this.now > (expiresAt ?? 0)) {
      this.queues.tend(coach, start, this.now);
      refuse('422 confirmation_window_expired');
    }
    if (status === 'expired' && expiresAt !== null) refuse('422 confirmation_window_expired');
    if (status !== 'notified') refuse('422 not_notified');
    return this.book({ by, coach, client, start, wish: 'any' });
  }

  sell(coach: Coach, client: Person, sessions: number, validUntil: string | null): Pack {
    if (this.relation(coach, client) === null) refuse('404 client_not_found');
    if (validUntil !== null && validUntil <= dayOf(coach, this.now)) refuse('422 validation_error');
    const sums = { balance: sessions, remaining: sessions, used: 0 };
    const pack: Pack = { id: '', coach, client, boughtAt: this.now, ...sums, status: 'active', validUntil };
    this.packs.push(pack);
    this.paidPairs.add(`${String(coach)} ${String(client)}`);
    return pack;
  }

  /** The coach writes down that he was paid for it; answers whether that was asked for before. */
  pay(session: Session): 'settled' | 'recorded' {
    if (this.relation(session.coach, session.client) === null) refuse('404 client_not_found');
    if (session.payment?.status === 'paid') refuse('422 invalid_transition');
    const isOpen = session.payment !== null;
    session.payment = { status: 'paid', dueAt: session.payment?.dueAt ?? null };
    this.paidPairs.add(pairOf(session));
    return isOpen ? 'settled' : 'recorded';
  }

  /** One run of a periodic job, now. */
  run(job: string): void {
    const due = (isDue: (session: Session) => boolean, rank: (session: Session) => number): Session[] =>
      this.sessions.filter(isDue).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
    if (job === 'auto_reject_expired_bookings')
      for (const session of due(
        ({ expiresAt }) => (expiresAt ?? Infinity) <= this.now,
        ({ expiresAt }) => expiresAt ?? 0,
      ))
        this.lapse(session);
    if (job === 'auto_complete_bookings')
      for (const session of due(
        ({ status, end }) => status === 'confirmed' && end + 48 * HOUR < this.now,
        ({ end }) => end,
      ))
        this.complete(session, true);
    if (job === 'settle_undecided_penalties')
      for (const session of due(
        ({ penalty }) => !!penalty && !penalty.isApplied && !penalty.isWaived && penalty.at + 30 * DAY <= this.now,
        ({ penalty }) => penalty?.at ?? 0,
      ))
        this.forgive(session);
    if (job === 'expire_packages')
      for (const pack of this.packs)
        if (pack.status === 'active' && isPast(pack, dayOf(pack.coach, this.now))) expire(pack);
    if (job === 'mark_late_payments')
      for (const { payment } of this.sessions)
        if (payment?.status === 'pending' && (payment.dueAt ?? Infinity) < this.now) payment.status = 'late';
    if (job === 'expire_waitlist_notifications') this.queues.runJob(this.now);
  }

  relation(coach: Coach, client: Person): RelationStatus | null {
    return this.relations.get(`${String(coach)} ${String(client)}`) ?? null;
  }

  private ofPair(coach: Coach, client: Person): Session[] {
    return this.sessions.filter((session) => session.coach === coach && session.client === client);
  }

  private isClientOf(coach: Coach, client: Person): boolean {
    return ['discovery', 'active', 'paused'].includes(this.relation(coach, client) ?? '');
  }

  private relate(session: Session, status: RelationStatus | null): void {
    if (status === null) this.relations.delete(pairOf(session));
    else this.relations.set(pairOf(session), status);
  }

  /** A session was confirmed. */
  private becomeClient(session: Session): void {
    const before = this.relation(session.coach, session.client);
    if (session.pricing !== 'discovery') this.relate(session, 'active');
    else if (before !== 'active') this.relate(session, 'discovery');
  }

  /** The length of the session, and the offer that is taken with it. */
  private lengthOf(order: Order, isClient: boolean): { offer: Entry | null; end: number } {
    const { coach, client, start, wish, minutes } = order;
    const { sessionMin, discoveryMin } = COACHES[coach];
    const usual = wish === 'discovery' ? discoveryMin : sessionMin;
    const offer = isClient ? this.queues.openOffer(coach, start, client, this.now) : null;
    if (offer && wish !== 'discovery') return { offer, end: offer.end };
    return { offer, end: start + (isClient ? usual : (minutes ?? usual)) * MINUTE };
  }

  private payment({ coach, client, start, wish, pack }: Order): Pick<Session, 'pricing' | 'pack' | 'price'> {
    const { discoveryPrice, singlePrice } = COACHES[coach];
    if (wish === 'discovery') {
      const relation = this.relation(coach, client);
      const isUsed = this.ofPair(coach, client).some(
        (session) => session.status === 'done' || (session.pricing === 'discovery' && isActive(session)),
      );
      if (relation === 'active' || relation === 'paused' || isUsed) refuse('422 discovery_already_used');
      return { pricing: 'discovery', pack: null, price: discoveryPrice };
    }
    if (wish === 'named' && pack)
      return { pricing: 'package', pack: namedPack(pack, coach, client, start), price: null };
    const usable = wish === 'per_session' ? null : usablePack(this.packs, coach, client, start);
    if (usable) return { pricing: 'package', pack: usable, price: null };
    if (wish === 'package') return refuse('402 no_credits_available');
    return { pricing: 'per_session', pack: null, price: singlePrice };
  }

  /** @throws Refusal for a stranger: to him the booking does not exist */
  private partOf({ coach, client }: Session, by: Person): 'client' | 'coach' {
    if (by === client) return 'client';
    return by === coach ? 'coach' : refuse('404 booking_not_found');
  }

  private asCoach(session: Session, by: Person): void {
    if (this.partOf(session, by) === 'client') refuse('403 forbidden');
  }

  private isLate({ status, start, policy, freeExit }: Session, isClient: boolean): boolean {
    if (status === 'pending_coach_validation' || this.now <= start - policy.threshold * HOUR) return false;
    return !(isClient && freeExit !== null && this.now <= freeExit);
  }

  /** T4, whoever finds out. */
  private lapse(session: Session): boolean {
    const { status, expiresAt } = session;
    if (status !== 'pending_coach_validation' || this.now < (expiresAt ?? Infinity)) return false;
    this.end(session, 'auto_rejected', true);
    return true;
  }

  private complete(session: Session, isByJob: boolean): void {
    Object.assign(session, { status: 'done', doneAt: this.now, isDoneByJob: isByJob });
    take(session, this.now);
    if (session.pricing === 'discovery') this.relate(session, 'active');
  }

  private penalise(session: Session): void {
    const isApplied = session.policy.mode === 'auto';
    session.penalty = { at: this.now, isApplied, isWaived: false };
    if (isApplied) take(session, this.now);
  }

  private forgive(session: Session): void {
    if (session.penalty) session.penalty.isWaived = true;
    giveBack(session, this.now, false);
  }

  /** An active booking ends before its session: the seat goes to the queue, the money back unless a penalty keeps it. */
  private end(session: Session, status: Session['status'], isCausedByCoach: boolean): void {
    session.status = status;
    if (!session.penalty) giveBack(session, this.now, isCausedByCoach);
    this.withdrawRequest(session);
    if (this.now < session.start) this.queues.freed(session.coach, session.start, this.now);
  }

  /** A relation that only the request made goes with it, unless the two have something else with each other. */
  private withdrawRequest(session: Session): void {
    const { coach, client, standingBefore } = session;
    session.standingBefore = undefined;
    if (standingBefore !== null || this.relation(coach, client) !== 'pending') return;
    const waits = this.ofPair(coach, client).some(({ status: other }) => other === 'pending_coach_validation');
    if (!waits && !this.paidPairs.has(pairOf(session))) this.relate(session, null);
  }
}

function pairOf({ coach, client }: Pick<Session, 'coach' | 'client'>): string {
  return `${String(coach)} ${String(client)}`;
}
