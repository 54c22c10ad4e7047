import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { CancellationPolicy } from 'src/modules/coach/coach.types';
import { CoachProfileNotFound } from 'src/modules/coach/profile/profile.errors';
import { CoachProfileRepository } from 'src/modules/coach/profile/profile.repository';
import { type CancellationPolicyDto, policyIn } from './cancellation-policy.dto';
import { CancellationPolicyRepository } from './cancellation-policy.repository';

/** The coach's own cancellation policy (contract §4.6). A booking keeps the one that held when it was made. */
@Injectable()
export class CancellationPolicyService {
  constructor(
    private readonly policies: CancellationPolicyRepository,
    private readonly profiles: CoachProfileRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async find(me: Principal): Promise<CancellationPolicy> {
    orThrow(await this.profiles.findByUserId(me.userId), CoachProfileNotFound);
    return this.policies.find(me.userId);
  }

  /** Under the coach's lock: a booking that is made meanwhile has the one policy or the other. @throws CoachProfileNotFound */
  @Transactional()
  async update(me: Principal, dto: CancellationPolicyDto): Promise<CancellationPolicy> {
    orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    const policy = { ...(await this.policies.find(me.userId)), ...policyIn(dto) };
    await this.policies.save(me.userId, policy, this.clock.now());
    return policy;
  }
}
