import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { CoachService } from 'src/modules/coach/coach.service';
import { GymService } from 'src/modules/gym/gym.service';
import type { GymPart, MarkedGym } from 'src/modules/gym/gym.types';

/** The clubs of the caller: favourites as a client, work gyms as a coach (contract §4.3, rules §19). */
@Injectable()
export class OwnGymService {
  constructor(
    private readonly gyms: GymService,
    private readonly coaches: CoachService,
    private readonly completion: CompletionParts,
  ) {}

  /** Newest first. */
  async list(me: Principal, as: GymPart = partOf(me)): Promise<MarkedGym[]> {
    return this.gyms.marked(me, await this.gyms.ofPerson(me.userId, as));
  }

  /**
   * Adds a club and says whether it is new.
   *
   * @throws CoachProfileNotFound, GymNotFound, TooManyGyms
   */
  @Transactional()
  async add(me: Principal, gymId: string, as: GymPart = partOf(me)): Promise<MarkedGym & { isNew: boolean }> {
    if (as === 'coach') await this.coaches.assertProfile(me.userId);
    const isNew = await this.gyms.add(me.userId, as, gymId);
    if (isNew) await this.completion.recompute(me.userId);
    return { ...(await this.gyms.find(me, gymId)), isNew };
  }

  /** @throws GymNotFound when it is none of the own ones */
  @Transactional()
  async remove(me: Principal, gymId: string, as: GymPart = partOf(me)): Promise<void> {
    await this.gyms.remove(me.userId, as, gymId);
    await this.completion.recompute(me.userId);
  }
}

function partOf({ role }: Principal): GymPart {
  return role === 'coach' ? 'coach' : 'client';
}
