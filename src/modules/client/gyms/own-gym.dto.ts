import { Choice, Id, Optional } from 'src/common/http/fields';
import { GYM_PARTS, type GymPart } from 'src/modules/gym/gym.types';

export class OwnGymQuery {
  /** The own role unless given; an admin counts as client. */
  @Optional()
  @Choice(GYM_PARTS)
  as?: GymPart;
}

export class AddGymDto {
  @Id()
  gym_id: string;

  /** The own role unless given; an admin counts as client. */
  @Optional()
  @Choice(GYM_PARTS)
  as?: GymPart;
}
