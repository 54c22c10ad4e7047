import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { AvailabilityChanged } from 'src/modules/coach/coach.events';
import type { Availability } from 'src/modules/coach/entities/availability.entity';
import { CoachProfileNotFound } from 'src/modules/coach/profile/profile.errors';
import { CoachProfileRepository } from 'src/modules/coach/profile/profile.repository';
import { AvailabilityRepository } from './availability.repository';
import { rewrittenWeek } from './availability.rules';
import { weekIn, type WorkScheduleDto } from './work-schedule.dto';

/**
 * The coach's week as a whole (contract §4.6, rules §2.2.8). It is another way to write his hours, not a second copy of
 * them: what is changed range by range shows here too.
 */
@Injectable()
export class WorkScheduleService {
  constructor(
    private readonly availabilities: AvailabilityRepository,
    private readonly profiles: CoachProfileRepository,
    private readonly completion: CompletionParts,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async find(me: Principal): Promise<Availability[]> {
    orThrow(await this.profiles.findByUserId(me.userId), CoachProfileNotFound);
    return this.availabilities.findByCoach(me.userId);
  }

  /**
   * Replaces the week, one row for each range. A range that stays keeps its row with seats and horizon; bookings made
   * stay, whatever becomes of the hours around them.
   *
   * @throws CoachProfileNotFound
   */
  @Transactional()
  async replace(me: Principal, dto: WorkScheduleDto): Promise<Availability[]> {
    orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
    const week = rewrittenWeek(await this.availabilities.findByCoach(me.userId), weekIn(dto));
    await this.availabilities.rewrite(me.userId, week, this.clock.now());
    await this.events.publish(new AvailabilityChanged(me.userId));
    await this.completion.recompute(me.userId);
    return this.availabilities.findByCoach(me.userId);
  }
}
