import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { CoachService } from 'src/modules/coach/coach.service';
import { type PackageOffer, PackageOfferService } from 'src/modules/coach/pricing/package-offer.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { CreditRepository } from 'src/modules/payment/credits/credit.repository';
import type { PackageMovementEntity } from 'src/modules/payment/entities/package-movement.entity';
import { ClientNotFound, CoachNotFound, PackageNotFound } from 'src/modules/payment/payment.errors';
import type { ListClientPackagesQuery, ListOffersQuery, ListOwnPackagesQuery } from './package.dto';
import { mayRead } from './package.policy';
import { PackageRepository } from './package.repository';
import type { Package } from './package.types';

export type { Package } from './package.types';

/** Reading packages: those on offer, and those that were sold. */
@Injectable()
export class PackageService {
  constructor(
    private readonly packages: PackageRepository,
    private readonly credits: CreditRepository,
    private readonly offers: PackageOfferService,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
  ) {}

  /** What a client of the caller has bought of him, newest first. @throws ClientNotFound */
  async ofClient(me: Principal, clientId: string, query: ListClientPackagesQuery): Promise<Rows<Package>> {
    orThrow(await this.relations.find(me.userId, clientId), ClientNotFound);
    return this.packages.page({ coachId: me.userId, clientId, status: query.status }, query);
  }

  /** What the caller has bought himself, newest first. */
  async own(me: Principal, query: ListOwnPackagesQuery): Promise<Rows<Package>> {
    return this.packages.page({ clientId: me.userId, coachId: query.coach_id, status: query.status }, query);
  }

  /**
   * What the caller can buy: of one coach, or of all those that he is active with.
   *
   * @throws CoachNotFound for nobody, and for a coach who cannot be booked
   */
  async available(me: Principal, query: ListOffersQuery): Promise<Rows<PackageOffer>> {
    if (query.coach_id === undefined) {
      const active = await this.relations.findOfClient(me.userId, ['active']);
      return this.offers.page(
        active.map(({ coachId }) => coachId),
        query,
      );
    }
    orThrow(await this.coaches.findSchedule(query.coach_id), CoachNotFound);
    return this.offers.page([query.coach_id], query);
  }

  /**
   * The ledger of a package, latest first, for its client and its coach.
   *
   * @throws PackageNotFound
   */
  async movements(me: Principal, id: string, query: PageQuery): Promise<Rows<PackageMovementEntity>> {
    const pack = await this.packages.find(id);
    return this.credits.movements(orThrow(pack && mayRead(pack, me) ? pack : null, PackageNotFound), query);
  }

  /** The active package that the next session of the two is taken from; null when none is active. */
  async current(coachId: string, clientId: string): Promise<Package | null> {
    return this.packages.current(coachId, clientId);
  }
}
