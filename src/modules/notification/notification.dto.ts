import { Flag, Optional } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';

export class ListNotificationsQuery extends PageQuery {
  /** Only the unread ones, or with false only those that were read. */
  @Optional()
  @Flag({ query: true })
  unread?: boolean;
}
