import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService, type CoachSchedule, type SessionPrice } from 'src/modules/coach/coach.service';
import type { CreateBookingDto, ListBookingsQuery } from './booking.dto';
import {
  BookingNotFound,
  CannotBookSelf,
  ClientNotFound,
  CoachNotFound,
  DiscoveryNotOffered,
  NoCreditsAvailable,
  PackageNotFound,
  TooManyPending,
} from './booking.errors';
import { actorIn } from './booking.policy';
import { BookingRegister } from './booking-register.service';
import { BookingRepository } from './booking.repository';
import { answerDeadline, MAX_PENDING_AT_A_COACH } from './booking.rules';
import type { Booking, BookingStep, NewBooking } from './booking.types';
import { SlotService } from './slots/slot.service';

const MINUTE_MS = 60_000;

/** Making bookings and reading them. */
@Injectable()
export class BookingService {
  constructor(
    private readonly bookings: BookingRepository,
    private readonly register: BookingRegister,
    private readonly slots: SlotService,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /**
   * T1: a client asks for a seat. The seat is held until the coach answers, at most 24 h.
   *
   * @throws the slot errors of rules §1.3 in their order, then what rules §1.4 says about paying
   */
  @Transactional()
  async create(me: Principal, dto: CreateBookingDto): Promise<Booking> {
    const schedule = orThrow(await this.coaches.lockSchedule(dto.coach_id), CoachNotFound);
    // Until coaches have clients of their own to book for, everybody books for himself.
    if (dto.client_id !== undefined && dto.client_id !== me.userId) throw new ClientNotFound();
    if (dto.coach_id === me.userId) throw new CannotBookSelf();
    const now = this.clock.now();
    const { capacity } = await this.slots.decide(schedule, me.userId, dto.scheduled_at, now);
    const price = await this.price(dto);
    const waiting = await this.bookings.countPending(dto.coach_id, me.userId);
    if (waiting >= MAX_PENDING_AT_A_COACH) throw new TooManyPending();
    return this.register.open(newBooking(me, dto, schedule, price, capacity, now), capacity, schedule.timezone, now);
  }

  /** The caller's bookings in one part. As coach, and the coming ones: earliest first; else latest first. */
  async page(me: Principal, query: ListBookingsQuery): Promise<Rows<Booking>> {
    const as = query.as ?? (me.role === 'coach' ? 'coach' : 'client');
    const range = resolveRange(query, me.timezone);
    return this.bookings.page(
      {
        personId: me.userId,
        as,
        otherId: as === 'coach' ? query.client_id : query.coach_id,
        statuses: query.status,
        bucket: query.bucket,
        ...range,
        now: this.clock.now(),
        earliestFirst: as === 'coach' || query.bucket === 'upcoming',
      },
      query,
    );
  }

  /** @throws BookingNotFound for a missing booking and for one that the caller has no part in */
  async get(me: Principal, id: string): Promise<Booking> {
    const booking = orThrow(await this.bookings.findById(id), BookingNotFound);
    orThrow(actorIn(booking, me), BookingNotFound);
    return booking;
  }

  /** Every step of the booking, oldest first. */
  async steps(me: Principal, id: string, query: PageQuery): Promise<Rows<BookingStep>> {
    await this.get(me, id);
    return this.register.steps(id, query);
  }

  /** Rules §1.4, as far as single sessions go: packages and discovery sessions are not sold yet. */
  private async price(dto: CreateBookingDto): Promise<SessionPrice> {
    if (dto.pricing_type === 'discovery') throw new DiscoveryNotOffered();
    if (dto.package_id !== undefined) throw new PackageNotFound();
    if (dto.pricing_type === 'package') throw new NoCreditsAvailable();
    if (dto.pricing_id !== undefined) return this.coaches.getSessionPrice(dto.coach_id, dto.pricing_id);
    return orThrow(await this.coaches.cheapestPublicSessionPrice(dto.coach_id), NoCreditsAvailable);
  }
}

function newBooking(
  me: Principal,
  dto: CreateBookingDto,
  schedule: CoachSchedule,
  price: SessionPrice,
  capacity: number,
  now: Date,
): NewBooking {
  const startsAt = dto.scheduled_at;
  return {
    id: randomUUID(),
    clientId: me.userId,
    coachId: schedule.coachId,
    pricingId: price.pricingId,
    scheduledAt: startsAt,
    endsAt: new Date(startsAt.getTime() + schedule.sessionDurationMin * MINUTE_MS),
    durationMin: schedule.sessionDurationMin,
    status: 'pending_coach_validation',
    type: capacity > 1 ? 'group' : 'individual',
    pricingType: 'per_session',
    priceCents: price.priceCents,
    currency: price.currency,
    policyThresholdHours: schedule.policy.thresholdHours,
    policyMode: schedule.policy.mode,
    policyNoshowIsDue: schedule.policy.noshowIsDue,
    clientMessage: dto.client_message ?? null,
    expiresAt: answerDeadline(now, startsAt),
  };
}
