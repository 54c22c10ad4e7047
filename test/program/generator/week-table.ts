import type { PlanGoal } from 'src/modules/program/generator/generator.types';

/** A place of a session, as the tables of the rules write it. */
export interface TableBlock {
  category: string;
  sets: number;
  reps: number;
  /** What it names, or what its day is about; empty when it is free. */
  muscles: readonly string[];
}

export interface TableDay {
  day: number;
  blocks: TableBlock[];
}

const REGION: Readonly<Record<string, string>> = {
  push: 'chest shoulders triceps',
  pull: 'back biceps forearms',
  legs: 'quads hamstrings glutes calves hip_flexors adductors',
  core: 'core neck',
  full: '',
};
export const regionOf = (name: string): string[] => (REGION[name] ?? '').split(' ');

// Rules §14.2, written a second time: what the generator builds is held against this and not against its own tables.
const WEEKS: Readonly<Record<number, string>> = {
  1: '0 full',
  2: '0 full, 3 full',
  4: '0 push pull, 1 legs core, 3 push pull, 5 legs core',
  5: '0 push, 1 legs, 2 pull core, 4 push pull, 5 legs',
  6: '0 push, 1 pull core, 2 legs, 3 push, 4 pull core, 5 legs',
  7: '0 push, 1 pull, 2 legs, 3 push, 4 pull, 5 legs, 6 core',
};
const BLOCKS: Readonly<Record<string, string>> = {
  lose_weight: 'strength 3×12, strength 3×12, cardio 1×20, hiit 2×15',
  muscle_gain: 'strength 4×8, strength 3×10, strength 3×12',
  well_being: 'strength 3×12, yoga 1×10, flexibility 2×20',
  endurance: 'cardio 1×30, strength 3×15, hiit 4×10',
  rehab: 'rehab 2×12, flexibility 2×20',
};
const EASY = 'yoga 1×10, flexibility 2×20, core 3×15';
const THREE_DAYS: Readonly<Record<string, readonly [string, string, string]>> = {
  lose_weight: [
    'strength 3×12 quads chest, strength 3×12 quads chest, cardio 1×20, core 3×15',
    'cardio 1×30, core 3×20, hiit 2×15',
    'strength 3×12 back glutes, strength 3×12 back glutes, cardio 1×20, core 3×15',
  ],
  well_being: [
    'yoga 1×10, core 3×15, flexibility 2×20',
    'cardio 1×30, flexibility 2×20, core 2×15',
    'strength 3×12, core 3×15, yoga 1×15',
  ],
  endurance: [
    'cardio 1×45, core 2×20',
    'hiit 4×10, cardio 1×15, core 2×15',
    'cardio 1×30, strength 3×15 quads, core 2×15',
  ],
  rehab: [
    'rehab 2×12, flexibility 2×20, rehab 2×12',
    'flexibility 2×20, yoga 1×10',
    'rehab 2×12, flexibility 2×20, rehab 2×12',
  ],
};

export const REST: Readonly<Record<PlanGoal, number>> = {
  lose_weight: 60,
  muscle_gain: 90,
  well_being: 45,
  maintenance: 45,
  endurance: 45,
  rehab: 45,
};

export function tableOf(planGoal: PlanGoal, frequency: number): TableDay[] {
  const goal = planGoal === 'maintenance' ? 'well_being' : planGoal;
  const own = THREE_DAYS[goal];
  if (frequency === 3 && own) return own.map((blocks, place) => ({ day: place * 2, blocks: blocksOf(blocks, []) }));
  return weekOf(goal, frequency)
    .split(', ')
    .map((text) => {
      const [day, ...regions] = text.split(' ');
      const muscles = regions.includes('full') ? [] : regions.flatMap(regionOf);
      return { day: Number(day), blocks: blocksOf(day === '6' ? EASY : (BLOCKS[goal] ?? ''), muscles) };
    });
}

function weekOf(goal: string, frequency: number): string {
  if (goal === 'muscle_gain' && frequency === 3) return '0 push, 2 pull, 4 legs';
  if (goal === 'muscle_gain' && frequency === 4) return '0 push, 1 pull, 3 legs, 5 push';
  return WEEKS[frequency] ?? '';
}

function blocksOf(text: string, ofTheDay: readonly string[]): TableBlock[] {
  return text.split(', ').map((block) => {
    const [word = '', dose = '', ...named] = block.split(' ');
    const [sets = 0, reps = 0] = dose.split('×').map(Number);
    if (word === 'core') return { category: 'strength', sets, reps, muscles: ['core'] };
    return { category: word, sets, reps, muscles: named.length > 0 ? named : ofTheDay };
  });
}
