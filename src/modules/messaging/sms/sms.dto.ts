import { Choice, Optional } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { SMS_STATUSES, type SmsStatus } from './sms.state';

export class ListSmsQuery extends PageQuery {
  @Optional()
  @Choice(SMS_STATUSES)
  status?: SmsStatus;

  @Optional()
  @InstantOrDay()
  date_from?: string;

  @Optional()
  @InstantOrDay()
  date_to?: string;
}
