import type { WeightUnit } from 'src/common/i18n/weight-texts';
import type { ImportFormat } from './import.types';

/** What the columns of the apps mean to us. */
export type Column =
  | 'start'
  | 'end'
  | 'sessionType'
  | 'minutes'
  | 'duration'
  | 'durationSeconds'
  | 'feeling'
  | 'gym'
  | 'title'
  | 'slug'
  | 'exercise'
  | 'order'
  | 'count'
  | 'reps'
  | 'weightKg'
  | 'weightLb'
  | 'weight'
  | 'weightUnit'
  | 'seconds'
  | 'notes';

interface Shape {
  format: ImportFormat;
  /** The names that a column has had, in small letters. */
  names: Partial<Record<Column, readonly string[]>>;
  required: readonly Column[];
}

/**
 * Strong writes another table on each system, and has changed both: `Duration` or `Duration (sec)`, the unit of weights
 * in the name of their column, in one of its own, or nowhere.
 */
const SHAPES: readonly Shape[] = [
  {
    format: 'strong',
    names: {
      start: ['date'],
      title: ['workout name'],
      duration: ['duration', 'workout duration'],
      durationSeconds: ['duration (sec)'],
      exercise: ['exercise name'],
      order: ['set order'],
      weight: ['weight'],
      weightKg: ['weight (kg)'],
      weightLb: ['weight (lbs)', 'weight (lb)'],
      weightUnit: ['weight unit'],
      reps: ['reps'],
      seconds: ['seconds'],
      notes: ['notes'],
    },
    required: ['start', 'title', 'exercise', 'order', 'reps'],
  },
  {
    format: 'hevy',
    names: {
      title: ['title'],
      start: ['start_time'],
      end: ['end_time'],
      exercise: ['exercise_title'],
      weightKg: ['weight_kg'],
      weightLb: ['weight_lbs'],
      reps: ['reps'],
      seconds: ['duration_seconds'],
      notes: ['exercise_notes'],
    },
    required: ['title', 'start', 'exercise', 'reps'],
  },
  {
    format: 'mycoach',
    names: {
      start: ['date'],
      sessionType: ['session_type'],
      minutes: ['duration_min'],
      feeling: ['feeling'],
      gym: ['gym'],
      slug: ['exercise_slug'],
      exercise: ['exercise_name'],
      order: ['set_order'],
      count: ['sets_count'],
      reps: ['reps'],
      weightKg: ['weight_kg'],
      seconds: ['duration_seconds'],
      notes: ['notes'],
    },
    required: ['start', 'slug', 'exercise', 'order', 'reps', 'weightKg'],
  },
];
const WEIGHTS: readonly Column[] = ['weight', 'weightKg', 'weightLb'];

/** Whose file it is, and where each column stands. */
export interface Layout {
  format: ImportFormat;
  width: number;
  places: Partial<Record<Column, number>>;
}

/** Reads a header, whatever the order of its columns and whatever stands among them; null when nobody writes it. */
export function layoutOf(header: readonly string[]): Layout | null {
  const names = header.map((name) => name.trim().toLowerCase().replace(/\s+/g, ' '));
  for (const { format, names: known, required } of SHAPES) {
    const places = placesIn(names, known);
    const isWhole = required.every((column) => places[column] !== undefined);
    if (isWhole && WEIGHTS.some((column) => places[column] !== undefined))
      return { format, width: names.length, places };
  }
  return null;
}

function placesIn(names: readonly string[], known: Shape['names']): Layout['places'] {
  const found = Object.entries(known).map(([column, spellings]) => [
    column,
    names.findIndex((name) => spellings.includes(name)),
  ]);
  return Object.fromEntries(found.filter(([, place]) => place !== -1)) as Layout['places'];
}

const UNITS: Readonly<Record<string, WeightUnit>> = { kg: 'kg', kgs: 'kg', lb: 'lb', lbs: 'lb' };

/** A unit as an app writes it; null when it is none. */
export function unitOf(text: string): WeightUnit | null {
  return UNITS[text.toLowerCase().replace('.', '')] ?? null;
}
