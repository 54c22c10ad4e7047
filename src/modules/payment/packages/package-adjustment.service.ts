import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDate } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { CreditRepository } from 'src/modules/payment/credits/credit.repository';
import { isPast, step } from 'src/modules/payment/credits/credit.rules';
import { ClientNotFound, InvalidTransition, PackageNotFound } from 'src/modules/payment/payment.errors';
import type { AdjustPackageDto } from './package.dto';
import { mayCorrect } from './package.policy';
import { PackageRepository } from './package.repository';
import type { Package } from './package.types';

/** Corrections of a package's sessions, by its coach or an admin. */
@Injectable()
export class PackageAdjustmentService {
  constructor(
    private readonly credits: CreditRepository,
    private readonly packages: PackageRepository,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds or takes away sessions; what bookings hold cannot be taken.
   *
   * @throws ClientNotFound, PackageNotFound
   * @throws InvalidTransition when fewer sessions can be booked than are to be taken, and for a package that is over
   */
  @Transactional()
  async adjust(me: Principal, clientId: string, packageId: string, dto: AdjustPackageDto): Promise<Package> {
    if (me.role !== 'admin') orThrow(await this.relations.find(me.userId, clientId), ClientNotFound);
    const seen = orThrow(await this.packages.find(packageId), PackageNotFound);
    if (seen.clientId !== clientId || !mayCorrect(seen, me)) throw new PackageNotFound();
    const zone = await this.coaches.lockTimezone(seen.coachId);
    const pack = orThrow(await this.credits.lock(packageId), PackageNotFound);
    const at = this.clock.now();
    const isOver = pack.status === 'expired' || pack.status === 'cancelled' || isPast(pack, localDate(at, zone));
    const correction = orThrow(isOver ? null : step(pack, 'adjust', dto.sessions), InvalidTransition);
    await this.credits.post(pack, [correction], at, { reason: dto.reason });
    if (me.userId !== seen.coachId) await this.audit.write('package.adjusted', { type: 'package', id: packageId });
    return orThrow(await this.packages.find(packageId), PackageNotFound);
  }
}
