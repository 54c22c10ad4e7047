import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';

export class AgendaQuery extends PageQuery {
  /** In the caller's zone. */
  @InstantOrDay()
  from: string;

  /** The last day, included. */
  @InstantOrDay()
  to: string;
}
