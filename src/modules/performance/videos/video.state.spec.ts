import { statusAfter, VIDEO_MOVES } from './video.state';
import { VIDEO_STATUSES } from './video.types';

/** Every move that exists (rules §15). */
const MOVES: Record<string, string> = {
  'pending start': 'generating',
  'pending fail': 'rejected',
  'generating finish': 'validating',
  'generating fail': 'rejected',
  'validating publish': 'published',
  'validating reject': 'rejected',
};

describe('a video', () => {
  it.each(VIDEO_STATUSES.flatMap((status) => VIDEO_MOVES.map((move) => [status, move] as const)))(
    'that is %s moves only where the rules let it: %s',
    (status, move) => {
      expect(statusAfter(status, move)).toBe(MOVES[`${status} ${move}`] ?? null);
    },
  );
});
