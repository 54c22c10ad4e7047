import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { Choice, Flag, Id, Instant, Optional, Text, Whole } from 'src/common/http/fields';
import { MESSAGE_CHANNELS, type MessageChannel } from 'src/common/jobs/job-registry';
import { PageQuery } from 'src/common/paging/page';

export class ListSandboxMessagesQuery extends PageQuery {
  @Optional()
  @Id()
  user_id?: string;

  /** Matches `to`, whatever the case. */
  @Optional()
  @Text({ max: 320 })
  email?: string;

  @Optional()
  @Text({ max: 320 })
  phone?: string;

  @Optional()
  @Choice(MESSAGE_CHANNELS)
  channel?: MessageChannel;
}

export class SetSandboxClockDto {
  /** Null: real time again. */
  @ValidateIf((_, value) => value !== null)
  @Instant()
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  now: Date | null;

  /** Whether it stands still there until it is advanced, or runs on. */
  @Optional()
  @Flag()
  frozen: boolean = true;
}

export class AdvanceSandboxClockDto {
  @Whole(1, 31_622_400)
  seconds: number;
}
