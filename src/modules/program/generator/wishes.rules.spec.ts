import { GOALS } from 'src/modules/client/profile/profile.types';
import { hasEquipmentFor, isCapped, plannedMinutes, wishesOf } from './wishes.rules';

describe('what a plan is made for', () => {
  it('has a default for all that is missing or null', () => {
    const defaults = {
      goal: 'well_being',
      level: 'beginner',
      frequency: 3,
      durationMin: 60,
      equipment: [],
      targetZones: [],
      injuryZones: [],
    };
    expect(wishesOf({})).toEqual(defaults);
    expect(
      wishesOf({
        goal: null,
        level: null,
        frequency: null,
        durationMin: null,
        equipment: null,
        targetZones: null,
        injuryZones: null,
      }),
    ).toEqual(defaults);
  });

  it('is what was answered', () => {
    const answers = {
      level: 'advanced',
      frequency: 7,
      durationMin: 240,
      equipment: ['bands'],
      targetZones: ['core'],
      injuryZones: ['neck'],
    } as const;
    expect(wishesOf({ ...answers, goal: 'muscle_gain' })).toEqual({ ...answers, goal: 'muscle_gain' });
  });

  it('takes the goal of the plan from that of the client', () => {
    expect(GOALS.map((goal) => `${goal}: ${wishesOf({ goal }).goal}`)).toEqual([
      'lose_weight: lose_weight',
      'muscle_gain: muscle_gain',
      'endurance: endurance',
      'well_being: well_being',
      'sport_perf: endurance',
      'rehabilitation: rehab',
      'other: well_being',
    ]);
  });

  it.each([
    [119, 119, false],
    [120, 120, false],
    [121, 120, true],
    [240, 120, true],
  ])('of %d minutes plans %d', (durationMin, planned, capped) => {
    const wishes = wishesOf({ durationMin });
    expect([plannedMinutes(wishes), isCapped(wishes)]).toEqual([planned, capped]);
  });

  it('has everything when nothing or a whole gym is named, else what is named and the body', () => {
    const has = (...equipment: Parameters<typeof hasEquipmentFor>[1]): boolean[] => {
      const wishes = wishesOf({ equipment });
      return [
        hasEquipmentFor(wishes, []),
        hasEquipmentFor(wishes, ['bodyweight']),
        hasEquipmentFor(wishes, ['dumbbells']),
        hasEquipmentFor(wishes, ['dumbbells', 'bench']),
      ];
    };
    expect(has()).toEqual([true, true, true, true]);
    expect(has('full_gym', 'bands')).toEqual([true, true, true, true]);
    expect(has('bodyweight')).toEqual([true, true, false, false]);
    expect(has('dumbbells')).toEqual([true, true, true, false]);
    expect(has('bench', 'dumbbells')).toEqual([true, true, true, true]);
  });
});
