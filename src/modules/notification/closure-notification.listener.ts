import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { wireInstant } from 'src/common/http/instants';
import { UserService } from 'src/modules/auth/user.service';
import { DeletionRequested, DeletionWithdrawn } from 'src/modules/gdpr/erasure/erasure.events';
import { type OpenSessions, SessionsLeftOpen } from 'src/modules/payment/payment.events';
import { AnnouncementService } from './announcement.service';
import type { Count, Money } from './notification.types';
import { named } from './party.service';

/** Tells people that an account is going to be erased, what is to be settled before, and that it is back. */
@Injectable()
export class ClosureNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(DeletionRequested, 'notification', (event) => this.requested(event));
    this.events.subscribe(SessionsLeftOpen, 'notification', (event) => this.leftOpen(event));
    this.events.subscribe(DeletionWithdrawn, 'notification', (event) => this.withdrawn(event));
  }

  private async requested({ userId, effectiveAt, tokenId, sealedToken }: DeletionRequested): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    const message = {
      type: 'deletion_requested',
      fact: effectiveAt.toISOString(),
      data: { effective_at: wireInstant(effectiveAt) },
      values: { time: { at: effectiveAt, coachTimezone: null }, coach: '', sessions: '', amount: '' },
    } as const;
    await this.announcements.announce(owner, message, { tokenId, sealedToken });
  }

  /** Each client hears of his own, the coach of all together. */
  private async leftOpen({ coachId, open, effectiveAt }: SessionsLeftOpen): Promise<void> {
    const people = await this.users.findContacts([coachId, ...open.map(({ clientId }) => clientId)]);
    const coach = people.get(coachId);
    if (!coach) return;
    const message = {
      type: 'deletion_requested',
      fact: `${coachId}:${effectiveAt.toISOString()}`,
      data: { effective_at: wireInstant(effectiveAt) },
    } as const;
    const time = { at: effectiveAt, coachTimezone: null };
    const told = { time, coach: named(coach) };
    await this.announcements.announce(coach, {
      ...message,
      variant: 'with_sessions',
      values: { ...told, ...valuesOf(open) },
    });
    for (const each of open) {
      const client = people.get(each.clientId);
      if (!client) continue;
      await this.announcements.announce(client, {
        ...message,
        variant: 'coach_leaves',
        values: { ...told, ...valuesOf([each]) },
      });
    }
  }

  private async withdrawn({ userId, at }: DeletionWithdrawn): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    await this.announcements.announce(owner, {
      type: 'deletion_restored',
      fact: at.toISOString(),
      data: {},
      values: { time: { at, coachTimezone: null } },
    });
  }
}

/** How many sessions, and what they cost: one sum for each currency. */
function valuesOf(open: readonly OpenSessions[]): { sessions: Count; amount: { sums: Money[] } } {
  const sums = new Map<string, number>();
  for (const { amountCents, currency } of open.flatMap((each) => each.sums))
    sums.set(currency, (sums.get(currency) ?? 0) + amountCents);
  return {
    sessions: { count: open.reduce((sum, { sessions }) => sum + sessions, 0), of: 'sessions' },
    amount: { sums: [...sums].map(([currency, amountCents]) => ({ currency, amountCents })) },
  };
}
