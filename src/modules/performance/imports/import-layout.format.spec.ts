import { layoutOf, unitOf } from './import-layout.format';

const formatOf = (header: string): string | null => layoutOf(header.split(/[,;]/))?.format ?? null;
const HEVY = 'title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type';

describe('the header of an import', () => {
  it.each([
    ['strong', 'Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes'],
    [
      'strong',
      'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE',
    ],
    ['strong', 'Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds'],
    ['strong', 'Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Seconds;Notes'],
    ['hevy', `${HEVY},weight_kg,reps,distance_km,duration_seconds,rpe`],
    ['hevy', `${HEVY},weight_lbs,reps,distance_miles,duration_seconds,rpe`],
    ['mycoach', 'date,session_type,duration_min,feeling,gym,exercise_slug,exercise_name,set_order,reps,weight_kg'],
    ['mycoach', 'DATE, Weight_KG ,reps,set_order,exercise_name,exercise_slug,colour'],
  ])('of %s: %s', (format, header) => {
    expect(formatOf(header)).toBe(format);
  });

  it.each([
    ['without weights', `${HEVY},reps`],
    ['of an app that we do not read', 'SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes'],
    ['without exercises', 'Date,Workout Name,Set Order,Weight,Reps'],
    ['of clubs', 'chain_name,name,address,zip_code,city,country,lat,lng'],
  ])('is not known %s', (_, header) => {
    expect(formatOf(header)).toBeNull();
  });

  it('says where each column stands', () => {
    expect(layoutOf(['Reps', 'Set Order', 'x', 'Weight (lbs)', 'Date', 'Exercise Name', 'Workout Name'])).toEqual({
      format: 'strong',
      width: 7,
      places: { reps: 0, order: 1, weightLb: 3, start: 4, exercise: 5, title: 6 },
    });
  });

  it('has units as apps write them', () => {
    expect(['kg', 'KGS', 'lbs', 'lb.', 'stone', ''].map(unitOf)).toEqual(['kg', 'kg', 'lb', 'lb', null, null]);
  });
});
