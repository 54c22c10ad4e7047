import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { CoachProfileNotFound, SpecialtyNotFound } from './profile.errors';
import { CoachProfileRegister } from './profile-register.service';
import { CoachProfileRepository } from './profile.repository';

/** The specialties after one was added, and whether it was new. */
export interface SpecialtyAddition {
  specialties: string[];
  isNew: boolean;
}

/** The specialties of the coach, one by one (contract §4.5), in the order in which he named them. */
@Injectable()
export class SpecialtyService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly register: CoachProfileRegister,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  @Transactional()
  async add(me: Principal, specialty: string): Promise<SpecialtyAddition> {
    const { specialties } = orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    if (specialties.includes(specialty)) return { specialties, isNew: false };
    return { specialties: await this.replace(me, [...specialties, specialty]), isNew: true };
  }

  /** @throws CoachProfileNotFound, SpecialtyNotFound */
  @Transactional()
  async remove(me: Principal, specialty: string): Promise<void> {
    const { specialties } = orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    if (!specialties.includes(specialty)) throw new SpecialtyNotFound();
    await this.replace(
      me,
      specialties.filter((each) => each !== specialty),
    );
  }

  private async replace({ userId }: Principal, specialties: string[]): Promise<string[]> {
    await this.profiles.update(userId, { specialties }, this.clock.now());
    await this.register.written(new CoachProfileUpdated(userId));
    return specialties;
  }
}
