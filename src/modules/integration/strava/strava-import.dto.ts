import { Optional, Whole } from 'src/common/http/fields';

export class StravaImportQuery {
  @Optional()
  @Whole(1, 30, { query: true })
  limit = 10;
}
