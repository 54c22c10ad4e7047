import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { CoachingRequestService } from 'src/modules/booking/requests/request.service';
import { type CoachCard, CoachCardService } from 'src/modules/client/search/coach-card.service';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { type CoachOffer, CoachOfferService } from 'src/modules/coach/profile/offer.service';
import { GymService } from 'src/modules/gym/gym.service';
import type { MarkedGym } from 'src/modules/gym/gym.types';
import type { SocialLink } from 'src/modules/social/links/link.service';
import { PublicCoachService } from './public-coach.service';
import { PublicLinkService } from './public-link.service';
import { CoachNotFound } from './public-profile.errors';

/** What a coach shows of himself, with all of his offer: the response leaves out what is private in it. */
export interface CoachPublicView {
  card: CoachCard;
  /** Where the coach works, with the favourites of who looks. */
  gyms: MarkedGym[];
  profile: CoachProfile;
  offer: CoachOffer;
  /** Those that who looks may see. */
  socialLinks: SocialLink[];
  /** A request of who looks waits for the coach. */
  hasPendingRequest: boolean;
}

/** Coaches as anybody may see them. */
@Injectable()
export class PublicProfileService {
  constructor(
    private readonly coaches: PublicCoachService,
    private readonly offers: CoachOfferService,
    private readonly cards: CoachCardService,
    private readonly requests: CoachingRequestService,
    private readonly gyms: GymService,
    private readonly links: PublicLinkService,
  ) {}

  /**
   * @param me undefined = somebody without an account
   * @throws CoachNotFound
   */
  async find(me: Principal | undefined, coachId: string): Promise<CoachPublicView> {
    return this.coaches.seenBy(me, () => this.look(me, coachId));
  }

  private async look(me: Principal | undefined, coachId: string): Promise<CoachPublicView> {
    const profile = await this.coaches.get(coachId);
    const cards = await this.cards.find([coachId], me?.userId ?? null);
    const card = orThrow(cards.get(coachId), CoachNotFound);
    const hasPendingRequest = me !== undefined && (await this.requests.hasPending(coachId, me.userId));
    const gyms = await this.gyms.marked(me, card.gyms);
    const socialLinks = await this.links.shownTo(me, coachId);
    return { card, gyms, profile, offer: await this.offers.find(coachId), socialLinks, hasPendingRequest };
  }
}
