import type { NewSet } from 'src/modules/performance/sessions/session-draft.types';
import type { SessionType } from 'src/modules/performance/sessions/session.types';

/** The apps whose files are read, and our own. */
export const IMPORT_FORMATS = ['strong', 'hevy', 'mycoach'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export const LINE_FAULT_CODES = [
  'line_incomplete',
  'line_invalid_date',
  'line_invalid_number',
  'line_out_of_range',
  'line_unmapped_exercise',
] as const;
export type LineFaultCode = (typeof LINE_FAULT_CODES)[number];

export interface LineFault {
  /** Of the file; the header is line 1. */
  line: number;
  code: LineFaultCode;
}

/** What a line says of its session. */
export interface SessionHead {
  trainedAt: Date;
  /** Its start as the file tells it, in one form: what the same file says again, wherever its owner then lives. */
  externalId: string;
  sessionType: SessionType;
  durationMin: number | null;
  /** 1–5. */
  feeling: number | null;
  /** Name of a club. */
  gym: string | null;
}

/** The exercise of a line, in the words of the file. */
export interface ExerciseWords {
  /** Of our catalogue; null where the file has none. */
  slug: string | null;
  name: string | null;
}

/** What a line says of a set; an order that it does not tell is null. */
export type LineSet = Omit<NewSet, 'exerciseTypeId' | 'machineId' | 'setOrder'> & { setOrder: number | null };

/** A session of the file, whole. */
export interface FoundSession extends SessionHead {
  sets: NewSet[];
}

/** What a file holds. */
export interface FoundSessions {
  format: ImportFormat;
  /** Those without a bad line, oldest first, each start once. */
  sessions: FoundSession[];
  /** Exercises that nobody knows: the 500 of most lines, those of most first. */
  unmapped: { name: string; lines: number }[];
  /** Bad lines. */
  faulty: number;
  /** The first 500 of them. */
  faults: LineFault[];
}

/** What an import did, or would do. */
export interface ImportReport extends Omit<FoundSessions, 'sessions'> {
  isDryRun: boolean;
  created: number;
  /** Sessions that were there already. */
  skipped: number;
  setsCreated: number;
}
