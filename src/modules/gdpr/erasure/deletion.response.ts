import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { DeletionRequest } from 'src/modules/gdpr/entities/deletion-request.entity';

const STATUS = 'deletion_pending';

/** An account that waits for its erasure. */
export class DeletionResponse {
  @ApiProperty({ enum: [STATUS] })
  status: typeof STATUS;
  @ApiInstant()
  deletion_requested_at: string;
  @ApiInstant({ description: 'When everything is erased; until then it can be taken back' })
  effective_at: string;

  static from({ requestedAt, effectiveAt }: DeletionRequest): DeletionResponse {
    return {
      status: STATUS,
      deletion_requested_at: wireInstant(requestedAt),
      effective_at: wireInstant(effectiveAt),
    };
  }
}
