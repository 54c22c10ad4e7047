import { Cents, Country, Currency } from 'src/common/http/domain-fields';
import { Choice, Choices, Flag, Id, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { SPECIALTIES } from 'src/modules/coach/coach.types';
import { type Sort, SORTS } from './search.rules';

export class SearchCoachesQuery extends PageQuery {
  /** Name or specialty, whatever its case and accents; each word must be found. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;

  /** One of them is enough. */
  @Optional()
  @Choices(SPECIALTIES, 'invalid_specialty')
  specialty?: string[];

  /** The whole name of the city, whatever its case and accents. */
  @Optional()
  @Text({ min: 1, max: 100 })
  city?: string;

  @Optional()
  @Country()
  country?: string;

  /** Where the coach works. */
  @Optional()
  @Id()
  gym_id?: string;

  /** Slug of the chain in one of whose clubs the coach works. */
  @Optional()
  @Text({ min: 1, max: 100 })
  chain?: string;

  /** Of a single session, in the coach’s own currency. */
  @Optional()
  @Cents({ query: true })
  max_price_cents?: number;

  @Optional()
  @Currency()
  currency?: string;

  /** Whether a discovery session is offered. */
  @Optional()
  @Flag({ query: true })
  discovery?: boolean;

  /** Verified, or the holder of a verified certification. */
  @Optional()
  @Flag({ query: true })
  certified?: boolean;

  /** Whether a slot within seven days is free. */
  @Optional()
  @Flag({ query: true })
  available_this_week?: boolean;

  @Optional()
  @Choice(SORTS)
  sort: Sort = 'relevance';
}
