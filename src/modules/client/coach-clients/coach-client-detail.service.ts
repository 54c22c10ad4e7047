import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { type PublicUser, UserService } from 'src/modules/auth/user.service';
import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import { ClientProfileService, type ClientProfileView } from 'src/modules/client/profile/profile.service';
import { QuestionnaireService } from 'src/modules/client/questionnaire/questionnaire.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { ClientNotFound } from './coach-client.errors';
import { CoachClientRepository } from './coach-client.repository';
import type { ClientView } from './coach-client.types';
import { CoachClientViewService } from './coach-client-view.service';

/** All that a coach sees of one client. */
export interface ClientDetail {
  view: ClientView;
  profile: ClientProfileView | null;
  questionnaire: Questionnaire | null;
  /** By name. */
  otherCoaches: PublicUser[];
}

/** One client of a coach, as far as rules §6.3 open him. */
@Injectable()
export class CoachClientDetailService {
  constructor(
    private readonly clients: CoachClientRepository,
    private readonly views: CoachClientViewService,
    private readonly relations: RelationService,
    private readonly users: UserService,
    private readonly profiles: ClientProfileService,
    private readonly questionnaires: QuestionnaireService,
  ) {}

  /** @throws ClientNotFound without a relation */
  async get(me: Principal, clientId: string): Promise<ClientDetail> {
    const row = orThrow(await this.clients.find(me.userId, clientId), ClientNotFound);
    const view = await this.views.one(me.userId, row);
    const sees = this.relations.visibility(row.relation);
    return {
      view,
      profile: sees.profile ? await this.profiles.find(clientId) : null,
      questionnaire: sees.profile ? await this.questionnaires.find(clientId) : null,
      otherCoaches: sees.otherCoaches ? await this.otherCoachesOf(clientId, me.userId) : [],
    };
  }

  private async otherCoachesOf(clientId: string, coachId: string): Promise<PublicUser[]> {
    const relations = await this.relations.findOfClient(clientId, ['active']);
    const ids = relations.map((relation) => relation.coachId).filter((id) => id !== coachId);
    const coaches = [...(await this.users.findPublic(ids)).values()];
    return coaches.sort((one, other) => nameOf(one).localeCompare(nameOf(other)) || one.id.localeCompare(other.id));
  }
}

function nameOf({ firstName, lastName }: PublicUser): string {
  return `${firstName} ${lastName}`;
}
