import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { BlockedDomain } from 'src/modules/auth/entities/blocked-domain.entity';

/** A domain whose addresses are not accepted. */
export class BlockedDomainResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'xn--mnchen-3ya.example', description: 'Lower-case, in ASCII' })
  domain: string;
  reason: string | null;
  @ApiInstant()
  created_at: string;

  static from({ id, domain, reason, createdAt }: BlockedDomain): BlockedDomainResponse {
    return { id, domain, reason, created_at: wireInstant(createdAt) };
  }
}

export class BlockedDomainPage extends PageResponse(BlockedDomainResponse) {}
