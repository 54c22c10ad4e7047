import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { ReadReplica } from 'src/common/transaction/read-replica';
import { UserService } from 'src/modules/auth/user.service';
import { CoachService } from 'src/modules/coach/coach.service';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { CoachNotFound } from './public-profile.errors';

/** Coaches who can be found. One who is suspended or closing cannot (rules §12). */
@Injectable()
export class PublicCoachService {
  constructor(
    private readonly users: UserService,
    private readonly coaches: CoachService,
    private readonly replica: ReadReplica,
  ) {}

  /** @throws CoachNotFound */
  async get(coachId: string): Promise<CoachProfile> {
    const account = orThrow(await this.users.findContact(coachId), CoachNotFound);
    if (account.status !== 'active' && account.status !== 'unverified') throw new CoachNotFound();
    return orThrow(await this.coaches.profileOf(coachId), CoachNotFound);
  }

  /** What a stranger sees may be some moments old. Whoever is signed in may have changed it himself a moment ago. */
  async seenBy<T>(me: Principal | undefined, look: () => Promise<T>): Promise<T> {
    return me ? look() : this.replica.reading(look);
  }
}
