import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { HealthParameterResponse } from 'src/modules/wellness/parameters/parameter.response';
import { LOG_SOURCES, type LogSource } from 'src/modules/wellness/wellness.types';
import type { HealthLogView } from './log.types';

/** One value of one parameter at one moment. */
export class HealthLogResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  user_id: string;
  @ApiProperty({ format: 'uuid' })
  parameter_id: string;
  /** In the parameter's unit, of at most three decimals. */
  value: number;
  note: string | null;
  @ApiProperty({ enum: LOG_SOURCES })
  source: LogSource;
  @ApiInstant()
  logged_at: string;
  @ApiInstant()
  created_at: string;
  parameter: HealthParameterResponse;

  static from(log: HealthLogView): HealthLogResponse {
    return {
      id: log.id,
      user_id: log.userId,
      parameter_id: log.parameterId,
      value: log.value,
      note: log.note,
      source: log.source,
      logged_at: wireInstant(log.loggedAt),
      created_at: wireInstant(log.createdAt),
      parameter: HealthParameterResponse.from(log.parameter),
    };
  }
}

export class HealthLogPage extends PageResponse(HealthLogResponse) {}
