import { Flag, Id } from 'src/common/http/fields';
import { Items } from 'src/common/http/list-fields';

const MOST_UPDATES = 200;

export class SharingUpdateDto {
  @Id()
  parameter_id: string;

  @Flag()
  shared: boolean;
}

export class UpdateSharingDto {
  /** A parameter that is named twice is as it was named last; one that is not named stays. */
  @Items(SharingUpdateDto, MOST_UPDATES)
  updates: SharingUpdateDto[];
}
