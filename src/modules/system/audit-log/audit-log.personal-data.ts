import { Injectable } from '@nestjs/common';
import { type ErasureStep, PersonalDataPart, type PersonalTable } from 'src/common/personal-data/personal-data';

const PROOF = 'proof of what was done in the name of the product';

/**
 * What administrators did. It names people by id only, and is never changed: an id that stays after an erasure leads to
 * nobody.
 */
@Injectable()
export class AuditLogPersonalData extends PersonalDataPart {
  readonly name = 'system.audit-log';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'audit_log',
      exported: [],
      withheld: {
        id: 'key',
        at: PROOF,
        actor_id: PROOF,
        action: PROOF,
        target_type: PROOF,
        target_id: PROOF,
        request_id: PROOF,
      },
    },
  ];

  erase(): Promise<ErasureStep> {
    return Promise.resolve('done');
  }
}
