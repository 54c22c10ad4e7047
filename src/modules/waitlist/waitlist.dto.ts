import { Choices, Id, Optional, Whole } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { WAITLIST_STATUSES, type WaitlistStatus } from './waitlist.state';

/** So many people may be given their places at once. */
export const MAX_WISHES = 100;
/** Nobody has more entries in one queue than there is room for numbers. */
const MAX_POSITION = 1_000_000;

export class ListWaitlistQuery extends PageQuery {
  /** Default: what is still waited for. */
  @Optional()
  @Choices(WAITLIST_STATUSES)
  status: WaitlistStatus[] = ['waiting', 'notified'];
}

export class ListQueueQuery extends PageQuery {
  /** Default: all of them. */
  @Optional()
  @Choices(WAITLIST_STATUSES)
  status?: WaitlistStatus[];
}

export class WishedPlaceDto {
  @Id()
  id: string;

  /** Only the order counts. */
  @Whole(1, MAX_POSITION)
  position: number;
}
