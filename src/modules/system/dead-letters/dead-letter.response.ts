import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { DeadLetter } from 'src/common/jobs/dead-letter.repository';
import { MESSAGE_CHANNELS } from 'src/common/jobs/job-registry';
import { PageResponse } from 'src/common/paging/page';

/** What went wrong, and nothing of whom it was for or what it said. */
export class DeadLetterResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: MESSAGE_CHANNELS, type: String })
  channel: string;
  /** What kind of message it is: a type of notification, or of an account mail. */
  type: string;
  @ApiProperty({ type: 'integer' })
  attempts: number;
  /** A code of the provider or the network: `smtp 550`, `ECONNRESET`. */
  last_error: string;
  @ApiInstant()
  created_at: string;

  static from({ id, channel, type, attempts, lastError, createdAt }: DeadLetter): DeadLetterResponse {
    return { id, channel, type, attempts, last_error: lastError, created_at: wireInstant(createdAt) };
  }
}

export class DeadLetterPage extends PageResponse(DeadLetterResponse) {}
