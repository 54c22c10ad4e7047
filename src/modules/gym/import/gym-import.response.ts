import { ApiProperty } from '@nestjs/swagger';
import type { ImportReport } from './gym-import.service';
import { LINE_FAULT_CODES, type LineFaultCode } from './gym-line.format';

export class ImportLineResponse {
  /** Of the file; the header is line 1. */
  @ApiProperty({ type: 'integer' })
  line: number;
  @ApiProperty({ enum: LINE_FAULT_CODES })
  code: LineFaultCode;
  /** The same in the caller's language. */
  message: string;
}

export class GymImportResponse {
  @ApiProperty({ type: 'integer' })
  created: number;
  /** Clubs that were known and differed. */
  @ApiProperty({ type: 'integer' })
  updated: number;
  /** Lines left out, the first thousand of them. */
  @ApiProperty({ type: [ImportLineResponse] })
  errors: ImportLineResponse[];

  /** @param textOf says a code in the caller's language */
  static from({ created, updated, faults }: ImportReport, textOf: (code: string) => string): GymImportResponse {
    return {
      created,
      updated,
      errors: faults.map(({ line, code }) => ({ line, code, message: textOf(code) })),
    };
  }
}
