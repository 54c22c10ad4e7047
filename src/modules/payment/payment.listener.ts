import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { AccountClosing } from 'src/modules/auth/auth.events';
import { OpenSessionRepository, type OpenSum } from './packages/open-session.repository';
import { type OpenSessions, SessionsLeftOpen } from './payment.events';

/** What a coach who leaves still owes. */
@Injectable()
export class PaymentListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly openSessions: OpenSessionRepository,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(AccountClosing, 'payment', (event) => this.closing(event));
  }

  private async closing({ userId, effectiveAt }: AccountClosing): Promise<void> {
    if (effectiveAt === null) return;
    const open = byClient(await this.openSessions.ofCoach(userId));
    if (open.length > 0) await this.events.publish(new SessionsLeftOpen(userId, open, effectiveAt));
  }
}

/** @param rows of one client together */
function byClient(rows: readonly OpenSum[]): OpenSessions[] {
  const clients = new Map<string, OpenSessions>();
  for (const { clientId, sessions, amountCents, currency } of rows) {
    const known = clients.get(clientId);
    clients.set(clientId, {
      clientId,
      sessions: (known?.sessions ?? 0) + sessions,
      sums: [...(known?.sums ?? []), { amountCents, currency }],
    });
  }
  return [...clients.values()];
}
