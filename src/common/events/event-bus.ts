import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import type { DomainEvent, EventType } from './domain-event';

interface Subscription {
  name: string;
  optional: boolean;
  handle: (event: DomainEvent) => Promise<void>;
}

/**
 * Tells other modules what happened, inside the publisher's transaction: listeners run one after another, awaited, and
 * what they change commits or rolls back with the act. What must leave the database they write as a job.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscriptions = new Map<EventType<DomainEvent>, Subscription[]>();

  constructor(private readonly unit: UnitOfWork) {}

  /**
   * Registers a listener, at module init.
   *
   * @param options.optional run under a savepoint: a failure is logged and undoes only the listener's own work.
   */
  subscribe<E extends DomainEvent>(
    type: EventType<E>,
    name: string,
    handle: (event: E) => Promise<void>,
    options: { optional?: boolean } = {},
  ): void {
    const known = this.subscriptions.get(type) ?? [];
    known.push({ name, optional: options.optional ?? false, handle: (event) => handle(event as E) });
    this.subscriptions.set(type, known);
  }

  async publish(event: DomainEvent): Promise<void> {
    const type = event.constructor as unknown as EventType<DomainEvent>;
    for (const subscription of this.subscriptions.get(type) ?? []) await this.deliver(subscription, event);
  }

  private async deliver(subscription: Subscription, event: DomainEvent): Promise<void> {
    if (!subscription.optional) return subscription.handle(event);
    try {
      await this.unit.nested(() => subscription.handle(event));
    } catch (error) {
      this.logger.error({ err: error, event: event.name, listener: subscription.name }, 'an optional listener failed');
    }
  }
}
