import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { LinkRepository } from './links/link.repository';
import { SocialLinkResponse } from './links/link.response';

const FIELDS = ['id', 'platform', 'label', 'url', 'visibility', 'position', 'created_at', 'updated_at'] as const;

/** Where else somebody is found. */
@Injectable()
export class SocialPersonalData extends PersonalDataPart {
  readonly name = 'social';

  readonly tables: readonly PersonalTable[] = [
    { table: 'social_links', exported: FIELDS, withheld: { user_id: 'whose export it is' } },
  ];

  override readonly sections: readonly ExportSection[] = [
    { name: 'social_links', isSingle: false, fields: FIELDS, rows: (person) => this.links(person) },
  ];

  constructor(private readonly repository: LinkRepository) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.repository.removeAll(userId);
    return 'done';
  }

  /** Nobody has more than twenty. */
  private async *links({ userId }: DataSubject): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (const link of await this.repository.findByOwner(userId)) {
      const { user_id: _, ...row } = SocialLinkResponse.from(link);
      yield row;
    }
  }
}
