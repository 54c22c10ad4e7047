import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { CancellationPolicyRepository } from 'src/modules/coach/cancellation-policy/cancellation-policy.repository';
import { CoachProfileCreated, CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { DEFAULT_POLICY } from 'src/modules/coach/coach.types';
import { GymService } from 'src/modules/gym/gym.service';
import { type CoachProfileDto, gymsIn, settingsIn } from './profile.dto';
import { CoachProfileNotFound, DiscoveryPriceRequired } from './profile.errors';
import { CoachProfileRegister } from './profile-register.service';
import { CoachProfileRepository } from './profile.repository';
import { lacksDiscoveryPrice, newSettings } from './profile.rules';
import type { CoachProfileView } from './profile-view.service';

/** The coach's own profile (contract §4.5). */
@Injectable()
export class CoachProfileService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly policies: CancellationPolicyRepository,
    private readonly gyms: GymService,
    private readonly users: UserService,
    private readonly register: CoachProfileRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the caller a bookable coach with the default cancellation policy; from then on his role is chosen for good.
   *
   * @throws DiscoveryPriceRequired, CoachProfileExists, GymNotFound
   */
  @Transactional()
  async create(me: Principal, dto: CoachProfileDto): Promise<CoachProfileView> {
    const settings = newSettings(settingsIn(dto));
    if (lacksDiscoveryPrice(settings)) throw new DiscoveryPriceRequired();
    const now = this.clock.now();
    await this.profiles.insert(me.userId, settings, now);
    await this.policies.save(me.userId, DEFAULT_POLICY, now);
    await this.replaceGyms(me, dto);
    await this.users.lockRole(me.userId);
    return this.register.written(new CoachProfileCreated(me.userId));
  }

  /**
   * Changes what was given. Bookings that exist keep their time, price and policy.
   *
   * @throws CoachProfileNotFound, DiscoveryPriceRequired, GymNotFound
   */
  @Transactional()
  async update(me: Principal, dto: CoachProfileDto): Promise<CoachProfileView> {
    const profile = orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    const changes = settingsIn(dto);
    if (lacksDiscoveryPrice({ ...profile, ...changes })) throw new DiscoveryPriceRequired();
    await this.profiles.update(me.userId, changes, this.clock.now());
    await this.replaceGyms(me, dto);
    return this.register.written(new CoachProfileUpdated(me.userId));
  }

  private async replaceGyms({ userId }: Principal, dto: CoachProfileDto): Promise<void> {
    const gymIds = gymsIn(dto);
    if (gymIds) await this.gyms.replace(userId, 'coach', gymIds);
  }
}
