import { Id, Optional } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';

export class ListRecordsQuery extends PageQuery {
  /** All records that there were of this exercise, not only the current one of each. */
  @Optional()
  @Id()
  exercise_type_id?: string;
}
