import { Injectable } from '@nestjs/common';
import type { ClientProfile } from 'src/modules/client/entities/client-profile.entity';
import { QuestionnaireRepository } from 'src/modules/client/questionnaire/questionnaire.repository';
import { GymService, type GymView } from 'src/modules/gym/gym.service';
import { ClientProfileRepository } from './profile.repository';

/** A client's profile with what belongs to it. */
export interface ClientProfileView {
  profile: ClientProfile;
  /** Favourites. */
  gyms: GymView[];
  /** The questionnaire is saved. */
  onboardingCompleted: boolean;
}

/** Puts the profile together from what profile, questionnaire and clubs hold. */
@Injectable()
export class ClientProfileViewService {
  constructor(
    private readonly profiles: ClientProfileRepository,
    private readonly questionnaires: QuestionnaireRepository,
    private readonly gyms: GymService,
  ) {}

  /** Null for who has none. */
  async find(userId: string): Promise<ClientProfileView | null> {
    const profile = await this.profiles.findByUserId(userId);
    if (!profile) return null;
    return {
      profile,
      gyms: await this.gyms.ofPerson(userId, 'client'),
      onboardingCompleted: await this.questionnaires.exists(userId),
    };
  }
}
