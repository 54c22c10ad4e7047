import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { UserService } from 'src/modules/auth/user.service';
import { CoachProfileCreated, CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { type CoachProfileDto, settingsIn } from './profile.dto';
import { CoachProfileNotFound, DiscoveryPriceRequired } from './profile.errors';
import { CoachProfileRepository } from './profile.repository';
import { lacksDiscoveryPrice, newSettings } from './profile.rules';
import { type CoachProfileView, CoachProfileViewService } from './profile-view.service';

/** The coach's own profile (contract §4.5). */
@Injectable()
export class CoachProfileService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly views: CoachProfileViewService,
    private readonly users: UserService,
    private readonly completion: CompletionParts,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async find(me: Principal): Promise<CoachProfileView> {
    return this.views.find(me.userId);
  }

  /**
   * Makes the caller a bookable coach; from then on his role is chosen for good.
   *
   * @throws DiscoveryPriceRequired, CoachProfileExists
   */
  @Transactional()
  async create(me: Principal, dto: CoachProfileDto): Promise<CoachProfileView> {
    const settings = newSettings(settingsIn(dto));
    if (lacksDiscoveryPrice(settings)) throw new DiscoveryPriceRequired();
    await this.profiles.insert(me.userId, settings, this.clock.now());
    await this.users.lockRole(me.userId);
    await this.events.publish(new CoachProfileCreated(me.userId));
    await this.completion.recompute(me.userId);
    return this.views.find(me.userId);
  }

  /**
   * Changes what was given. Bookings that exist keep their time, price and policy.
   *
   * @throws CoachProfileNotFound, DiscoveryPriceRequired
   */
  @Transactional()
  async update(me: Principal, dto: CoachProfileDto): Promise<CoachProfileView> {
    const profile = orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    const changes = settingsIn(dto);
    if (lacksDiscoveryPrice({ ...profile, ...changes })) throw new DiscoveryPriceRequired();
    await this.profiles.update(me.userId, changes, this.clock.now());
    await this.events.publish(new CoachProfileUpdated(me.userId));
    await this.completion.recompute(me.userId);
    return this.views.find(me.userId);
  }
}
