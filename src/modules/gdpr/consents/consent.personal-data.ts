import { Injectable } from '@nestjs/common';
import { wireInstant } from 'src/common/http/instants';
import { batches } from 'src/common/paging/batches';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { ConsentRepository, type PlacedConsent } from './consent.repository';

const BATCH = 500;

/** Consents: handed out as they were said; after an erasure they stay, without the person, for five years. */
@Injectable()
export class ConsentPersonalData extends PersonalDataPart {
  readonly name = 'gdpr.consents';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'consents',
      exported: ['type', 'version', 'accepted', 'accepted_at'],
      withheld: {
        id: 'key',
        user_id: 'key',
        ip_hash: 'proof of where it was said, readable by nobody',
        user_agent_hash: 'proof of where it was said, readable by nobody',
        detached_at: 'how it is kept',
        position: 'how it is kept',
      },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'consents',
      isSingle: false,
      fields: ['type', 'version', 'accepted', 'accepted_at'],
      rows: (person) => this.rows(person),
    },
  ];

  constructor(private readonly consents: ConsentRepository) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    return (await this.consents.detach(userId, BATCH)) < BATCH ? 'done' : 'more';
  }

  private async *rows({ userId }: DataSubject): AsyncGenerator<Record<string, unknown>> {
    const all = batches<PlacedConsent>(BATCH, (last) => this.consents.after(userId, last?.position ?? '0', BATCH));
    for await (const batch of all)
      for (const { type, version, accepted, acceptedAt } of batch)
        yield { type, version, accepted, accepted_at: wireInstant(acceptedAt) };
  }
}
