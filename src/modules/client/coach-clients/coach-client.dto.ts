import { ValidateIf } from 'class-validator';
import { Choice, Flag, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { RELATION_STATUSES, type RelationStatus } from 'src/modules/coach/relations/relation.types';
import { CLIENT_SORTS, type ClientSort, type SortOrder, SORT_ORDERS } from './coach-client.types';

export class ListClientsQuery extends PageQuery {
  @Optional()
  @Choice(RELATION_STATUSES)
  status?: RelationStatus;

  /** Part of the name, whatever its case and accents. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;

  /** `last_activity`: the last session done, or the start of the relation where there was none. */
  @Optional()
  @Choice(CLIENT_SORTS)
  sort: ClientSort = 'name';

  @Optional()
  @Choice(SORT_ORDERS)
  order: SortOrder = 'asc';
}

export class ChangeRelationDto {
  @Optional()
  @Choice(RELATION_STATUSES)
  status?: RelationStatus;

  /** Single sessions for this client, whatever prices are public. */
  @Optional()
  @Flag()
  allow_unit_booking?: boolean;

  /** Why the status changes: for the coach alone. */
  @Nullable()
  @Text({ max: 300, multiline: true })
  reason?: string | null;
}

export class WriteNoteDto {
  /** Null: no note any more. */
  @ValidateIf((_, value) => value !== null)
  @Text({ max: 5000, multiline: true, api: { nullable: true } })
  content: string | null;
}
