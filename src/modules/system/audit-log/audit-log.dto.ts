import { Id, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';

export class AuditLogQuery extends PageQuery {
  /** Who did it. */
  @Optional()
  @Id()
  actor_id?: string;

  /** What was done, whole: `machine.validated`. */
  @Optional()
  @Text({ min: 1, max: 100 })
  action?: string;

  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}
