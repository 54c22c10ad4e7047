import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const MADE = 'made of the profile, the prices and the hours';
const COLUMNS = [
  ...['coach_id', 'sort_name', 'words', 'search', 'city', 'country', 'specialties', 'price_cents', 'currency'],
  ...['discovery', 'verified', 'certified', 'certifications', 'is_open', 'open_known_from', 'open_known_until'],
];

const ERASURES: readonly Statement[] = [
  {
    name: 'coach_listing_erase',
    text: 'DELETE FROM coach_listings WHERE coach_id IN (SELECT coach_id FROM coach_listings WHERE coach_id = $1 LIMIT $2)',
  },
  {
    name: 'coach_listing_change_erase',
    text: 'DELETE FROM coach_listing_changes WHERE id IN (SELECT id FROM coach_listing_changes WHERE coach_id = $1 LIMIT $2)',
  },
];

/** What the search reads of a coach. */
@Injectable()
export class ListingPersonalData extends PersonalDataPart {
  readonly name = 'client.listing';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'coach_listings',
      exported: [],
      withheld: Object.fromEntries(COLUMNS.map((column) => [column, MADE])),
    },
    {
      table: 'coach_listing_changes',
      exported: [],
      withheld: { id: 'how it is kept', coach_id: 'a note that the listing is to be made anew' },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, ERASURES);
  }
}
