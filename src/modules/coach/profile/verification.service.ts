import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { CoachNotFound } from './profile.errors';
import { CoachProfileRegister } from './profile-register.service';
import { CoachProfileRepository } from './profile.repository';
import type { CoachProfileView } from './profile-view.service';

/** An admin vouches for a coach, or no longer does (contract §4.28). */
@Injectable()
export class CoachVerificationService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly register: CoachProfileRegister,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachNotFound when nobody of that id has a coach profile */
  @Transactional()
  async verify(coachId: string, verified: boolean): Promise<CoachProfileView> {
    orThrow(await this.profiles.lockByUserId(coachId), CoachNotFound);
    await this.profiles.update(coachId, { verified }, this.clock.now());
    await this.audit.write(verified ? 'coach.verified' : 'coach.unverified', { type: 'coach', id: coachId });
    return this.register.written(new CoachProfileUpdated(coachId));
  }
}
