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
import { FeedbackRepository } from './feedback.repository';

const BATCH = 200;
const FIELDS = [
  'type',
  'title',
  'description',
  'app_version',
  'platform',
  'status',
  'created_at',
  'updated_at',
] as const;

/** Feedback: handed out as it was written; after an erasure that there was some is all that stays. */
@Injectable()
export class FeedbackPersonalData extends PersonalDataPart implements OnModuleInit {
  readonly name = 'feedback';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'feedback',
      exported: FIELDS,
      withheld: { id: 'key', user_id: 'key', admin_note: 'among administrators, about the product' },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    { name: 'feedback', isSingle: false, fields: FIELDS, rows: (person) => this.rows(person) },
  ];

  constructor(
    private readonly feedback: FeedbackRepository,
    private readonly parts: PersonalDataParts,
  ) {
    super();
  }

  onModuleInit(): void {
    this.parts.register(this);
  }

  async erase({ userId }: DataSubject, at: Date): Promise<ErasureStep> {
    await this.feedback.erase(userId, at);
    return 'done';
  }

  private async *rows({ userId }: DataSubject): AsyncGenerator<Record<(typeof FIELDS)[number], unknown>> {
    for (let lastId: string | null | undefined = null; lastId !== undefined;) {
      const batch = await this.feedback.after(userId, lastId, BATCH);
      for (const { type, title, description, appVersion, platform, status, createdAt, updatedAt } of batch)
        yield {
          type,
          title,
          description,
          app_version: appVersion,
          platform,
          status,
          created_at: wireInstant(createdAt),
          updated_at: wireInstant(updatedAt),
        };
      lastId = batch.length < BATCH ? undefined : batch.at(-1)?.id;
    }
  }
}
