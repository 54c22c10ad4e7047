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
import { FeedbackRepository, type OwnFeedback } from './feedback.repository';

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
export class FeedbackPersonalData extends PersonalDataPart {
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

  constructor(private readonly feedback: FeedbackRepository) {
    super();
  }

  async erase({ userId }: DataSubject, at: Date): Promise<ErasureStep> {
    await this.feedback.erase(userId, at);
    return 'done';
  }

  private async *rows({ userId }: DataSubject): AsyncGenerator<Record<(typeof FIELDS)[number], unknown>> {
    const all = batches<OwnFeedback>(BATCH, (last) => this.feedback.after(userId, last?.id ?? null, BATCH));
    for await (const batch of all)
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
  }
}
