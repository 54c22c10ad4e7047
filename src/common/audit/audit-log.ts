import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { currentContext } from 'src/common/logging/log-context';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { AuditLogRepository } from './audit-log.repository';

/** What was done: thing and deed in the past tense, `certification.validated`. Stable: people filter by it. */
export type AuditAction = `${string}.${string}`;

/** What it was done to. Ids only; nothing that says who somebody is or what was written. */
export interface AuditTarget {
  /** `user`, `coach`, `machine`, … */
  type: string;
  /** Null: it is not one row. */
  id: string | null;
}

/**
 * What administrators did. Every write behind `/admin` leaves one row, in the transaction of its act: no act without its
 * row, no row without its act. Who acts and in which request is known from the request itself.
 */
@Injectable()
export class AuditLog {
  constructor(
    private readonly entries: AuditLogRepository,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Call it in the service, within the transaction of the act, once the act is through. */
  async write(action: AuditAction, target: AuditTarget): Promise<void> {
    if (!this.unit.isRunning) throw new Error('An entry of the audit log belongs to the transaction of its act');
    const { userId, requestId } = currentContext();
    // A command has no request. A request that changes something for admins has somebody who asked.
    if (requestId !== undefined && userId === undefined) throw new Error('Nobody is known to have asked for this');
    await this.entries.insert({
      at: this.clock.now(),
      actorId: userId ?? null,
      action,
      targetType: target.type,
      targetId: target.id,
      requestId: requestId ?? null,
    });
  }
}
