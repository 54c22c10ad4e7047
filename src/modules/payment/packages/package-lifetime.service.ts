import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { localDate } from 'src/common/clock/local-days';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { CreditRepository } from 'src/modules/payment/credits/credit.repository';
import { addDays, isPast, lapse, startOf, UNPAID_DAYS, WARNING_DAYS } from 'src/modules/payment/credits/credit.rules';
import { factOf } from 'src/modules/payment/credits/credit.service';
import type { PackageEntity } from 'src/modules/payment/entities/package.entity';
import { PackageExpiring } from 'src/modules/payment/payment.events';
import { PaymentRepository } from 'src/modules/payment/payments/payment.repository';
import { type FirstDays, PackageLifetimeRepository } from './package-lifetime.repository';

/** What becomes of packages by the passing of time: warned of, expired, never paid (rules §5.1, §5.3). */
@Injectable()
export class PackageLifetimeService {
  constructor(
    private readonly credits: CreditRepository,
    private readonly lifetimes: PackageLifetimeRepository,
    private readonly payments: PaymentRepository,
    private readonly coaches: CoachService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Packages that may be due, by id, after the given one. Each is judged by the zone of its coach in `tend`. */
  async dueIds(after: string | null, limit: number): Promise<string[]> {
    const now = this.clock.now();
    // No zone is further from Greenwich than 14 hours.
    const furthest = localDate(now, 'Etc/GMT-14');
    return this.lifetimes.dueIds(furthest, addDays(furthest, WARNING_DAYS), unpaidSince(now), after, limit);
  }

  /** The earliest moment at which a package is due, or null when none will be. */
  async firstDue(): Promise<Date | null> {
    const oldest = await this.lifetimes.firstUnpaid();
    const moments = (await this.lifetimes.firstDays()).flatMap(momentsOf);
    if (oldest) moments.push(oldest.getTime() + UNPAID_DAYS * DAY_MS);
    return moments.length === 0 ? null : new Date(Math.min(...moments));
  }

  /** Does to one package what is due; false when nothing was. */
  @Transactional()
  async tend(id: string): Promise<boolean> {
    const seen = await this.credits.find(id);
    if (!seen) return false;
    const zone = await this.coaches.lockTimezone(seen.coachId);
    const pack = await this.credits.lock(id);
    if (!pack) return false;
    const at = this.clock.now();
    const today = localDate(at, zone);
    if (pack.status === 'awaiting_payment') return this.cancelUnpaid(pack, at);
    if (pack.status !== 'active') return false;
    return isPast(pack, today) ? this.expire(pack, at) : this.warn(pack, today, at);
  }

  private async cancelUnpaid(pack: PackageEntity, at: Date): Promise<boolean> {
    if (pack.createdAt > unpaidSince(at)) return false;
    const { steps, state } = lapse(pack, 'cancelled');
    await this.credits.post(pack, steps, at);
    await this.credits.change(pack, state, at);
    await this.payments.cancelOpenOfPackage(pack.id, at);
    return true;
  }

  private async expire(pack: PackageEntity, at: Date): Promise<boolean> {
    const { steps, state } = lapse(pack);
    await this.credits.post(pack, steps, at);
    await this.credits.change(pack, state, at);
    return true;
  }

  /** Once for each last day: one that the coach moved is a new one. */
  private async warn(pack: PackageEntity, today: string, at: Date): Promise<boolean> {
    const { validUntil, warnedFor, remaining } = pack;
    if (validUntil === null || warnedFor === validUntil || today < addDays(validUntil, -WARNING_DAYS)) return false;
    await this.lifetimes.markWarned(pack.id);
    await this.events.publish(new PackageExpiring(factOf(pack, at), remaining, validUntil));
    return true;
  }
}

function unpaidSince(now: Date): Date {
  return new Date(now.getTime() - UNPAID_DAYS * DAY_MS);
}

/** When the first packages of a zone are to be expired and to be warned of. */
function momentsOf({ timezone, lastDay, unwarnedDay }: FirstDays): number[] {
  const moments = [startOf(addDays(lastDay, 1), timezone).getTime()];
  if (unwarnedDay !== null) moments.push(startOf(addDays(unwarnedDay, -WARNING_DAYS), timezone).getTime());
  return moments;
}
