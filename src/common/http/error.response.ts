import { ApiPropertyOptional } from '@nestjs/swagger';

export class FieldErrorResponse {
  /** Path of the field: `password`, `exercise_sets.2.reps`. */
  field: string;
  code: string;
  message: string;
}

/** The one body of every refusal. */
export class ErrorResponse {
  /** Machine code, stable. */
  detail: string;
  /** The same in the caller's language. */
  message: string;
  @ApiPropertyOptional({ type: [FieldErrorResponse], description: 'One entry per fault of the request' })
  errors?: FieldErrorResponse[];
  /** Seconds to wait. */
  retry_after?: number;
  attempts_left?: number;
  request_id: string;
}
