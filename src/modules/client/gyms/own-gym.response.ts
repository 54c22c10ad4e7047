import { Answer } from 'src/common/http/answer';
import { gymOf, type GymResponse } from 'src/modules/gym/gym.response';
import type { MarkedGym } from 'src/modules/gym/gym.types';

/** 201 for a club that is new among the own ones, 200 for one that was there. */
export function addedGym({ isNew, ...marked }: MarkedGym & { isNew: boolean }): Answer<GymResponse> {
  return new Answer(isNew ? 201 : 200, gymOf(marked));
}
