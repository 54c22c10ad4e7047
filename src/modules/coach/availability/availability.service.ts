import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { AvailabilityChanged } from 'src/modules/coach/coach.events';
import type { Availability } from 'src/modules/coach/entities/availability.entity';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { CoachProfileNotFound } from 'src/modules/coach/profile/profile.errors';
import { CoachProfileRepository } from 'src/modules/coach/profile/profile.repository';
import { type CreateAvailabilityDto, termsIn, type UpdateAvailabilityDto } from './availability.dto';
import { AvailabilityNotFound } from './availability.errors';
import { AvailabilityRepository } from './availability.repository';
import { isRange, minuteOf, type OfferedHours } from './availability.rules';

/**
 * The coach's weekly hours (contract §4.6). Every write takes the coach's lock first: the exclusion constraint proves
 * that no two ranges of a day overlap, the lock that two writes at once do not deadlock on it.
 */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly availabilities: AvailabilityRepository,
    private readonly profiles: CoachProfileRepository,
    private readonly completion: CompletionParts,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async list(me: Principal): Promise<OfferedHours<Availability[]>> {
    const profile = orThrow(await this.profiles.findByUserId(me.userId), CoachProfileNotFound);
    return offered(await this.availabilities.findByCoach(me.userId), profile);
  }

  /** @throws CoachProfileNotFound, AvailabilityOverlap */
  @Transactional()
  async create(me: Principal, dto: CreateAvailabilityDto): Promise<OfferedHours<Availability>> {
    const profile = await this.lockProfile(me);
    const terms = {
      dayOfWeek: dto.day_of_week,
      startMinute: minuteOf(dto.start_time),
      endMinute: minuteOf(dto.end_time),
      maxSlots: dto.max_slots,
      bookingHorizonDays: dto.booking_horizon_days ?? null,
      active: dto.active,
    };
    const availability = await this.availabilities.insert(me.userId, terms, this.clock.now());
    await this.events.publish(new AvailabilityChanged(me.userId));
    await this.completion.recompute(me.userId);
    return offered(availability, profile);
  }

  /** @throws CoachProfileNotFound, AvailabilityNotFound, AvailabilityOverlap, ValidationFailed (ends before it starts) */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdateAvailabilityDto): Promise<OfferedHours<Availability>> {
    const profile = await this.lockProfile(me);
    const availability = orThrow(await this.availabilities.findOwned(me.userId, id), AvailabilityNotFound);
    const changes = termsIn(dto);
    if (!isRange({ ...availability, ...changes }))
      throw new ValidationFailed([{ field: 'end_time', code: 'invalid_time_range' }]);
    const changed = await this.availabilities.update(availability, changes, this.clock.now());
    await this.events.publish(new AvailabilityChanged(me.userId));
    return offered(changed, profile);
  }

  /** Bookings made in the range stay. @throws CoachProfileNotFound, AvailabilityNotFound */
  @Transactional()
  async delete(me: Principal, id: string): Promise<void> {
    await this.lockProfile(me);
    const availability = orThrow(await this.availabilities.findOwned(me.userId, id), AvailabilityNotFound);
    await this.availabilities.delete(availability);
    await this.events.publish(new AvailabilityChanged(me.userId));
    await this.completion.recompute(me.userId);
  }

  private async lockProfile(me: Principal): Promise<CoachProfile> {
    return orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
  }
}

function offered<T>(hours: T, { bookingHorizonDays }: CoachProfile): OfferedHours<T> {
  return { hours, horizonDays: bookingHorizonDays };
}
