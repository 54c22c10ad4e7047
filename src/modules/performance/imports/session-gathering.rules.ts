import type { CsvRecord } from 'src/common/csv/csv-records';
import { MOST_SETS, orderAt } from 'src/modules/performance/sessions/session.rules';
import { type ExerciseNames, nameKey } from './exercise-names.rules';
import type { Layout } from './import-layout.format';
import { type ImportSettings, LineReader, type SetLine } from './import-line.format';
import { refuse, Unreadable } from './import-value.format';
import type { FoundSession, FoundSessions, LineFault, LineFaultCode, SessionHead } from './import.types';

const MOST_FAULTS = 500;
const MOST_UNMAPPED = 500;

interface Draft {
  /** Of its first good line; null while there is none. */
  session: FoundSession | null;
  /** A line of it cannot be taken, so none is. */
  isBad: boolean;
}

/**
 * Puts the lines of a file together to sessions: those of one start are one session, wherever they stand. A bad line
 * leaves out the whole of its session; where nobody can say which one that is, those on both sides of it.
 */
export class SessionGathering {
  private readonly lines: LineReader;
  private readonly drafts = new Map<number, Draft>();
  private readonly unmapped = new Map<string, { name: string; lines: number }>();
  private readonly faults: LineFault[] = [];
  private faulty = 0;
  private before: Draft | null = null;
  /** What stands between two lines whose session is known. */
  private between: 'nothing' | 'undated' | 'torn' = 'nothing';
  /** With the set before. */
  private noted: string | null = null;

  constructor(
    private readonly layout: Layout,
    settings: ImportSettings,
    private readonly exercises: ExerciseNames,
  ) {
    this.lines = new LineReader(layout, settings);
  }

  add({ line, cells }: CsvRecord): void {
    if (!cells) {
      this.note(line, 'line_incomplete');
      this.between = 'torn';
      return;
    }
    const code = this.take(cells);
    if (code !== null) this.note(line, code);
  }

  end(): FoundSessions {
    if (this.before && this.between === 'torn') this.before.isBad = true;
    const good = [...this.drafts.values()].flatMap(({ session, isBad }) => (session && !isBad ? [session] : []));
    return {
      format: this.layout.format,
      sessions: good.sort((one, other) => one.trainedAt.getTime() - other.trainedAt.getTime()),
      unmapped: [...this.unmapped.values()].sort((one, other) => other.lines - one.lines).slice(0, MOST_UNMAPPED),
      faulty: this.faulty,
      faults: this.faults,
    };
  }

  /** The code of what is wrong with a line, or null. */
  private take(written: readonly string[]): LineFaultCode | null {
    const cell = this.lines.cellsOf(written);
    if (this.lines.isRemark(cell)) return null;
    let draft: Draft | null = null;
    try {
      const start = this.lines.startOf(cell);
      draft = this.draftAt(start.at);
      // A comma too many or too few has moved every value after it to a wrong column.
      if (written.length < this.layout.width) refuse('line_incomplete');
      if (written.slice(this.layout.width).some((extra) => extra !== '')) refuse('line_out_of_range');
      this.put(draft, this.lines.headOf(start, cell), this.lines.setOf(cell));
      return null;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (draft) draft.isBad = true;
      else if (this.between === 'nothing') this.between = 'undated';
      return error.code;
    }
  }

  private draftAt(start: Date): Draft {
    const draft = this.drafts.get(start.getTime()) ?? { session: null, isBad: false };
    this.drafts.set(start.getTime(), draft);
    const isWithin = draft === this.before;
    if ((isWithin && this.between !== 'nothing') || this.between === 'torn') {
      draft.isBad = true;
      if (this.before) this.before.isBad = true;
    }
    this.before = draft;
    this.between = 'nothing';
    return draft;
  }

  private put(draft: Draft, head: SessionHead, { exercise, set }: SetLine): void {
    draft.session ??= { ...head, sets: [] };
    if (!set) return;
    const { sets } = draft.session;
    if (sets.length >= MOST_SETS) refuse('line_out_of_range');
    const exerciseTypeId = this.exercises.find(exercise) ?? this.unknown(exercise.name ?? exercise.slug ?? '');
    const last = sets.at(-1);
    // Hevy tells what was noted on an exercise with each of its sets.
    const isRepeated = this.layout.format === 'hevy' && last?.exerciseTypeId === exerciseTypeId;
    const notes = isRepeated && this.noted === set.notes ? null : set.notes;
    this.noted = set.notes;
    sets.push({ ...set, notes, exerciseTypeId, machineId: null, setOrder: set.setOrder ?? orderAt(sets.length + 1) });
  }

  private unknown(name: string): never {
    const key = nameKey(name) || name;
    const known = this.unmapped.get(key) ?? { name, lines: 0 };
    known.lines += 1;
    this.unmapped.set(key, known);
    refuse('line_unmapped_exercise');
  }

  private note(line: number, code: LineFaultCode): void {
    this.faulty += 1;
    if (this.faults.length < MOST_FAULTS) this.faults.push({ line, code });
  }
}
