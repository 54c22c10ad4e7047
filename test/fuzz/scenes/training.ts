import { exerciseId } from 'src/database/exercise-catalogue';
import { submitted, validated, type WireMachine } from 'test/performance/machines';
import { setOf, train, trainFor } from 'test/performance/training';
import { anExercise, asked, published, settle } from 'test/performance/videos';
import { adjustmentsOf, aPlan, assigned, done, onDay, planned } from 'test/program/following';
import type { Cue, Scene, Stage } from 'test/fuzz/stage';

const DAY_MS = 86_400_000;
const SQUAT = exerciseId('barbell-back-squat');

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

async function aMachine(stage: Stage): Promise<WireMachine> {
  return validated(stage.admin, await submitted(await stage.guest()));
}

async function aVideo(stage: Stage): Promise<{ id: string }> {
  const video = await asked(stage.admin, await anExercise(stage.app));
  await settle(stage.app);
  return video;
}

const judged: Scene = async (stage) => ({ actor: 'admin', path: { id: (await aVideo(stage)).id } });

/** Three good sessions at the target raise it. */
async function adjusted(stage: Stage): Promise<Cue> {
  const [coach, guest] = await stage.ward();
  const start = stage.now;
  const plan = await aPlan(coach, onDay(0, planned(SQUAT, 40)));
  await assigned(stage.app, coach, guest, plan, dayOf(start));
  for (const day of [1, 2, 3]) {
    const at = start + day * DAY_MS;
    await stage.goOn(at);
    await train(guest, new Date(at).toISOString(), [done(SQUAT, 3, 10, 40) as Record<string, unknown>]);
  }
  const [adjustment] = await adjustmentsOf(guest);
  return { actor: 'guest', path: { id: adjustment?.id ?? '' } };
}

/** Plans, what was trained, and what exercises are shown with. */
export const OF_TRAINING: Readonly<Record<string, Scene>> = {
  'post /performances/{id}/report-error': async (stage) => {
    const [coach, guest] = await stage.ward();
    const { id } = await trainFor(coach, guest, new Date(stage.now).toISOString(), [setOf(SQUAT, 40)]);
    return { actor: 'guest', path: { id } };
  },
  'post /clients/program/adjustments/{id}/refuse': adjusted,
  'post /coaches/programs/{id}/assign': async (stage) => {
    const [coach, guest] = await stage.ward();
    const { id } = await aPlan(coach, onDay(0, planned(SQUAT, 40)));
    return {
      actor: 'steady coach',
      path: { id },
      body: { client_id: guest.id, start_date: dayOf(stage.now + DAY_MS) },
    };
  },
  'get /coaches/clients/{id}/program-progress': async (stage) => {
    const [coach, guest] = await stage.ward();
    await assigned(stage.app, coach, guest, await aPlan(coach, onDay(0, planned(SQUAT, 40))), dayOf(stage.now));
    return { actor: 'steady coach', path: { id: guest.id } };
  },
  'get /machines/qr/{hash}': async (stage) => ({ path: { hash: String((await aMachine(stage)).qr_code_hash) } }),
  'get /admin/machines/{id}/qr.svg': async (stage) => ({ actor: 'admin', path: { id: (await aMachine(stage)).id } }),
  'get /admin/machines/qr-sheet': async (stage) => ({ actor: 'admin', query: { id: (await aMachine(stage)).id } }),
  'post /admin/videos/{id}/validate': judged,
  'post /admin/videos/{id}/reject': judged,
  'get /static/videos/{file}': async (stage) => {
    const { video_url: url } = await published(stage.admin, await aVideo(stage));
    return { path: { file: String(url).split('/').at(-1) ?? '' } };
  },
};
