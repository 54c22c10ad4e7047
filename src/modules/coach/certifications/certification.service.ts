import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { Certification } from 'src/modules/coach/entities/certification.entity';
import { CoachProfileNotFound } from 'src/modules/coach/profile/profile.errors';
import { CoachProfileRepository } from 'src/modules/coach/profile/profile.repository';
import { claimIn, type CreateCertificationDto, type UpdateCertificationDto } from './certification.dto';
import { CertificationNotFound } from './certification.errors';
import { AWAITING_REVIEW, CertificationRepository } from './certification.repository';

/** The coach's own certifications (contract §4.5). Nothing that a coach writes is verified before an admin says so. */
@Injectable()
export class CertificationService {
  constructor(
    private readonly certifications: CertificationRepository,
    private readonly profiles: CoachProfileRepository,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  @Transactional()
  async create(me: Principal, dto: CreateCertificationDto): Promise<Certification> {
    await this.lockProfile(me);
    const claim = { organization: null, year: null, documentUrl: null, ...claimIn(dto), name: dto.name };
    const certification = await this.certifications.insert(me.userId, claim, this.clock.now());
    await this.completion.recompute(me.userId);
    return certification;
  }

  /** A changed one is judged again, also where it was verified. @throws CoachProfileNotFound, CertificationNotFound */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdateCertificationDto): Promise<Certification> {
    await this.lockProfile(me);
    const certification = orThrow(await this.certifications.lockOwned(me.userId, id), CertificationNotFound);
    return this.certifications.update(certification, { ...claimIn(dto), ...AWAITING_REVIEW }, this.clock.now());
  }

  /** @throws CoachProfileNotFound, CertificationNotFound */
  @Transactional()
  async delete(me: Principal, id: string): Promise<void> {
    await this.lockProfile(me);
    const certification = orThrow(await this.certifications.lockOwned(me.userId, id), CertificationNotFound);
    await this.certifications.delete(certification);
    await this.completion.recompute(me.userId);
  }

  private async lockProfile(me: Principal): Promise<void> {
    orThrow(await this.profiles.lockByUserId(me.userId), CoachProfileNotFound);
  }
}
