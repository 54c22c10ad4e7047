import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { type PublicUser, UserService } from 'src/modules/auth/user.service';
import { CertificationRejected, CertificationVerified } from 'src/modules/coach/coach.events';
import type { Certification } from 'src/modules/coach/entities/certification.entity';
import { CertificationAlreadyValidated, CertificationNotFound } from './certification.errors';
import { CertificationRepository } from './certification.repository';

/** A certification that awaits its review, and whose it is. */
export interface PendingCertification {
  certification: Certification;
  coach: PublicUser;
}

/** Certifications in the hands of an admin (contract §4.28). */
@Injectable()
export class CertificationReviewService {
  constructor(
    private readonly certifications: CertificationRepository,
    private readonly users: UserService,
    private readonly events: EventBus,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Those that await a review, oldest first. */
  async pending(query: PageQuery): Promise<Rows<PendingCertification>> {
    const { rows, total } = await this.certifications.pending(query);
    const coaches = await this.users.findPublic(rows.map(({ coachId }) => coachId));
    return {
      rows: rows.map((certification) => ({
        certification,
        coach: orThrow(coaches.get(certification.coachId), CertificationNotFound),
      })),
      total,
    };
  }

  /** Also one that was rejected before: an admin may have been wrong. @throws CertificationNotFound, CertificationAlreadyValidated */
  @Transactional()
  async validate(id: string): Promise<Certification> {
    const certification = await this.lockUnverified(id);
    const at = this.clock.now();
    const verdict = { verified: true, reviewedAt: at, rejectionReason: null };
    const verified = await this.certifications.update(certification, verdict, at);
    await this.events.publish(new CertificationVerified(id, verified.coachId, verified.name, at));
    await this.audit.write('certification.validated', { type: 'certification', id });
    return verified;
  }

  /** @throws CertificationNotFound, CertificationAlreadyValidated */
  @Transactional()
  async reject(id: string, reason: string | null): Promise<Certification> {
    const certification = await this.lockUnverified(id);
    const at = this.clock.now();
    const verdict = { verified: false, reviewedAt: at, rejectionReason: reason };
    const rejected = await this.certifications.update(certification, verdict, at);
    await this.events.publish(new CertificationRejected(id, rejected.coachId, rejected.name, reason, at));
    await this.audit.write('certification.rejected', { type: 'certification', id });
    return rejected;
  }

  private async lockUnverified(id: string): Promise<Certification> {
    const certification = orThrow(await this.certifications.lock(id), CertificationNotFound);
    if (certification.verified) throw new CertificationAlreadyValidated();
    return certification;
  }
}
