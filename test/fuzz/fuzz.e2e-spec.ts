import fc from 'fast-check';
import { IS_BY_HAND, REQUESTS, ROUTE, SEED } from 'test/support/fuzz-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { ROUTES } from './document';
import { People } from './people';
import { Player } from './player';
import { type Step, stepOf } from './step';
import { Stock } from './stock';
import { Tally } from './tally';

/** A quarter of the requests come in sequences over all routes, so that what one leaves meets the others. */
const IN_SEQUENCES = 0.25;
const LONGEST_SEQUENCE = 12;
/** Of one property, with the search for its shortest failure. */
const MOST_MS = IS_BY_HAND ? 600_000 : 40_000;

const routes = ROUTES.filter(({ name }) => name.includes(ROUTE));
const perRoute = Math.max(2, Math.ceil((REQUESTS * (1 - IN_SEQUENCES)) / routes.length));
const sequences = Math.ceil((REQUESTS * IN_SEQUENCES) / (LONGEST_SEQUENCE / 2));

describe('trust 30–33: whatever is sent', () => {
  let app: TestApp;
  let player: Player;
  const tally = new Tally();
  const findings: string[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    const stock = new Stock();
    player = new Player(app, await People.gather(app, stock), stock, tally);
  }, 120_000);
  afterAll(() => app.close());

  const hold = async (steps: fc.Arbitrary<Step[]>, runs: number): Promise<void> => {
    const property = fc.asyncProperty(steps, (each) => player.play(each));
    const { failed, errorInstance, seed, counterexamplePath } = await fc.check(property, {
      numRuns: runs,
      seed: SEED,
      interruptAfterTimeLimit: MOST_MS,
    });
    if (!failed) return;
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    findings.push(`${reason}\n  # seed ${String(seed)}, path ${counterexamplePath ?? ''}`);
  };

  it(
    'is answered as the document says, by every route',
    async () => {
      for (const route of routes) await hold(fc.tuple(stepOf(route)), perRoute);
      expect(findings.join('\n\n')).toBe('');
      expect(tally.covered.sort()).toEqual(routes.map(({ name }) => name).sort());
    },
    IS_BY_HAND ? 3_600_000 : 180_000,
  );

  it(
    'is answered so whatever went before',
    async () => {
      findings.length = 0;
      const anyStep = fc.oneof(...routes.map(stepOf));
      await hold(fc.array(anyStep, { minLength: 1, maxLength: LONGEST_SEQUENCE }), sequences);
      expect(findings.join('\n\n')).toBe('');
    },
    IS_BY_HAND ? 3_600_000 : 120_000,
  );

  it('is told of', () => {
    const lines = [...tally.lines(), `${String(tally.requests)} requests, ${String(tally.covered.length)} routes`];
    if (IS_BY_HAND) process.stdout.write(`${lines.join('\n')}\nnever accepted: ${tally.neverAccepted.join(', ')}\n`);
    expect(tally.requests).toBeGreaterThanOrEqual(Math.min(REQUESTS, routes.length));
  });
});
