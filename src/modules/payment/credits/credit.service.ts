import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { PackageEntity } from 'src/modules/payment/entities/package.entity';
import { NoCreditsAvailable, PackageExpired, PackageNotFound } from 'src/modules/payment/payment.errors';
import { PackageExhausted, type PackageFact, PackageLow } from 'src/modules/payment/payment.events';
import { CreditRepository } from './credit.repository';
import { CreditSumsRepository } from './credit-sums.repository';
import { alertAfterConsume, certain, giveBack, isPast, isUsable, step } from './credit.rules';
import {
  type CreditedBooking,
  type CreditReturn,
  type CreditSums,
  LOW_SESSIONS,
  type PackageChoice,
} from './credit.types';

export type { CreditedBooking, CreditReturn, CreditSums, PackageChoice } from './credit.types';

/**
 * The sessions that packages pay for (rules §5). Every act belongs into the transaction of the booking that it is about,
 * after the locks of coach and booking; it holds the package until that transaction ends. People are users.id.
 *
 * `consume`, `release` and `restore` leave a booking alone that no package pays for. Out of order (a second end of one
 * hold, a restore of what was not consumed) they are faults of the caller, and the database refuses them.
 */
@Injectable()
export class CreditService {
  constructor(
    private readonly credits: CreditRepository,
    private readonly sums: CreditSumsRepository,
    private readonly events: EventBus,
  ) {}

  /**
   * The package that pays for a session (rules §1.4). With an id: that one. Without: the usable one that expires first,
   * then the oldest; null when there is none.
   *
   * @param on the local date of the start in the coach's zone, YYYY-MM-DD
   * @throws PackageNotFound for a package of somebody else
   * @throws PackageExpired when its last day is before `on`
   * @throws NoCreditsAvailable when it is not active or nothing of it can be booked
   */
  @Transactional()
  async choose(coachId: string, clientId: string, on: string, packageId?: string): Promise<PackageChoice | null> {
    if (packageId === undefined) {
      const pack = await this.credits.lockUsable(coachId, clientId, on);
      return pack && choiceOf(pack);
    }
    const pack = orThrow(await this.credits.lockOfPair(packageId, coachId, clientId), PackageNotFound);
    if (pack.status === 'expired' || isPast(pack, on)) throw new PackageExpired();
    if (!isUsable(pack, on)) throw new NoCreditsAvailable();
    return choiceOf(pack);
  }

  /**
   * May a booking that this package pays for be moved to that day? The coach may move it to any.
   *
   * @param on as for `choose`
   * @throws PackageExpired when the last day is before `on`
   */
  @Transactional()
  async assertValidOn(packageId: string, on: string): Promise<void> {
    if (isPast(orThrow(await this.credits.lock(packageId), PackageNotFound), on)) throw new PackageExpired();
  }

  /** One session of the package is kept for the booking. @throws NoCreditsAvailable when nothing of it can be booked */
  @Transactional()
  async hold(packageId: string, { id, coachId, clientId }: CreditedBooking, at: Date): Promise<void> {
    const pack = orThrow(await this.credits.lockOfPair(packageId, coachId, clientId), PackageNotFound);
    if (pack.status !== 'active') throw new NoCreditsAvailable();
    await this.credits.post(pack, [orThrow(step(pack, 'hold'), NoCreditsAvailable)], at, { bookingId: id });
  }

  /** The held session is used. Coach and client are told when the package runs low or is used up. */
  @Transactional()
  async consume(bookingId: string, at: Date): Promise<void> {
    const pack = await this.credits.lockOfBooking(bookingId);
    if (!pack) return;
    const used = certain(step(pack, 'consume'));
    const { alert, state } = alertAfterConsume(used.after);
    await this.credits.post(pack, [{ ...used, after: state }], at, { bookingId });
    const fact = factOf(pack, at);
    if (alert === 'exhausted') await this.events.publish(new PackageExhausted(fact, 0, pack.lastSeq));
    if (alert === 'low') await this.events.publish(new PackageLow(fact, pack.remaining, pack.lastSeq));
  }

  /** The held session can be booked again. */
  @Transactional()
  async release(bookingId: string, at: Date, options: CreditReturn): Promise<void> {
    await this.giveBack('release', bookingId, at, options);
  }

  /** The consumed session comes back. */
  @Transactional()
  async restore(bookingId: string, at: Date, options: CreditReturn): Promise<void> {
    await this.giveBack('restore', bookingId, at, options);
  }

  /** The session held for one booking is held for another of the same two people; on the way it never expires. */
  @Transactional()
  async move(fromBookingId: string, { id }: CreditedBooking, at: Date): Promise<void> {
    const pack = await this.credits.lockOfBooking(fromBookingId);
    if (!pack) return;
    await this.credits.post(pack, [certain(step(pack, 'release'))], at, { bookingId: fromBookingId });
    await this.credits.post(pack, [certain(step(pack, 'hold'))], at, { bookingId: id });
  }

  /** By client id, over active packages, in one query; who has none is left out. */
  async sumsOf(coachId: string, clientIds: readonly string[]): Promise<Map<string, CreditSums>> {
    return this.sums.sumsOfClients(coachId, clientIds);
  }

  /** Whether a package of the two could pay a session on this day (YYYY-MM-DD in the coach's zone). */
  async isUsable(coachId: string, clientId: string, on: string): Promise<boolean> {
    return this.sums.isUsable(coachId, clientId, on);
  }

  /** By coach id, over active packages, in one query; with whom the client has none is left out. */
  async sumsOfCoaches(clientId: string, coachIds: readonly string[]): Promise<Map<string, CreditSums>> {
    return this.sums.sumsOfCoaches(clientId, coachIds);
  }

  /** Clients of the coach with an active package and at most two sessions left, fewest first. */
  async lowOf(coachId: string, limit: number): Promise<{ clientId: string; remaining: number }[]> {
    return this.sums.low(coachId, LOW_SESSIONS, limit);
  }

  private async giveBack(
    kind: 'release' | 'restore',
    bookingId: string,
    at: Date,
    options: CreditReturn,
  ): Promise<void> {
    const pack = await this.credits.lockOfBooking(bookingId);
    if (!pack) return;
    const { steps, state } = giveBack(pack, kind, options);
    await this.credits.post(pack, steps, at, { bookingId });
    await this.credits.change(pack, state, at);
  }
}

function choiceOf({ id, currency, validUntil }: PackageEntity): PackageChoice {
  return { packageId: id, currency, validUntil };
}

/** A package as its facts tell of it. */
export function factOf(pack: PackageEntity, at: Date): PackageFact {
  const { id, coachId, clientId, name, sessionsTotal, priceCents, currency } = pack;
  return { packageId: id, coachId, clientId, title: name, sessions: sessionsTotal, priceCents, currency, at };
}
