import { Injectable } from '@nestjs/common';
import { hasRole, type Principal } from 'src/common/auth/principal';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { type SocialLink, SocialLinkService } from 'src/modules/social/links/link.service';
import { PublicCoachService } from './public-coach.service';

/** Where else a coach is found, as far as somebody may know (rules §18.1). */
@Injectable()
export class PublicLinkService {
  constructor(
    private readonly coaches: PublicCoachService,
    private readonly links: SocialLinkService,
    private readonly relations: RelationService,
  ) {}

  /**
   * @param me undefined = somebody without an account
   * @throws CoachNotFound
   */
  async list(me: Principal | undefined, coachId: string): Promise<SocialLink[]> {
    return this.coaches.seenBy(me, async () => {
      await this.coaches.get(coachId);
      return this.shownTo(me, coachId);
    });
  }

  /** The public ones; all for the coach himself, and for a coach who trains him. Of a coach who can be found. */
  async shownTo(me: Principal | undefined, coachId: string): Promise<SocialLink[]> {
    if (me?.userId === coachId) return this.links.ofOwner(coachId);
    const toCoach = me !== undefined && hasRole(me, 'coach') && (await this.trains(me.userId, coachId));
    return this.links.shownOf(coachId, { toCoach });
  }

  private async trains(coachId: string, clientId: string): Promise<boolean> {
    return (await this.relations.find(coachId, clientId))?.status === 'active';
  }
}
