import { Choice, Optional } from 'src/common/http/fields';
import { MESSAGE_CHANNELS, type MessageChannel } from 'src/common/jobs/job-registry';
import { PageQuery } from 'src/common/paging/page';

export class ListDeadLettersQuery extends PageQuery {
  @Optional()
  @Choice(MESSAGE_CHANNELS)
  channel?: MessageChannel;
}
