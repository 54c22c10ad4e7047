import { ApiProperty } from '@nestjs/swagger';
import {
  IMPORT_FORMATS,
  type ImportFormat,
  type ImportReport,
  LINE_FAULT_CODES,
  type LineFaultCode,
} from './import.types';

export class UnmappedExerciseResponse {
  /** As the file writes it. */
  name: string;
  @ApiProperty({ type: 'integer' })
  lines_count: number;
}

export class TrainingLineResponse {
  /** Of the file; the header is line 1. */
  @ApiProperty({ type: 'integer' })
  line: number;
  @ApiProperty({ enum: LINE_FAULT_CODES })
  code: LineFaultCode;
  /** The same in the caller's language. */
  message: string;
}

export class ImportReportResponse {
  dry_run: boolean;
  @ApiProperty({ enum: IMPORT_FORMATS })
  format: ImportFormat;
  @ApiProperty({ type: 'integer' })
  sessions_created: number;
  @ApiProperty({ type: 'integer', description: 'That were there already' })
  sessions_skipped: number;
  @ApiProperty({ type: 'integer' })
  sets_created: number;
  @ApiProperty({ type: [UnmappedExerciseResponse], description: 'The 500 of most lines, those of most first' })
  unmapped_exercises: UnmappedExerciseResponse[];
  @ApiProperty({ type: 'integer', description: 'Lines that cannot be taken' })
  errors_count: number;
  @ApiProperty({ type: [TrainingLineResponse], description: 'The first 500 of them' })
  errors: TrainingLineResponse[];

  /** @param textOf says a code in the caller's language */
  static from(report: ImportReport, textOf: (code: string) => string): ImportReportResponse {
    return {
      dry_run: report.isDryRun,
      format: report.format,
      sessions_created: report.created,
      sessions_skipped: report.skipped,
      sets_created: report.setsCreated,
      unmapped_exercises: report.unmapped.map(({ name, lines }) => ({ name, lines_count: lines })),
      errors_count: report.faulty,
      errors: report.faults.map(({ line, code }) => ({ line, code, message: textOf(code) })),
    };
  }
}
