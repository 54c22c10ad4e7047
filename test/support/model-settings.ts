/** How the tests that tell random stories are turned up by hand: `MODEL_RUNS=400 MODEL_STEPS=150`. */
const { MODEL_RUNS, MODEL_STEPS, MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;

export const STORIES = Number(MODEL_RUNS ?? 60);

/** The most steps of a story. */
export const STEPS_OF_A_STORY = Number(MODEL_STEPS ?? 100);

/** What a failure prints, to tell the same story again. */
export const STORY = {
  ...(MODEL_SEED !== undefined && { seed: Number(MODEL_SEED) }),
  ...(MODEL_PATH !== undefined && { path: MODEL_PATH }),
};
export const REPLAY = MODEL_REPLAY;
