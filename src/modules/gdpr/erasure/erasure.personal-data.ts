import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';

const PROGRESS = 'how far the erasure is';

/** What the erasure itself knows of people: when they asked for it, until it is done. */
@Injectable()
export class ErasurePersonalData extends PersonalDataPart {
  readonly name = 'gdpr.erasure';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'deletion_requests',
      exported: [],
      withheld: {
        user_id: 'key',
        requested_at: 'the answer to the request says it',
        effective_at: 'the answer to the request says it',
        started_at: PROGRESS,
        done_parts: PROGRESS,
      },
    },
    {
      table: 'erasure_receipts',
      exported: [],
      withheld: {
        user_id: 'of a row without a person',
        requested_at: 'written when nobody is there to export',
        erased_at: 'written when nobody is there to export',
        parts: PROGRESS,
        filed_at: PROGRESS,
      },
    },
  ];

  /** The request goes when the last part is done, and the receipt names nobody. */
  erase(_person: DataSubject, _at: Date): Promise<ErasureStep> {
    return Promise.resolve('done');
  }
}
