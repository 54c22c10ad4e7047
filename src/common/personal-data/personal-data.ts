import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';

/** One table that says something of people, and what becomes of each of its columns. Every column is named once. */
export interface PersonalTable {
  table: string;
  /** Columns whose content is handed out. */
  exported: readonly string[];
  /** Columns that are not: column → why (`key`, `how it is kept`, `about somebody else`, …). */
  withheld: Readonly<Record<string, string>>;
}

/** The person an export or an erasure is about. */
export interface DataSubject {
  userId: string;
  /** Whose language and zone texts and labels are written in. */
  locale: string;
  timezone: string;
}

/** One section of the export, named as the contract names it (§4.23). */
export interface ExportSection {
  name: string;
  /** One object instead of a list: `user`, `coach_profile`, … */
  isSingle: boolean;
  /** Columns of the CSV, in order; also the keys of every row. */
  fields: readonly string[];
  /** Rows, one after another and in a stable order, never all in memory. Encrypted texts in clear; others by name only. */
  rows(person: DataSubject): AsyncIterable<Readonly<Record<string, unknown>>>;
}

/** What one step of an erasure did. `more`: a batch was done, and it wants to be called again. */
export type ErasureStep = 'done' | 'more';

/** The parts of all modules that are loaded; `gdpr` asks all of them and knows none. */
@Injectable()
export class PersonalDataParts {
  private readonly parts = new Map<string, PersonalDataPart>();

  register(part: PersonalDataPart): void {
    if (this.parts.has(part.name)) throw new Error(`Two parts of personal data are called "${part.name}"`);
    this.parts.set(part.name, part);
  }

  /** In the order of their names, so that every process goes through them alike. */
  all(): PersonalDataPart[] {
    return [...this.parts.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}

/** One module's part of access, portability and erasure (rules §17). It registers itself when the module starts. */
export abstract class PersonalDataPart implements OnModuleInit {
  /** Of the module and its part, `booking`, `performance.sessions`; unique and stable: erasures remember it. */
  abstract readonly name: string;
  abstract readonly tables: readonly PersonalTable[];
  readonly sections: readonly ExportSection[] = [];

  @Inject(PersonalDataParts)
  private readonly parts: PersonalDataParts;

  onModuleInit(): void {
    this.parts.register(this);
  }

  /**
   * Removes or blanks what the part holds of the person, as rules §17.2 say. Runs in a transaction of its own, after the
   * account was closed; running it again changes nothing. What leaves the database (files, providers) it writes as jobs.
   */
  abstract erase(person: DataSubject, at: Date): Promise<ErasureStep>;
}
