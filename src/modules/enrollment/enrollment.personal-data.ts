import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { EnrollmentTokenRepository } from './enrollment-token.repository';
import { EnrollmentTokenResponse } from './enrollment.response';

const BATCH = 100;
const STORED = ['id', 'token', 'label', 'expires_at', 'max_uses', 'uses_count', 'active'] as const;

/** The links that somebody gave out as a coach. */
@Injectable()
export class EnrollmentPersonalData extends PersonalDataPart {
  readonly name = 'enrollment';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'enrollment_tokens',
      exported: [...STORED, 'created_at'],
      withheld: { coach_id: 'whose export it is', token_hash: 'how a link is found' },
    },
  ];

  override readonly sections: readonly ExportSection[] = [
    {
      name: 'enrollment_tokens',
      isSingle: false,
      fields: [...STORED, 'enrollment_link', 'created_at'],
      rows: (person) => this.links(person),
    },
  ];

  constructor(private readonly tokens: EnrollmentTokenRepository) {
    super();
  }

  /** The link itself names nobody whom it brought: that is the relation. */
  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.tokens.removeAll(userId);
    return 'done';
  }

  private async *links({ userId }: DataSubject): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (let offset = 0; ; offset += BATCH) {
      const { rows } = await this.tokens.page(userId, { offset, limit: BATCH });
      for (const row of rows) yield { ...EnrollmentTokenResponse.from(row) };
      if (rows.length < BATCH) return;
    }
  }
}
