import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { User } from 'src/modules/auth/entities/user.entity';
import { UserService } from 'src/modules/auth/user.service';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { GymService, type GymView } from 'src/modules/gym/gym.service';
import { type SocialLink, SocialLinkService } from 'src/modules/social/links/link.service';
import { type CoachOffer, CoachOfferService } from './offer.service';
import { CoachProfileNotFound } from './profile.errors';
import { CoachProfileRepository } from './profile.repository';

/** Everything that a coach sees of his own profile. */
export interface CoachProfileView extends CoachOffer {
  profile: CoachProfile;
  account: User;
  /** Where he works. */
  gyms: GymView[];
  /** All of them, by position. */
  socialLinks: SocialLink[];
  /** People in a relation with him that has not ended. */
  clientCount: number;
}

/** Puts the profile together from what account, offer, gyms and relations hold. */
@Injectable()
export class CoachProfileViewService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly offers: CoachOfferService,
    private readonly users: UserService,
    private readonly gyms: GymService,
    private readonly links: SocialLinkService,
    private readonly relations: RelationService,
  ) {}

  /** @throws CoachProfileNotFound */
  async find(coachId: string): Promise<CoachProfileView> {
    return {
      profile: orThrow(await this.profiles.findByUserId(coachId), CoachProfileNotFound),
      account: orThrow(await this.users.findById(coachId), CoachProfileNotFound),
      ...(await this.offers.find(coachId)),
      gyms: await this.gyms.ofPerson(coachId, 'coach'),
      socialLinks: await this.links.ofOwner(coachId),
      clientCount: await this.relations.countClients(coachId),
    };
  }
}
