import { generate } from 'src/modules/program/generator/generator.rules';
import { type GeneratedPlan, NOTE_RULES, type Wishes } from 'src/modules/program/generator/generator.types';
import { IS_BY_HAND, STRIDE } from 'test/support/generator-settings';
import { judge, notesIn } from './plan-judge';
import { allWishes, shippedCatalogue } from './wishes';

const SEED = 1;
const HOURS_MS = 14_400_000;
const MINUTE_MS = 60_000;

const catalogue = shippedCatalogue();
const known = new Map(catalogue.map((exercise) => [exercise.slug, exercise]));
const isUsual = ({ durationMin }: Wishes): boolean => durationMin >= 20 && durationMin <= 90;

/**
 * Notes that a usual wish must not lead to. With an injury another kind of exercise or another muscle may be the way
 * out. Without one there is only the second of four sessions, which has no hiit because the first has it.
 */
function unexpected(wishes: Wishes, notes: readonly string[]): string[] {
  if (!isUsual(wishes)) return [];
  if (wishes.injuryZones.length > 0) return notes.filter((note) => !/^(template_category|focus) /.test(note));
  return notes.filter((note) => wishes.frequency !== 4 || note !== 'template_category 1');
}

/** How many plans have notes, and how many notes of each rule. */
class Tally {
  private plans = 0;
  private noted = 0;
  private readonly notes = new Map<string, number>();

  constructor(private readonly title: string) {}

  add({ notes }: GeneratedPlan): void {
    this.plans++;
    if (notes.length > 0) this.noted++;
    for (const { rule } of notes) this.notes.set(rule, (this.notes.get(rule) ?? 0) + 1);
  }

  toString(): string {
    const rules = NOTE_RULES.map((rule) => `${rule} ${String(this.notes.get(rule) ?? 0)}`);
    return `${this.title}: ${String(this.plans)} plans, ${String(this.noted)} with notes: ${rules.join(', ')}`;
  }
}

describe('plans for all wishes, from the catalogue that the product ships', () => {
  const { count, at } = allWishes();
  const [usual, edges] = [new Tally('20 to 90 minutes'), new Tally('other lengths')];
  let [made, milliseconds, slowest] = [0, 0, 0];

  function timed(wishes: Wishes): GeneratedPlan {
    const begin = performance.now();
    const plan = generate(catalogue, wishes, SEED);
    const took = performance.now() - begin;
    [made, milliseconds, slowest] = [made + 1, milliseconds + took, Math.max(slowest, took)];
    return plan;
  }

  it(
    'keep what is always true, tell all that they give up and nothing else, and let muscles and intensity rest',
    () => {
      for (let number = 0; number < count; number += STRIDE) {
        const wishes = at(number);
        const plan = timed(wishes);
        (isUsual(wishes) ? usual : edges).add(plan);
        const { faults, missed } = judge(known, wishes, plan);
        const notes = notesIn(plan);
        const strange = unexpected(wishes, notes);
        // What is right is not handed to Jest: so many comparisons would take longer than the plans.
        if (faults.length + strange.length > 0 || missed.join() !== notes.join())
          expect({ wishes, faults, strange, notes }).toEqual({
            wishes,
            faults: [],
            strange: [],
            notes: missed,
          });
      }
      expect(made).toBe(Math.ceil(count / STRIDE));
    },
    IS_BY_HAND ? HOURS_MS : MINUTE_MS,
  );

  afterAll(() => {
    if (!IS_BY_HAND) return;
    const speed = `${(milliseconds / made).toFixed(3)} ms each, the slowest ${slowest.toFixed(1)} ms`;
    const lines = [`${String(made)} plans of ${String(count)}, ${speed}`, String(usual), String(edges)];
    process.stdout.write(`${lines.join('\n')}\n`);
  });
});
