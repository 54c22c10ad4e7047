import { Optional } from 'src/common/http/fields';
import { InstantOrDay } from 'src/common/paging/range';

export class ExportSessionsQuery {
  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}
