import { DomainEvent } from 'src/common/events/domain-event';
import type { ProviderName } from './provider.types';

/** An account was connected to a provider, for the first time or again. */
export class IntegrationConnected extends DomainEvent {
  readonly name = 'integration.connected.v1';
  constructor(
    readonly userId: string,
    readonly provider: ProviderName,
  ) {
    super();
  }
}

/** A connection is no more: its owner or its provider ended it. */
export class IntegrationDisconnected extends DomainEvent {
  readonly name = 'integration.disconnected.v1';
  constructor(
    readonly userId: string,
    readonly provider: ProviderName,
  ) {
    super();
  }
}

/** The provider refused a refresh: the owner has to connect anew. */
export class ReconnectNeeded extends DomainEvent {
  readonly name = 'integration.reconnect-needed.v1';
  constructor(
    readonly userId: string,
    readonly provider: ProviderName,
    readonly at: Date,
  ) {
    super();
  }
}

/** A session was pushed to Strava. */
export class StravaPushed extends DomainEvent {
  readonly name = 'integration.strava-pushed.v1';
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly stravaActivityId: string,
    readonly activityName: string,
    readonly at: Date,
  ) {
    super();
  }
}
