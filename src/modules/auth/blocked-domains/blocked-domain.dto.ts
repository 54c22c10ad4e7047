import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { isDomain, spelledDomain } from './domain.rules';

const LONGEST = 100;

/** A domain in any spelling; it is kept in one. */
function Domain(): PropertyDecorator {
  return applyDecorators(
    Text({ min: 1, max: LONGEST }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.length <= LONGEST ? spelledDomain(value.trim()) : value,
    ),
    Check('invalid_format', (value) => typeof value !== 'string' || value === '' || isDomain(value)),
    ApiProperty({ example: 'mailinator.com' }),
  );
}

export class BlockDomainDto {
  @Domain()
  domain: string;

  /** For other administrators. */
  @Nullable()
  @Text({ max: 200 })
  reason?: string | null;
}

export class BlockedDomainsQuery extends PageQuery {
  /** Part of the domain. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;
}
