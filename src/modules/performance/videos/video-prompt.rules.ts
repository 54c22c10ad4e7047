import type { Exercise } from 'src/modules/performance/exercises/exercise.types';

/** Characters. */
export const MAX_PROMPT = 2_000;

type Described = Pick<Exercise, 'name' | 'difficulty' | 'muscles' | 'instructions'>;

const CAMERA =
  'Show several repetitions from the side, then several from the front, with the whole body in the picture. ' +
  'One person in plain sportswear, an even light background, a camera that stands still.';
const FORM = 'The video lasts 15 to 45 seconds and is silent: no voice, no music. Short captions name each step.';

/**
 * What a provider is asked for when nobody has written it (rules §15). In English, which providers understand best.
 *
 * @param exercise in the words of English
 */
export function videoPrompt({ name, difficulty, muscles, instructions }: Described): string {
  const musclesOf = (role: string): string =>
    muscles.flatMap((muscle) => (muscle.role === role ? [muscle.muscleGroup.replaceAll('_', ' ')] : [])).join(', ');
  const [primary, secondary] = [musclesOf('primary'), musclesOf('secondary')];
  const before = [
    `A video that shows how the exercise "${name}" is done.`,
    `Level: ${difficulty}.${primary && ` Muscles: ${primary}.`}${secondary && ` Also at work: ${secondary}.`}`,
  ];
  const after = [CAMERA, FORM];
  const room = MAX_PROMPT - [...before, 'Steps:', ...after].join('\n').length;
  const steps = fitting(
    instructions.map((step, at) => ` ${at + 1}. ${step}`),
    room,
  );
  return [...before, `Steps:${steps}`, ...after].join('\n').slice(0, MAX_PROMPT);
}

/** As many of the first ones as there is room for: a step that ends halfway misleads. */
function fitting(steps: readonly string[], room: number): string {
  let text = '';
  for (const step of steps) {
    if (text.length + step.length > room) return text;
    text += step;
  }
  return text;
}
