import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { resolveRange } from 'src/common/paging/range';
import { BookingService } from 'src/modules/booking/booking.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { BroadcastDto } from './broadcast.dto';
import type { Addressee } from './reach.rules';
import { type Correspondence, ReachService } from './reach.service';

type Wish = Pick<BroadcastDto, 'scope' | 'day' | 'client_ids'>;

/** Whom a coach means when he writes to many (rules §10). The number of queries does not grow with them. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly relations: RelationService,
    private readonly bookings: BookingService,
    private readonly reaches: ReachService,
  ) {}

  /** Everybody meant whose account is in use, by session. */
  async of(me: Principal, wish: Wish): Promise<Correspondence> {
    const { coach, people } = await this.reaches.among(me, await this.addressees(me, wish));
    return { coach, people: people.filter(({ reach }) => reach !== 'gone') };
  }

  private async addressees(me: Principal, { scope, day, client_ids }: Wish): Promise<Addressee[]> {
    if (scope === 'day') return this.ofDay(me, day ?? '');
    const clients = scope === 'all' ? await this.active(me.userId) : await this.named(me.userId, client_ids ?? []);
    const sessions = await this.bookings.nextSessions(me.userId);
    return clients.map((client) => ({ ...client, session: sessions.get(client.clientId) ?? null }));
  }

  /** A message about a session is for whoever has booked it, however the two stand to each other. */
  private async ofDay(me: Principal, day: string): Promise<Addressee[]> {
    const { from, to } = resolveRange({ from: day, to: day }, me.timezone);
    if (!from || !to) return [];
    const sessions = await this.bookings.sessionsWithin(me.userId, from, to);
    return [...sessions].map(([clientId, session]) => ({ clientId, session, mayBeTexted: true }));
  }

  private async active(coachId: string): Promise<Omit<Addressee, 'session'>[]> {
    const ids = await this.relations.activeClientIds(coachId);
    return ids.map((clientId) => ({ clientId, mayBeTexted: true }));
  }

  private async named(coachId: string, ids: readonly string[]): Promise<Omit<Addressee, 'session'>[]> {
    const relations = await this.relations.ofCoachAndClients(coachId, ids);
    return [...relations].map(([clientId, relation]) => ({
      clientId,
      mayBeTexted: this.relations.visibility(relation).contact,
    }));
  }
}
