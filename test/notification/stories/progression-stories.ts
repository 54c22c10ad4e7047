import { train } from 'test/performance/training';
import { aLift, aPlan, assigned, onDay, planned } from 'test/program/following';
import { type Message, NOW, type Stage, type Story } from './stage';

/** Later today. */
const TIMES = ['2026-03-02T10:00:00Z', '2026-03-02T11:00:00Z', '2026-03-02T12:00:00Z'];

/** A client with a plan of one exercise; what he did in the last of his sessions is what moves its target. */
function moved(
  title: string,
  { from, did, to, variant }: { from: number | null; did: object[]; to: string; variant?: string },
): Story {
  return [
    title,
    async (stage: Stage): Promise<Message[]> => {
      const { app, coach, other } = stage;
      const lift = await aLift(app, `lift-${other.id}`);
      const plan = await aPlan(coach, onDay(0, planned(lift, from)));
      const { id } = await assigned(app, coach, other, plan, NOW.slice(0, 10));
      for (const [number, sets] of did.entries()) {
        const at = TIMES[number] ?? NOW;
        await app.setClock(at);
        await stage.begin();
        await train(other, at, [{ exercise_type_id: lift, ...sets }]);
      }
      const values = { exercise: `es lift-${other.id}`, weight: `${to.replace('.', ',')} kg` };
      const data = { assignment_id: id, exercise_type_id: lift, target_weight_kg: to };
      return [{ to: 'other', type: 'progression_detected', ...(variant && { variant }), values, data }];
    },
  ];
}

const good = { sets_count: 3, reps: 10, weight_kg: 40 };
const bare = { sets_count: 3, reps: 10 };

export const PROGRESSION_STORIES: readonly Story[] = [
  moved('three good sessions raise a target', { from: 40, did: [good, good, good], to: '42.5' }),
  moved('a bad one lowers it', { from: 40, did: [good, { ...good, reps: 5 }], to: '37.5', variant: 'lowered' }),
  moved('three sessions make the first one', { from: null, did: [bare, bare, bare], to: '5', variant: 'first' }),
];
