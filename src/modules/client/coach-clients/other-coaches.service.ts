import { Injectable } from '@nestjs/common';
import { type PublicUser, UserService } from 'src/modules/auth/user.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';

/** Who else trains a client. */
@Injectable()
export class OtherCoachesService {
  constructor(
    private readonly relations: RelationService,
    private readonly users: UserService,
  ) {}

  /** Active ones, by name. */
  async find(clientId: string, coachId: string): Promise<PublicUser[]> {
    const relations = await this.relations.findOfClient(clientId, ['active']);
    const ids = relations.map((relation) => relation.coachId).filter((id) => id !== coachId);
    const coaches = [...(await this.users.findPublic(ids)).values()];
    return coaches.sort((one, other) => nameOf(one).localeCompare(nameOf(other)) || one.id.localeCompare(other.id));
  }
}

function nameOf({ firstName, lastName }: PublicUser): string {
  return `${firstName} ${lastName}`;
}
