import { Injectable, type OnModuleInit } from '@nestjs/common';
import { wireInstant } from 'src/common/http/instants';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  PersonalDataParts,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { ConsentRepository } from './consent.repository';

const BATCH = 500;

/** Consents: handed out as they were said; after an erasure they stay, without the person, for five years. */
@Injectable()
export class ConsentPersonalData extends PersonalDataPart implements OnModuleInit {
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

  constructor(
    private readonly consents: ConsentRepository,
    private readonly parts: PersonalDataParts,
  ) {
    super();
  }

  onModuleInit(): void {
    this.parts.register(this);
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    return (await this.consents.detach(userId, BATCH)) < BATCH ? 'done' : 'more';
  }

  private async *rows({ userId }: DataSubject): AsyncGenerator<Record<string, unknown>> {
    for (let position: string | undefined = '0'; position !== undefined;) {
      const batch = await this.consents.after(userId, position, BATCH);
      for (const { type, version, accepted, acceptedAt } of batch)
        yield { type, version, accepted, accepted_at: wireInstant(acceptedAt) };
      position = batch.length < BATCH ? undefined : batch.at(-1)?.position;
    }
  }
}
