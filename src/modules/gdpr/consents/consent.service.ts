import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { CallerOrigin } from 'src/common/http/caller-origin';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { ConsentsQuery, GiveConsentDto } from './consent.dto';
import { ConsentRepository } from './consent.repository';
import { type Consent, type ConsentType, CURRENT_VERSIONS, TERMS } from './consent.types';

/** What people agree to: said once, kept as said (rules §17.3). */
@Injectable()
export class ConsentService {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly origin: CallerOrigin,
    private readonly clock: Clock,
  ) {}

  /** Adds what the caller says now, also when it is what he said before. */
  @Transactional()
  async give(me: Principal, { type, version, accepted }: GiveConsentDto): Promise<Consent> {
    return this.record(me.userId, type, accepted, version);
  }

  /** Agrees to what an account is opened under, in the wording of today. */
  @Transactional()
  async acceptTerms(userId: string): Promise<void> {
    for (const type of TERMS) await this.record(userId, type, true);
  }

  /** The caller's, newest first. */
  async page(me: Principal, query: ConsentsQuery): Promise<Rows<Consent>> {
    return this.consents.page(me.userId, query.type ?? null, query);
  }

  /** Whether somebody's last word of a type was yes. */
  async isAccepted(userId: string, type: ConsentType): Promise<boolean> {
    return this.consents.isAccepted(userId, type);
  }

  private async record(
    userId: string,
    type: ConsentType,
    accepted: boolean,
    version = CURRENT_VERSIONS[type],
  ): Promise<Consent> {
    const said = { userId, type, version, accepted, acceptedAt: this.clock.now() };
    return this.consents.insert({ ...said, ...this.origin.current() });
  }
}
