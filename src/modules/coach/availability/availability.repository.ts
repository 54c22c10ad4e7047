import { Injectable } from '@nestjs/common';
import { Database } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { Availability } from 'src/modules/coach/entities/availability.entity';
import type { AvailabilityTerms } from './availability.dto';
import { AvailabilityOverlap } from './availability.errors';
import type { RewrittenWeek } from './availability.rules';
import { In } from 'typeorm';

@Injectable()
export class AvailabilityRepository {
  constructor(private readonly database: Database) {}

  /** By day and start. */
  async findByCoach(coachId: string): Promise<Availability[]> {
    return this.database
      .repository(Availability)
      .find({ where: { coachId }, order: { dayOfWeek: 'ASC', startMinute: 'ASC' } });
  }

  async findOwned(coachId: string, id: string): Promise<Availability | null> {
    return this.database.repository(Availability).findOneBy({ id, coachId });
  }

  /** @throws AvailabilityOverlap, which ends the transaction */
  async insert(coachId: string, terms: AvailabilityTerms, now: Date): Promise<Availability> {
    const repository = this.database.repository(Availability);
    const row = repository.create({ coachId, ...terms, createdAt: now, updatedAt: now });
    await refusingOverlap(repository.insert(row));
    return row;
  }

  /** @throws AvailabilityOverlap, which ends the transaction */
  async update(availability: Availability, changes: Partial<AvailabilityTerms>, now: Date): Promise<Availability> {
    const written = { ...changes, updatedAt: now };
    await refusingOverlap(this.database.repository(Availability).update({ id: availability.id }, written));
    return Object.assign(availability, written);
  }

  /** Removes first, so that no new range meets one that goes. New ranges have one seat and the profile's horizon. */
  async rewrite(coachId: string, { kept, removed, added }: RewrittenWeek<Availability>, now: Date): Promise<void> {
    const repository = this.database.repository(Availability);
    const idle = kept.filter(({ active }) => !active);
    if (removed.length > 0) await repository.delete({ id: In(removed.map(({ id }) => id)) });
    if (idle.length > 0)
      await repository.update({ id: In(idle.map(({ id }) => id)) }, { active: true, updatedAt: now });
    if (added.length > 0)
      await repository.insert(
        added.map((hours) => ({
          ...hours,
          coachId,
          maxSlots: 1,
          bookingHorizonDays: null,
          active: true,
          createdAt: now,
          updatedAt: now,
        })),
      );
  }

  async delete({ id }: Availability): Promise<void> {
    await this.database.repository(Availability).delete({ id });
  }
}

async function refusingOverlap(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (violates(error, 'availabilities_overlap')) throw new AvailabilityOverlap({ cause: error });
    throw error;
  }
}
