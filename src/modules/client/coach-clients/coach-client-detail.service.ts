import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import type { PublicUser } from 'src/modules/auth/user.service';
import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import { ClientProfileService, type ClientProfileView } from 'src/modules/client/profile/profile.service';
import { QuestionnaireService } from 'src/modules/client/questionnaire/questionnaire.service';
import { type SocialLink, SocialLinkService } from 'src/modules/social/links/link.service';
import { ClientNotFound } from './coach-client.errors';
import { CoachClientRepository } from './coach-client.repository';
import type { ClientView } from './coach-client.types';
import { CoachClientViewService } from './coach-client-view.service';
import { OtherCoachesService } from './other-coaches.service';

/** All that a coach sees of one client. */
export interface ClientDetail {
  view: ClientView;
  profile: ClientProfileView | null;
  questionnaire: Questionnaire | null;
  /** By name. */
  otherCoaches: PublicUser[];
  /** Those for coaches among them while the relation is active. */
  socialLinks: SocialLink[];
}

/** One client of a coach, as far as rules §6.3 open him. */
@Injectable()
export class CoachClientDetailService {
  constructor(
    private readonly clients: CoachClientRepository,
    private readonly views: CoachClientViewService,
    private readonly others: OtherCoachesService,
    private readonly profiles: ClientProfileService,
    private readonly questionnaires: QuestionnaireService,
    private readonly links: SocialLinkService,
  ) {}

  /** @throws ClientNotFound without a relation */
  async get(me: Principal, clientId: string): Promise<ClientDetail> {
    const row = orThrow(await this.clients.find(me.userId, clientId), ClientNotFound);
    const view = await this.views.one(me.userId, row);
    const { sees } = view;
    return {
      view,
      profile: sees.profile ? await this.profiles.find(clientId) : null,
      questionnaire: sees.profile ? await this.questionnaires.find(clientId) : null,
      socialLinks: await this.links.shownOf(clientId, { toCoach: row.relation.status === 'active' }),
      otherCoaches: sees.otherCoaches ? await this.others.find(clientId, me.userId) : [],
    };
  }
}
