import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { BookingService } from 'src/modules/booking/booking.service';
import { GymService } from 'src/modules/gym/gym.service';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import { MachineService } from 'src/modules/performance/machines/machine.service';
import { BookingNotFound } from 'src/modules/performance/performance.errors';
import type { NewSet } from './session-draft.types';

/** The things that a session names: they must be there, and the booking must be one of its people. */
@Injectable()
export class SessionReferences {
  constructor(
    private readonly exercises: ExerciseService,
    private readonly machines: MachineService,
    private readonly gyms: GymService,
    private readonly bookings: BookingService,
  ) {}

  /** @throws ExerciseNotFound, MachineNotFound also for one that is not validated */
  async assertSets(sets: readonly NewSet[]): Promise<void> {
    if (sets.length === 0) return;
    await this.exercises.requireAll(sets.map(({ exerciseTypeId }) => exerciseTypeId));
    const machines = sets.flatMap(({ machineId }) => (machineId === null ? [] : [machineId]));
    if (machines.length > 0) await this.machines.requireValidated(machines);
  }

  /** @throws GymNotFound also for one that is not validated */
  async assertGym(gymId: string | null | undefined): Promise<void> {
    if (gymId) await this.gyms.assertAll([gymId]);
  }

  /**
   * The booking as a session keeps it. The owner names a session that he booked, with any coach; a coach one of the two.
   *
   * @throws BookingNotFound
   */
  async bookingOf(
    me: Principal,
    ownerId: string,
    bookingId: string | null | undefined,
  ): Promise<{ bookingId: string | null; bookingCoachId: string | null }> {
    if (!bookingId) return { bookingId: null, bookingCoachId: null };
    const { coachId, clientId } = await this.bookings.get(me, bookingId);
    if (clientId !== ownerId || (ownerId !== me.userId && coachId !== me.userId)) throw new BookingNotFound();
    return { bookingId, bookingCoachId: coachId };
  }
}
