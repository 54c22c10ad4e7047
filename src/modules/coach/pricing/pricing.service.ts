import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import type { Pricing } from 'src/modules/coach/entities/pricing.entity';
import { CoachProfileNotFound } from 'src/modules/coach/profile/profile.errors';
import { CoachProfileRepository } from 'src/modules/coach/profile/profile.repository';
import { type CreatePricingDto, termsIn, type UpdatePricingDto } from './pricing.dto';
import { PricingNotFound } from './pricing.errors';
import { PricingRepository } from './pricing.repository';
import { fitsType } from './pricing.rules';

/** The coach's own prices (contract §4.6). Bookings and packages keep a copy of what they were sold at. */
@Injectable()
export class PricingService {
  constructor(
    private readonly pricings: PricingRepository,
    private readonly profiles: CoachProfileRepository,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async list(me: Principal): Promise<Pricing[]> {
    orThrow(await this.profiles.findByUserId(me.userId), CoachProfileNotFound);
    return this.pricings.findByCoach(me.userId);
  }

  /** @throws CoachProfileNotFound, PricingNotFound */
  async find(me: Principal, id: string): Promise<Pricing> {
    orThrow(await this.profiles.findByUserId(me.userId), CoachProfileNotFound);
    return orThrow(await this.pricings.findOwned(me.userId, id), PricingNotFound);
  }

  /** @throws CoachProfileNotFound */
  @Transactional()
  async create(me: Principal, dto: CreatePricingDto): Promise<Pricing> {
    const { currency } = await this.lockProfile(me);
    const pricing = await this.pricings.insert(
      {
        coachId: me.userId,
        type: dto.type,
        name: dto.name,
        sessionCount: dto.session_count,
        priceCents: dto.price_cents,
        currency: dto.currency ?? currency,
        validityMonths: dto.validity_months ?? null,
        isPublic: dto.is_public,
      },
      this.clock.now(),
    );
    await this.completion.recompute(me.userId);
    return pricing;
  }

  /** @throws CoachProfileNotFound, PricingNotFound, ValidationFailed (several sessions at the price of one) */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdatePricingDto): Promise<Pricing> {
    await this.lockProfile(me);
    const pricing = orThrow(await this.pricings.findOwned(me.userId, id), PricingNotFound);
    if (!fitsType(pricing.type, dto.session_count ?? pricing.sessionCount))
      throw new ValidationFailed([{ field: 'session_count', code: 'too_large' }]);
    return this.pricings.update(pricing, termsIn(dto), this.clock.now());
  }

  /** @throws CoachProfileNotFound, PricingNotFound */
  @Transactional()
  async delete(me: Principal, id: string): Promise<void> {
    await this.lockProfile(me);
    const pricing = orThrow(await this.pricings.findOwned(me.userId, id), PricingNotFound);
    await this.pricings.delete(pricing);
    await this.completion.recompute(me.userId);
  }

  private async lockProfile(me: Principal): Promise<CoachProfile> {
    return orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
  }
}
