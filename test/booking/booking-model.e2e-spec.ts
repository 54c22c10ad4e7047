import fc from 'fast-check';
import { REPLAY, STEPS_OF_A_STORY, STORIES, STORY } from 'test/support/model-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { STEPS } from './model/acts';
import { Engine } from './model/engine';
import { World } from './model/world';

describe('the booking engine beside a simple model of it', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await startTestApp();
    world = await World.furnish(app);
  }, 60_000);
  afterAll(() => app.close());

  it(
    'does and refuses the same, and keeps the iron rules after every step, whatever people, clock and jobs do',
    async () => {
      const stories = fc.commands(STEPS, { maxCommands: STEPS_OF_A_STORY, size: 'max', replayPath: REPLAY });
      const isAlike = fc.asyncProperty(stories, async (story) => {
        await world.clear();
        await fc.asyncModelRun(() => ({ model: new Engine(), real: world }), story);
      });
      // Not biased: else most stories would be short.
      await fc.assert(isAlike, { numRuns: STORIES, unbiased: true, ...STORY });
    },
    Math.max(180_000, STORIES * 6_000),
  );
});
