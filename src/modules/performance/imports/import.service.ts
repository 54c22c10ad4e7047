import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { csvRecords, inPieces } from 'src/common/csv/csv-records';
import { FileTooLarge } from 'src/common/http/transport-errors';
import type { WeightUnit } from 'src/common/i18n/weight-texts';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import type { ExerciseNames } from './exercise-names.rules';
import { ExerciseNameService } from './exercise-names.service';
import { ImportFormatUnknown } from './import.errors';
import { layoutOf } from './import-layout.format';
import type { ImportSettings } from './import-line.format';
import type { FoundSessions, ImportReport } from './import.types';
import { ImportWriter } from './import-writer.service';
import { SessionGathering } from './session-gathering.rules';

const MOST_LINES = 50_000;

export interface ImportOptions {
  /** Names of exercises in the file to ids of ours. */
  mapping?: Record<string, string>;
  /** Of weights without a unit; else the one of the profile. */
  weight_unit?: WeightUnit;
  /** Nothing is written. */
  isDryRun: boolean;
}

/** Brings the training of another app, or an own export, into the account of who sends it (rules §11.5). */
@Injectable()
export class ImportService {
  constructor(
    private readonly names: ExerciseNameService,
    private readonly profiles: ClientProfileService,
    private readonly writer: ImportWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * The whole file is read before anything is written. A session is stored whole or not at all; after a failure in the
   * middle the same file can be sent again, and adds what is missing.
   *
   * @throws UnsupportedMediaType (no text in UTF-8), ImportFormatUnknown, FileTooLarge (more than 50 000 lines)
   * @throws ExerciseNotFound when the mapping names an exercise that there is not
   */
  async import(me: Principal, file: Buffer, options: ImportOptions): Promise<ImportReport> {
    const { mapping = {}, weight_unit: told, isDryRun } = options;
    const exercises = await this.names.with(mapping);
    const unit = told ?? (await this.profiles.weightUnitOf(me.userId));
    const found = await read(file, { zone: me.timezone, unit, now: this.clock.now() }, exercises);
    const { sessions, ...rest } = found;
    const written = await this.writer.write(me.userId, found.format, sessions, isDryRun);
    return { ...rest, ...written, isDryRun };
  }
}

async function read(file: Buffer, settings: ImportSettings, exercises: ExerciseNames): Promise<FoundSessions> {
  let gathering: SessionGathering | null = null;
  let lines = 0;
  for await (const record of csvRecords(inPieces(file))) {
    if (!gathering) {
      const layout = record.cells && layoutOf(record.cells);
      if (!layout) throw new ImportFormatUnknown();
      gathering = new SessionGathering(layout, settings, exercises);
      continue;
    }
    lines += 1;
    if (lines > MOST_LINES) throw new FileTooLarge();
    gathering.add(record);
  }
  if (!gathering) throw new ImportFormatUnknown();
  return gathering.end();
}
