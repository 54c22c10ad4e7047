import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { ValidationFailed } from 'src/common/errors/domain.error';
import { Whole } from './fields';
import { IdList, Ids, Items } from './list-fields';
import { RequestValidationPipe } from './request-validation.pipe';

class ExerciseSet {
  @Whole(1, 50)
  reps: number;
}

class Workout {
  @Items(ExerciseSet, 2)
  sets: ExerciseSet[];

  @IdList(2)
  gym_ids: string[];
}

class Plan {
  @Items(Workout, 2)
  workouts: Workout[];
}

class LabelQuery {
  @Ids(2)
  id: string[];
}

describe('a list of a request', () => {
  const ID = '0b6f1c52-6c1b-4f5e-9c59-3a2f4f0e8d11';

  function paths(errors: readonly ValidationError[], path: string[] = []): string[] {
    return errors.flatMap(({ property, constraints, children }) => [
      ...Object.values(constraints ?? {}).map((code) => [...path, property].join('.') + ' ' + code),
      ...paths(children ?? [], [...path, property]),
    ]);
  }
  const faults = (sets: unknown, gymIds: unknown = []): string[] =>
    paths(validateSync(plainToInstance(Workout, { sets, gym_ids: gymIds })));

  it('names an item by its place', () => {
    expect(faults([{ reps: 1 }, { reps: 50 }])).toEqual([]);
    expect(faults([{ reps: 1 }, { reps: 51 }])).toEqual(['sets.1.reps too_large']);
    expect(faults([{}])).toContain('sets.0.reps required');
  });

  it.each([[null], [[]], [7], ['x']])('holds objects, not %p', (item) => {
    expect(faults([item])).toContain('sets invalid_type');
  });

  it.each([[null], [{}], ['x'], [7]])('is a list, not %p', (sets) => {
    expect(faults(sets)).toContain('sets invalid_type');
  });

  it('has an end', () => {
    expect(faults([{ reps: 1 }, { reps: 1 }, { reps: 1 }])).toEqual(['sets too_many']);
  });

  it('is not looked at beyond its end: trust 34', async () => {
    const sent = (length: number): unknown => ({ sets: Array.from({ length }, () => ({})), gym_ids: [] });
    const refused: unknown = await new RequestValidationPipe()
      .transform({ workouts: [sent(10_000), sent(1)] }, { type: 'body', metatype: Plan })
      .catch((error: unknown) => error);
    expect((refused as ValidationFailed).faults).toEqual([
      { field: 'workouts.0.sets', code: 'too_many' },
      { field: 'workouts.0.sets.0.reps', code: 'required' },
      { field: 'workouts.0.sets.1.reps', code: 'required' },
      { field: 'workouts.0.sets.2.reps', code: 'required' },
      { field: 'workouts.1.sets.0.reps', code: 'required' },
    ]);
  });

  it('of ids holds ids only', () => {
    expect(faults([], [ID, ID])).toEqual([]);
    expect(faults([], [ID, ID, ID])).toEqual(['gym_ids too_many']);
    expect(faults([], ['7'])).toEqual(['gym_ids invalid_format']);
    expect(faults([], [7])).toEqual(['gym_ids invalid_format']);
    expect(faults([], ID)).toContain('gym_ids invalid_type');
  });

  it('of ids in a query may be one id', () => {
    const read = (id: unknown): unknown => plainToInstance(LabelQuery, { id }).id;
    expect(read(ID.toUpperCase())).toEqual([ID]);
    expect(read([ID.toUpperCase(), ID])).toEqual([ID, ID]);
    const wrong = (id: unknown): string[] => paths(validateSync(plainToInstance(LabelQuery, { id })));
    expect(wrong(ID)).toEqual([]);
    expect(wrong([ID, ID, ID])).toEqual(['id too_many']);
    expect(wrong(undefined)).toContain('id required');
  });
});
