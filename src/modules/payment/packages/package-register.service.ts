import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { CreditRepository, type NewPackage } from 'src/modules/payment/credits/credit.repository';
import { factOf } from 'src/modules/payment/credits/credit.service';
import { PackageNotFound } from 'src/modules/payment/payment.errors';
import type { PackageFact } from 'src/modules/payment/payment.events';
import { PackageRepository } from './package.repository';
import type { Package } from './package.types';

/** The one place where packages come into being: row, first movement and fact together, in the caller's transaction. */
@Injectable()
export class PackageRegister {
  constructor(
    private readonly credits: CreditRepository,
    private readonly packages: PackageRepository,
    private readonly events: EventBus,
  ) {}

  async open(sold: Omit<NewPackage, 'id'>, at: Date, fact: (fact: PackageFact) => DomainEvent): Promise<Package> {
    const id = randomUUID();
    await this.credits.open({ ...sold, id }, at);
    const pack = orThrow(await this.packages.find(id), PackageNotFound);
    await this.events.publish(fact(factOf(pack, at)));
    return pack;
  }
}
