import { parseInstant } from 'src/common/http/fields';
import { wireInstant } from 'src/common/http/instants';
import { kilogramsOf, roundedKg, type WeightUnit } from 'src/common/i18n/weight-texts';
import { textOfSafeCell } from 'src/common/csv/csv-file';
import { isTooFarAhead, MOST_SET_ORDER } from 'src/modules/performance/sessions/session.rules';
import { SESSION_TYPES, type SessionType } from 'src/modules/performance/sessions/session.types';
import { type LocalMoment, localMoment } from './import-date.format';
import { type Column, type Layout, unitOf } from './import-layout.format';
import { decimalOf, minutesOf, noteOf, refuse, secondsOf, wholeOf, within } from './import-value.format';
import type { ExerciseWords, LineSet, SessionHead } from './import.types';

const MOST_NOTE = 500;
const MOST_NAME = 200;

/** What the file does not say itself. */
export interface ImportSettings {
  /** IANA name: where its local times are. */
  zone: string;
  /** Of weights without a unit. */
  unit: WeightUnit;
  now: Date;
}

/** The cells of a line by what they mean; a column that the file does not have is empty. */
export type Cells = (column: Column) => string;

/** A line that is one of a session. */
export interface SetLine {
  exercise: ExerciseWords;
  /** Null where the session has no set at all. */
  set: LineSet | null;
}

/** Reads the lines of one file. Every method throws `Unreadable` where a line cannot be taken. */
export class LineReader {
  private readonly moments = new Map<string, LocalMoment | null>();

  constructor(
    private readonly layout: Layout,
    private readonly settings: ImportSettings,
  ) {}

  cellsOf(cells: readonly string[]): Cells {
    const { places } = this.layout;
    return (column) => {
      const place = places[column];
      return place === undefined ? '' : (cells[place] ?? '');
    };
  }

  /** Pauses and remarks stand in a line of their own, whose order is a word: `Rest Timer`. */
  isRemark(cell: Cells): boolean {
    return this.layout.format === 'strong' && /^\p{L}[\p{L} -]+$/u.test(cell('order'));
  }

  /** When its session began. */
  startOf(cell: Cells): LocalMoment {
    const written = cell('start');
    if (written === '') refuse('line_incomplete');
    return this.moment(written) ?? refuse('line_invalid_date');
  }

  headOf({ at, text }: LocalMoment, cell: Cells): SessionHead {
    if (isTooFarAhead(at, this.settings.now)) refuse('line_out_of_range');
    return {
      trainedAt: at,
      externalId: text,
      sessionType: sessionTypeOf(cell('sessionType')),
      durationMin: this.durationOf(at, cell),
      feeling: within(wholeOf(cell('feeling')), 1, 5),
      gym: noteOf(textOfSafeCell(cell('gym')), MOST_NAME),
    };
  }

  setOf(cell: Cells): SetLine {
    const exercise = this.exerciseOf(cell);
    // A number, or the letter of a warm-up, a drop set or a failure.
    if (this.layout.format === 'strong' && !/^(\d{1,4}|\p{L}?)$/u.test(cell('order'))) refuse('line_invalid_number');
    const set = {
      setOrder: this.layout.format === 'mycoach' ? within(wholeOf(cell('order')), 1, MOST_SET_ORDER) : null,
      setsCount: within(wholeOf(cell('count')), 1, 20) ?? 1,
      reps: within(wholeOf(cell('reps')), 0, 9_999),
      weightKg: within(this.weightOf(cell), 0, 9_999),
      durationSeconds: this.secondsOf(cell),
      notes: this.noteOf(cell),
    };
    if (exercise.slug !== null || exercise.name !== null) return { exercise, set };
    const saysNothing = ['order', 'reps', 'weightKg', 'seconds', 'notes'].every(
      (column) => cell(column as Column) === '',
    );
    return this.layout.format === 'mycoach' && saysNothing ? { exercise, set: null } : refuse('line_incomplete');
  }

  private moment(written: string): LocalMoment | null {
    // The lines of a session tell the same start.
    const known = this.moments.get(written);
    if (known !== undefined) return known;
    const moment = this.layout.format === 'mycoach' ? instantOf(written) : localMoment(written, this.settings.zone);
    this.moments.set(written, moment);
    return moment;
  }

  private durationOf(start: Date, cell: Cells): number | null {
    const minutes = within(wholeOf(cell('minutes')), 1, 600);
    if (minutes !== null) return minutes;
    if (cell('end') !== '') {
      const end = this.moment(cell('end')) ?? refuse('line_invalid_date');
      return minutesOf((end.at.getTime() - start.getTime()) / 1_000);
    }
    return minutesOf(wholeOf(cell('durationSeconds')) ?? secondsOf(cell('duration')));
  }

  private exerciseOf(cell: Cells): ExerciseWords {
    const words = (column: Column): string | null => noteOf(textOfSafeCell(cell(column)), MOST_NAME);
    return { slug: words('slug'), name: words('exercise') };
  }

  private weightOf(cell: Cells): number | null {
    const [column, unit] = this.weightColumn(cell);
    const weight = decimalOf(cell(column));
    return weight === null ? null : roundedKg(kilogramsOf(unit, weight));
  }

  private weightColumn(cell: Cells): [Column, WeightUnit] {
    if (cell('weightKg') !== '') return ['weightKg', 'kg'];
    if (cell('weightLb') !== '') return ['weightLb', 'lb'];
    const told = cell('weightUnit');
    return ['weight', told === '' ? this.settings.unit : (unitOf(told) ?? refuse('line_out_of_range'))];
  }

  /** The apps write 0 for a set that is not timed. */
  private secondsOf(cell: Cells): number | null {
    const seconds = decimalOf(cell('seconds'));
    if (seconds === null || (seconds === 0 && this.layout.format !== 'mycoach')) return null;
    return within(Math.round(seconds), 1, 86_400);
  }

  private noteOf(cell: Cells): string | null {
    const text = cell('notes');
    return noteOf(this.layout.format === 'mycoach' ? textOfSafeCell(text) : text, MOST_NOTE);
  }
}

function instantOf(written: string): LocalMoment | null {
  const at = parseInstant(written);
  return at && { at, text: wireInstant(at) };
}

function sessionTypeOf(text: string): SessionType {
  if (text === '') return 'solo_free';
  return SESSION_TYPES.find((type) => type === text) ?? refuse('line_out_of_range');
}
