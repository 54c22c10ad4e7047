import { applyDecorators } from '@nestjs/common';
import { Country } from 'src/common/http/domain-fields';
import { Optional, Several, Text } from 'src/common/http/fields';
import { TextList } from 'src/common/http/list-fields';
import { PageQuery } from 'src/common/paging/page';

const SLUG = /^[a-z0-9-]{1,100}$/;
const MOST_CHAINS = 20;

/** One slug or several: `chain=basic-fit&chain=keep-cool`. */
function ChainSlugs(): PropertyDecorator {
  return applyDecorators(
    Several(),
    TextList(MOST_CHAINS, 'invalid_format', (slug) => SLUG.test(slug), { pattern: SLUG.source }),
  );
}

export class GymListQuery extends PageQuery {
  @Optional()
  @ChainSlugs()
  chain?: string[];

  @Optional()
  @Country()
  country?: string;

  @Optional()
  @Text({ min: 1, max: 100 })
  city?: string;

  /** The whole postal code, or how it begins. */
  @Optional()
  @Text({ min: 1, max: 20 })
  zip_code?: string;

  /** Words of name, city, address or postal code, whatever their case and accents. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;
}

export class GymChainListQuery {
  @Optional()
  @Country()
  country?: string;
}
