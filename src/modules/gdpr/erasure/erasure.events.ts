import { DomainEvent } from 'src/common/events/domain-event';

/** Somebody asked to be erased. The token takes it back; it is encrypted, and `auth` alone opens it. */
export class DeletionRequested extends DomainEvent {
  readonly name = 'gdpr.deletion-requested.v1';
  constructor(
    readonly userId: string,
    readonly requestedAt: Date,
    readonly effectiveAt: Date,
    /** Row of the token. */
    readonly tokenId: string,
    readonly sealedToken: string,
  ) {
    super();
  }
}

/** Somebody who had asked to be erased stays. */
export class DeletionWithdrawn extends DomainEvent {
  readonly name = 'gdpr.deletion-withdrawn.v1';
  constructor(
    readonly userId: string,
    readonly at: Date,
  ) {
    super();
  }
}
