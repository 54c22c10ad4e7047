import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const ERASE_JUDGE: Statement = {
  name: 'exercise_video_erase_judge',
  text: `UPDATE exercise_videos SET validated_by = NULL, rejection_reason = NULL WHERE id IN (
           SELECT id FROM exercise_videos WHERE validated_by = $1 LIMIT $2)`,
};

const VIDEO = 'about a video of an exercise';

/** Which admin judged which video. */
@Injectable()
export class VideoPersonalData extends PersonalDataPart {
  readonly name = 'performance.videos';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'exercise_videos',
      exported: [],
      withheld: {
        ...{ id: VIDEO, exercise_type_id: VIDEO, status: VIDEO, generated_prompt: VIDEO, provider_job_id: VIDEO },
        ...{ file_name: VIDEO, file_size: VIDEO, generated_at: VIDEO, rejection_reason: VIDEO, reviewed_at: VIDEO },
        ...{ let_go_at: VIDEO, created_at: VIDEO, updated_at: VIDEO, validated_by: 'work of an admin' },
      },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_JUDGE]);
  }
}
