import type { Draft } from 'test/fuzz/draft';
import type { Cue, Scene, Stage } from 'test/fuzz/stage';
import type { Step } from 'test/fuzz/step';
import { OF_ACCOUNTS } from './accounts';
import { OF_BOOKINGS } from './bookings';
import { OF_COACHES } from './coaches';
import { OF_CONNECTIONS } from './connections';
import { OF_TRAINING } from './training';

/** By route: those that are hardly ever asked rightly by chance. */
const SCENES: Readonly<Record<string, Scene>> = {
  ...OF_ACCOUNTS,
  ...OF_BOOKINGS,
  ...OF_COACHES,
  ...OF_CONNECTIONS,
  ...OF_TRAINING,
};

export function hasScene(route: string): boolean {
  return route in SCENES;
}

/** Every route that a scene is for. */
export const STAGED_ROUTES: readonly string[] = Object.keys(SCENES);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function bodyOf({ draft, fault }: Step, body: Cue['body'], right: (values: object) => object): unknown {
  if (Array.isArray(body)) return fault ? draft.body : body;
  return body && isRecord(draft.body) && fault?.field !== '' ? given({ ...draft.body, ...right(body) }) : draft.body;
}

function queryOf({ draft }: Step, query: Record<string, unknown>): Draft['query'] {
  const others = draft.query.filter(([name]) => !(name in query));
  return [...others, ...Object.entries(given(query))];
}

/** The request with what the scene gives; what was made wrong in it stays so. */
function cued(step: Step, { actor, path = {}, query = {}, body }: Cue): Step {
  const wrong = step.fault?.field.split('.')[0];
  const right = <T>(values: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => name !== wrong));
  const draft = {
    ...step.draft,
    path: { ...step.draft.path, ...right(path) },
    query: queryOf(step, right(query)),
    body: bodyOf(step, body, (values) => right({ ...values })),
  };
  return { ...step, actor: actor ?? step.actor, draft };
}

/** Plays what has to come before a step, and answers the step that comes then. */
export async function staged(step: Step, stage: Stage): Promise<Step> {
  const scene = SCENES[step.route.name];
  if (!scene) return step;
  try {
    return cued(step, await scene(stage));
  } catch (error) {
    await stage.clear();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${step.route.name}: what has to come before it fails: ${reason}`, { cause: error });
  }
}
