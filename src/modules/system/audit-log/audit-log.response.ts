import { ApiProperty } from '@nestjs/swagger';
import type { AuditEntry } from 'src/common/audit/audit-log.repository';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';

/** One act of an administrator, by ids alone. */
export class AuditEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiInstant()
  at: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: a command of the operator' })
  actor_id: string | null;
  @ApiProperty({ example: 'machine.validated' })
  action: string;
  @ApiProperty({ example: 'machine' })
  target_type: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: more than one row' })
  target_id: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The `X-Request-Id` of the call' })
  request_id: string | null;

  static from(entry: AuditEntry): AuditEntryResponse {
    return {
      id: entry.id,
      at: wireInstant(entry.at),
      actor_id: entry.actorId,
      action: entry.action,
      target_type: entry.targetType,
      target_id: entry.targetId,
      request_id: entry.requestId,
    };
  }
}

export class AuditLogPage extends PageResponse(AuditEntryResponse) {}
