import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import type { Rows } from 'src/common/paging/page';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { ListRecordsQuery } from './record.dto';
import { RecordRepository } from './record.repository';
import type { PersonalRecord } from './record.types';

/** Personal records, for whom they belong to. */
@Injectable()
export class PersonalRecordService {
  constructor(
    private readonly records: RecordRepository,
    private readonly exercises: ExerciseService,
  ) {}

  /** The current record of each exercise, or all that there were of one; latest first. */
  async page(me: Principal, query: ListRecordsQuery, language: Language): Promise<Rows<PersonalRecord>> {
    const { rows, total } = await this.records.page(me.userId, query.exercise_type_id ?? null, query);
    const exercises = await this.exercises.findByIds(
      rows.map((row) => row.exerciseTypeId),
      language,
    );
    // A set keeps its exercise in the catalogue: none is missing.
    return {
      rows: rows.flatMap((row) => {
        const exercise = exercises.get(row.exerciseTypeId);
        return exercise ? [{ ...row, exercise }] : [];
      }),
      total,
    };
  }
}
