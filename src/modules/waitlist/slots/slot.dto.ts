import { Choice, Flag, Optional, Whole } from 'src/common/http/fields';
import { InstantOrDay } from 'src/common/paging/range';

export class ListSlotsQuery {
  /** Default: now. */
  @Optional()
  @InstantOrDay()
  from?: string;

  /** Default: seven days after `from`; at most 31 days after it. */
  @Optional()
  @InstantOrDay()
  to?: string;

  @Optional()
  @Choice(['per_session', 'package', 'discovery'])
  pricing_type?: string;

  /** Heeded for the coach himself and for admins. */
  @Optional()
  @Whole(15, 480, { query: true })
  duration_min?: number;

  /** For the coach himself and for admins: also the starts that are taken away, and why. */
  @Optional()
  @Flag({ query: true })
  explain: boolean = false;
}
