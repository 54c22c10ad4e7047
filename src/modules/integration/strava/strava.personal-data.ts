import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { StravaPushRepository } from './strava-push.repository';

const IN_SESSIONS = 'exported with the session that was pushed';

/** Which sessions were put on Strava. */
@Injectable()
export class StravaPersonalData extends PersonalDataPart {
  readonly name = 'integration.strava';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'strava_pushes',
      exported: [],
      withheld: {
        id: 'key',
        user_id: 'key',
        session_id: IN_SESSIONS,
        activity_id: IN_SESSIONS,
        name: IN_SESSIONS,
        sport_type: IN_SESSIONS,
        start_date_local: IN_SESSIONS,
        elapsed_seconds: IN_SESSIONS,
        state: 'how it is kept',
        claim: 'how it is kept',
        claimed_at: 'how it is kept',
      },
    },
  ];

  constructor(private readonly pushes: StravaPushRepository) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.pushes.forgetAll(userId);
    return 'done';
  }
}
