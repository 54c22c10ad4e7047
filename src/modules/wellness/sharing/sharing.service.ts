import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { ParameterRepository } from 'src/modules/wellness/parameters/parameter.repository';
import { CoachNotFound, UnknownParameter } from 'src/modules/wellness/wellness.errors';
import type { UpdateSharingDto } from './sharing.dto';
import { SharingRepository } from './sharing.repository';
import type { HealthSharingView } from './sharing.types';

/**
 * Which parameters a person shares with which coach (rules §18.4): none until he says so. He may say so before there is
 * a relation, and take it back whatever became of the coach.
 */
@Injectable()
export class HealthSharingService {
  constructor(
    private readonly sharings: SharingRepository,
    private readonly parameters: ParameterRepository,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachNotFound */
  async find(me: Principal, coachId: string): Promise<HealthSharingView> {
    orThrow(await this.coaches.profileOf(coachId), CoachNotFound);
    const shared = await this.sharings.find(me.userId, coachId);
    const parameters = await this.parameters.all({ activeOnly: true });
    return {
      coachId,
      settings: parameters.map((parameter) => ({ parameter, shared: shared.has(parameter.id) })),
    };
  }

  /** All of it or nothing. A parameter that is switched off may be named too. @throws CoachNotFound, UnknownParameter */
  @Transactional()
  async update(me: Principal, coachId: string, { updates }: UpdateSharingDto): Promise<HealthSharingView> {
    orThrow(await this.coaches.profileOf(coachId), CoachNotFound);
    const wishes = new Map(updates.map(({ parameter_id, shared }) => [parameter_id, shared]));
    const known = await this.parameters.findByIds([...wishes.keys()]);
    if (known.size < wishes.size) throw new UnknownParameter();
    const named = (wished: boolean): string[] => [...wishes].flatMap(([id, shared]) => (shared === wished ? [id] : []));
    await this.sharings.share(me.userId, coachId, named(true), this.clock.now());
    await this.sharings.takeBack(me.userId, coachId, named(false));
    return this.find(me, coachId);
  }
}
