/** A fact of the past: ids and plain values under a versioned name. */
export abstract class DomainEvent {
  abstract readonly name: `${string}.v${number}`;
}

export type EventType<E extends DomainEvent> = abstract new (...args: never[]) => E;
