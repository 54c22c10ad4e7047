import fc from 'fast-check';
import { LEVELS } from 'src/modules/client/profile/profile.types';
import { MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { MUSCLE_ROLES } from 'src/modules/performance/exercises/exercise.types';
import { MAX_PROMPT, videoPrompt } from './video-prompt.rules';

const SQUAT: Parameters<typeof videoPrompt>[0] = {
  name: 'Back squat',
  difficulty: 'intermediate',
  muscles: [
    { muscleGroup: 'quads', role: 'primary' },
    { muscleGroup: 'glutes', role: 'primary' },
    { muscleGroup: 'hip_flexors', role: 'secondary' },
  ],
  instructions: ['Stand under the bar.', 'Bend your knees.', 'Stand up.'],
};

describe('the prompt of a video (rules §15)', () => {
  it('tells name, level, muscles and steps', () => {
    expect(videoPrompt(SQUAT).split('\n').slice(0, 3)).toEqual([
      'A video that shows how the exercise "Back squat" is done.',
      'Level: intermediate. Muscles: quads, glutes. Also at work: hip flexors.',
      'Steps: 1. Stand under the bar. 2. Bend your knees. 3. Stand up.',
    ]);
  });

  it.each(['from the side', 'from the front', '15 to 45 seconds', 'silent', 'captions'])('asks for %s', (wish) => {
    expect(videoPrompt(SQUAT)).toContain(wish);
  });

  it('is silent about muscles that there are none of', () => {
    expect(videoPrompt({ ...SQUAT, muscles: [] })).toContain('Level: intermediate.\nSteps');
  });

  it('leaves out the last steps, whole, when there are too many', () => {
    const instructions = Array.from({ length: 60 }, (_, at) => `Step ${at + 1} ${'x'.repeat(50)}.`);
    const prompt = videoPrompt({ ...SQUAT, instructions });
    expect(prompt.length).toBeLessThanOrEqual(MAX_PROMPT);
    expect(prompt).toMatch(/\.\nShow several repetitions/);
    expect(prompt).toContain('captions');
  });

  it('fits whatever an exercise is called and however it is done', () => {
    const exercise = fc.record({
      name: fc.string({ maxLength: 2_500 }),
      difficulty: fc.constantFrom(...LEVELS),
      muscles: fc.array(
        fc.record({ muscleGroup: fc.constantFrom(...MUSCLE_GROUPS), role: fc.constantFrom(...MUSCLE_ROLES) }),
      ),
      instructions: fc.array(fc.string({ maxLength: 900 })),
    });
    fc.assert(fc.property(exercise, (any) => expect(videoPrompt(any).length).toBeLessThanOrEqual(MAX_PROMPT)));
  });
});
