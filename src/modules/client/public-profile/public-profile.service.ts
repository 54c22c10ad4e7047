import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { UserService } from 'src/modules/auth/user.service';
import { CoachingRequestService } from 'src/modules/booking/requests/request.service';
import { type CoachCard, CoachCardService } from 'src/modules/client/search/coach-card.service';
import { CoachService } from 'src/modules/coach/coach.service';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { type CoachOffer, CoachOfferService } from 'src/modules/coach/profile/offer.service';
import { GymService } from 'src/modules/gym/gym.service';
import type { MarkedGym } from 'src/modules/gym/gym.types';
import { CoachNotFound } from './public-profile.errors';

/** What a coach shows of himself, with all of his offer: the response leaves out what is private in it. */
export interface CoachPublicView {
  card: CoachCard;
  /** Where the coach works, with the favourites of who looks. */
  gyms: MarkedGym[];
  profile: CoachProfile;
  offer: CoachOffer;
  /** A request of who looks waits for the coach. */
  hasPendingRequest: boolean;
}

/** Coaches as anybody may see them. A coach who is suspended or closing cannot be found (rules §12). */
@Injectable()
export class PublicProfileService {
  constructor(
    private readonly coaches: CoachService,
    private readonly users: UserService,
    private readonly offers: CoachOfferService,
    private readonly cards: CoachCardService,
    private readonly requests: CoachingRequestService,
    private readonly gyms: GymService,
  ) {}

  /**
   * @param me undefined = somebody without an account
   * @throws CoachNotFound
   */
  async find(me: Principal | undefined, coachId: string): Promise<CoachPublicView> {
    const profile = await this.shown(coachId);
    const cards = await this.cards.find([coachId], me?.userId ?? null);
    const card = orThrow(cards.get(coachId), CoachNotFound);
    const hasPendingRequest = me !== undefined && (await this.requests.hasPending(coachId, me.userId));
    const gyms = await this.gyms.marked(me, card.gyms);
    return { card, gyms, profile, offer: await this.offers.find(coachId), hasPendingRequest };
  }

  /**
   * Nobody can enter a link yet, so every coach who is shown has none.
   *
   * @throws CoachNotFound
   */
  async socialLinks(coachId: string): Promise<object[]> {
    await this.shown(coachId);
    return [];
  }

  private async shown(coachId: string): Promise<CoachProfile> {
    const account = orThrow(await this.users.findContact(coachId), CoachNotFound);
    if (account.status !== 'active' && account.status !== 'unverified') throw new CoachNotFound();
    return orThrow(await this.coaches.profileOf(coachId), CoachNotFound);
  }
}
