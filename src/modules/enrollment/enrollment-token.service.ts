import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { qrSvg } from 'src/common/qr/qr-code';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { EnrollmentTokenRepository } from './enrollment-token.repository';
import type { CreateEnrollmentTokenDto } from './enrollment.dto';
import { EnrollmentTokenNotFound } from './enrollment.errors';
import { enrollmentLink, newToken } from './enrollment.rules';
import type { EnrollmentLink } from './enrollment.types';

/** The links that a coach gives out (contract §4.25). */
@Injectable()
export class EnrollmentTokenService {
  constructor(
    private readonly tokens: EnrollmentTokenRepository,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound, ValidationFailed `too_small` when it would have expired already */
  @Transactional()
  async create(me: Principal, dto: CreateEnrollmentTokenDto): Promise<EnrollmentLink> {
    const { label = null, expires_at: expiresAt = null, max_uses: maxUses = null } = dto;
    await this.coaches.assertProfile(me.userId);
    const now = this.clock.now();
    if (expiresAt && expiresAt <= now) throw new ValidationFailed([{ field: 'expires_at', code: 'too_small' }]);
    return this.tokens.insert(me.userId, newToken(), { label: label || null, expiresAt, maxUses }, now);
  }

  /** Newest first, those that are switched off too. */
  async page(me: Principal, query: PageQuery): Promise<Rows<EnrollmentLink>> {
    return this.tokens.page(me.userId, query);
  }

  /** The link is kept, and leads nowhere from now on. @throws EnrollmentTokenNotFound */
  @Transactional()
  async switchOff(me: Principal, id: string): Promise<void> {
    if (!(await this.tokens.switchOff(me.userId, id))) throw new EnrollmentTokenNotFound();
  }

  /** The QR code of the link as an SVG. @param size pixels of a side @throws EnrollmentTokenNotFound */
  async code(me: Principal, id: string, size: number): Promise<Buffer> {
    const { token } = orThrow(await this.tokens.findOwned(me.userId, id), EnrollmentTokenNotFound);
    return Buffer.from(await qrSvg(enrollmentLink(token), size));
  }
}
