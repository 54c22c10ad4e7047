import fc from 'fast-check';
import { IS_BY_HAND, MINUTES, REQUESTS, ROUTE, SEED } from 'test/support/fuzz-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { routeNamed, ROUTES } from './document';
import { Neighbours } from './neighbours';
import { People } from './people';
import { Player } from './player';
import { STAGED_ROUTES } from './scenes/scenes';
import { Stage } from './stage';
import { goodStepOf, type Step, stepOf } from './step';
import { Stock } from './stock';
import { Tally } from './tally';
import { UNREACHED } from './unreached';

/** A quarter of the requests come in sequences over all routes, so that what one leaves meets the others. */
const IN_SEQUENCES = 0.25;
const LONGEST_SEQUENCE = 12;
/** So often a route is asked rightly, until it accepts once. */
const MOST_TRIES = 40;
/** Of one property, with the search for its shortest failure. */
const MOST_MS = IS_BY_HAND ? 600_000 : 40_000;
/** Of a test. By hand it may take a night. */
const TEST_MS = IS_BY_HAND ? 86_400_000 : 300_000;

/** Since the process began. */
const minutesGone = (): number => performance.now() / 60_000;

/** The seeds of a test that ends when this part of the time is over. */
function* seeds(part = 1): Generator<number> {
  for (let seed = SEED; seed === SEED || minutesGone() < MINUTES * part; seed += 1) yield seed;
}

const routes = ROUTES.filter(({ name }) => name.includes(ROUTE));
const perRoute = Math.max(2, Math.ceil((REQUESTS * (1 - IN_SEQUENCES)) / routes.length));
const sequences = Math.ceil((REQUESTS * IN_SEQUENCES) / (LONGEST_SEQUENCE / 2));

describe('trust 30–33: whatever is sent', () => {
  let neighbours: Neighbours;
  let app: TestApp;
  let player: Player;
  const tally = new Tally();
  const findings: string[] = [];

  beforeAll(async () => {
    neighbours = await Neighbours.start();
    app = await startTestApp(neighbours.variables);
    const stock = new Stock();
    const people = await People.gather(app, stock);
    player = new Player(app, people, stock, tally, new Stage(app, people, neighbours));
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await neighbours.stop();
  });

  const hold = async (steps: fc.Arbitrary<Step[]>, runs: number, bySeed: number): Promise<void> => {
    const property = fc.asyncProperty(steps, (each) => player.play(each));
    const { failed, errorInstance, seed, counterexamplePath } = await fc.check(property, {
      numRuns: runs,
      seed: bySeed,
      interruptAfterTimeLimit: MOST_MS,
    });
    if (!failed) return;
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    findings.push(`${reason}\n  # seed ${String(seed)}, path ${counterexamplePath ?? ''}`);
  };

  const attempt = async (step: Step): Promise<void> => {
    await player.play([step]).catch((error: unknown) => findings.push(String(error)));
  };

  it(
    'is answered as the document says, by every route',
    async () => {
      for (const seed of seeds(1 - IN_SEQUENCES))
        for (const route of routes) await hold(fc.tuple(stepOf(route)), perRoute, seed);
      expect(findings.join('\n\n')).toBe('');
      expect(tally.covered.sort()).toEqual(routes.map(({ name }) => name).sort());
    },
    TEST_MS,
  );

  it(
    'is answered so whatever went before',
    async () => {
      findings.length = 0;
      const anyStep = fc.oneof(...routes.map(stepOf));
      const some = fc.array(anyStep, { minLength: 1, maxLength: LONGEST_SEQUENCE });
      for (const seed of seeds()) await hold(some, sequences, seed);
      expect(findings.join('\n\n')).toBe('');
    },
    TEST_MS,
  );

  it('is staged for routes that exist', () => {
    expect(STAGED_ROUTES.filter((name) => !routeNamed(name))).toEqual([]);
  });

  it(
    'is accepted by every route, when it is right',
    async () => {
      findings.length = 0;
      for (const route of routes) {
        if (tally.hasAccepted(route.name)) continue;
        const steps = fc.sample(goodStepOf(route), { numRuns: MOST_TRIES, seed: SEED });
        for (const step of steps) {
          await attempt(step);
          if (tally.hasAccepted(route.name) || findings.length > 0) break;
        }
      }
      expect(findings.join('\n\n')).toBe('');
      const named = Object.keys(UNREACHED).filter((name) => routes.some((route) => route.name === name));
      expect(tally.neverAccepted.sort()).toEqual(named.sort());
    },
    TEST_MS,
  );

  it('is told of', () => {
    if (IS_BY_HAND)
      process.stdout.write(
        `${[...tally.lines(), `${tally.summary}; ${minutesGone().toFixed(1)} minutes`].join('\n')}\n`,
      );
    expect(tally.requests).toBeGreaterThanOrEqual(Math.min(REQUESTS, routes.length));
  });
});
