import { Injectable } from '@nestjs/common';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { GymService } from 'src/modules/gym/gym.service';
import { SocialLinkService } from 'src/modules/social/links/link.service';
import { CoachCardRepository } from './coach-card.repository';
import { showsDiscoveryBadge } from './coach-card.rules';
import type { CoachCard } from './coach-card.types';

export type { CoachCard } from './coach-card.types';

/** Coaches as they are shown in lists. Ids are users.id. */
@Injectable()
export class CoachCardService {
  constructor(
    private readonly cards: CoachCardRepository,
    private readonly gyms: GymService,
    private readonly links: SocialLinkService,
    private readonly relations: RelationService,
  ) {}

  /**
   * By coach id, in four queries however many they are; who has no coach profile is left out. Whether a coach may be
   * shown at all is the caller's to know.
   *
   * @param viewerId null = somebody without an account
   */
  async find(coachIds: readonly string[], viewerId: string | null): Promise<Map<string, CoachCard>> {
    if (coachIds.length === 0) return new Map();
    const rows = await this.cards.find(coachIds);
    const gyms = await this.gyms.ofPeople(coachIds, 'coach');
    const links = await this.links.onCards(coachIds);
    const relations = viewerId === null ? null : await this.relations.ofClientAndCoaches(viewerId, coachIds);
    return new Map(
      rows.map((row) => {
        const relation = relations?.get(row.id) ?? null;
        const badge = showsDiscoveryBadge(row.discoveryEnabled, relation);
        const shown = { gyms: gyms.get(row.id) ?? [], socialLinks: links.get(row.id) ?? [] };
        return [row.id, { ...row, ...shown, relation, showsDiscoveryBadge: badge }];
      }),
    );
  }

  /** The same in the order of the ids. */
  async findInOrder(coachIds: readonly string[], viewerId: string): Promise<CoachCard[]> {
    const cards = await this.find(coachIds, viewerId);
    return coachIds.flatMap((id) => cards.get(id) ?? []);
  }
}
