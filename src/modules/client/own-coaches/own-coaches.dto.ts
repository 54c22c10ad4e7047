import { Choice, Flag, Optional } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';

/** Relations in which somebody has a coach. */
export const COACHED = ['discovery', 'active', 'paused'] as const;
export type CoachedStatus = (typeof COACHED)[number];

export class ListOwnCoachesQuery extends PageQuery {
  /** Default: all of them. */
  @Optional()
  @Choice(COACHED)
  status?: CoachedStatus;
}

export class SharingDto {
  /** The coach may see all performances, not only those of their sessions. */
  @Flag()
  share_performances: boolean;
}
