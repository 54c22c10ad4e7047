import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

// One a person: the limit is what every erasure statement takes.
const ERASE: Statement = {
  name: 'calendar_feed_erase',
  text: 'DELETE FROM calendar_feeds WHERE user_id IN (SELECT user_id FROM calendar_feeds WHERE user_id = $1 LIMIT $2)',
};

/** The secret address of somebody's calendar. */
@Injectable()
export class CalendarPersonalData extends PersonalDataPart {
  readonly name = 'booking.calendar';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'calendar_feeds',
      exported: [],
      withheld: {
        user_id: 'the person himself',
        token_hash: 'key: what it shows stands under bookings',
        created_at: 'how it is kept',
      },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }
}
