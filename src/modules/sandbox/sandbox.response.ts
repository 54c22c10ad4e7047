import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { MESSAGE_CHANNELS } from 'src/common/jobs/job-registry';
import { PageResponse } from 'src/common/paging/page';
import type { ClockState } from './sandbox-clock.service';
import type { Advance, JobRun, SingleRun } from './sandbox-job.service';
import type { SandboxMessage } from './sandbox-message.repository';

export class SandboxMessageResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: MESSAGE_CHANNELS, type: String })
  channel: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  user_id: string | null;
  /** Address, phone number or push token. */
  to: string;
  subject: string | null;
  title: string | null;
  body: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  data: Readonly<Record<string, string>> | null;
  @ApiInstant()
  created_at: string;

  static from(message: SandboxMessage): SandboxMessageResponse {
    return {
      id: message.id,
      channel: message.channel,
      user_id: message.userId,
      to: message.recipient,
      subject: message.subject,
      title: message.title,
      body: message.body,
      data: message.data,
      created_at: wireInstant(message.createdAt),
    };
  }
}

export class SandboxMessagePage extends PageResponse(SandboxMessageResponse) {}

export class SandboxClockResponse {
  @ApiInstant()
  now: string;
  /** It no longer follows real time. */
  moved: boolean;
  /** It stands still until it is advanced. */
  frozen: boolean;

  static from({ now, moved, frozen }: ClockState): SandboxClockResponse {
    return { now: wireInstant(now), moved, frozen };
  }
}

export class SandboxJobRunResponse {
  name: string;
  @ApiInstant()
  at: string;

  static from({ name, at }: JobRun): SandboxJobRunResponse {
    return { name, at: wireInstant(at) };
  }
}

export class SandboxAdvanceResponse extends SandboxClockResponse {
  @ApiProperty({ type: [SandboxJobRunResponse], description: 'In order; ticks without work are left out' })
  jobs_run: SandboxJobRunResponse[];

  static override from(advance: Advance): SandboxAdvanceResponse {
    return { ...SandboxClockResponse.from(advance), jobs_run: advance.jobsRun.map(SandboxJobRunResponse.from) };
  }
}

export class SandboxSingleRunResponse extends SandboxJobRunResponse {
  @ApiProperty({ type: 'integer' })
  processed_count: number;

  static override from({ name, at, processed }: SingleRun): SandboxSingleRunResponse {
    return { name, at: wireInstant(at), processed_count: processed };
  }
}
