import { DomainEvent } from 'src/common/events/domain-event';

/** What every fact of a queue tells: ids and plain values, enough to word a message without reading the row. */
export interface WaitlistFact {
  entryId: string;
  /** users.id of the coach. */
  coachId: string;
  /** users.id of who waits. */
  clientId: string;
  /** The start that the queue is for. */
  scheduledAt: Date;
  /** IANA name of the coach's zone. */
  coachTimezone: string;
  at: Date;
}

abstract class WaitlistEvent extends DomainEvent {
  constructor(readonly entry: WaitlistFact) {
    super();
  }
}

/** Somebody waits for a seat: the coach is told. */
export class WaitlistJoined extends WaitlistEvent {
  readonly name = 'waitlist.joined.v1';
}

/** A seat is kept for the client, who may take it until `expiresAt`, that instant included. */
export class WaitlistOffered extends WaitlistEvent {
  readonly name = 'waitlist.offered.v1';
  constructor(
    entry: WaitlistFact,
    readonly expiresAt: Date,
  ) {
    super(entry);
  }
}

/** The client did not take the seat in time; the next one is asked. */
export class WaitlistExpired extends WaitlistEvent {
  readonly name = 'waitlist.expired.v1';
}

/** The client waits in vain: the slot is gone, or the coach took him out of the queue. Who leaves by himself is not told. */
export class WaitlistCancelled extends WaitlistEvent {
  readonly name = 'waitlist.cancelled.v1';
  constructor(
    entry: WaitlistFact,
    readonly because: 'slot_gone' | 'removed',
  ) {
    super(entry);
  }
}
