import { Injectable } from '@nestjs/common';
import { languageOf } from 'src/common/i18n/languages';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, type PersonalRow, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import { Database, type Statement } from 'src/common/transaction/database';

const SESSION = [
  ...['id', 'session_type', 'trained_at', 'duration_min', 'feeling', 'source', 'external_id', 'strava_activity_id'],
  ...['source_terms', 'total_volume_kg', 'booking_id', 'gym_id', 'gym_name', 'entered_by', 'entered_by_name'],
  ...['created_at', 'updated_at'],
] as const;
const SET = [
  ...['position', 'set_order', 'exercise_type_id', 'machine_id', 'sets_count', 'reps', 'weight_kg'],
  ...['duration_seconds', 'notes', 'is_pr'],
] as const;
const RECORD = ['id', 'exercise_type_id', 'exercise_name', 'weight_kg', 'reps', 'achieved_at', 'session_id'] as const;

const SESSIONS = personalRows(
  'performance_sessions',
  `SELECT s.trained_at AS row_at, s.id::text AS row_key, s.id, s.session_type, s.trained_at, s.duration_min, s.feeling,
     s.source, s.external_id, s.strava_activity_id, s.source_terms, s.total_volume_kg::float8 AS total_volume_kg,
     s.booking_id, s.gym_id, (SELECT name FROM gyms WHERE id = s.gym_id) AS gym_name, s.entered_by, ${nameOf('s.entered_by')} AS entered_by_name,
     s.created_at, s.updated_at
   FROM performance_sessions AS s WHERE s.user_id = $1`,
);
const SETS: Statement = {
  name: 'personal_exercise_sets',
  text: `SELECT session_id, exercise_type_id, position, set_order, machine_id, sets_count, reps,
           weight_kg::float8 AS weight_kg, duration_seconds, notes, is_pr
         FROM exercise_sets WHERE session_id = ANY ($1::uuid[]) ORDER BY session_id, position`,
};
const RECORDS = personalRows(
  'personal_records',
  `SELECT s.trained_at AS row_at, e.id::text AS row_key, e.id, e.exercise_type_id, e.weight_kg::float8 AS weight_kg,
     e.reps, s.trained_at AS achieved_at, e.session_id
   FROM exercise_sets AS e JOIN performance_sessions AS s ON s.id = e.session_id WHERE e.user_id = $1 AND e.is_pr`,
);
const NAMES: Statement = {
  name: 'personal_exercise_names',
  text: `SELECT exercise_type_id, name FROM exercise_texts
         WHERE exercise_type_id = ANY ($1::uuid[]) AND language = $2`,
};
/** Their sets go with them. */
const ERASE: Statement = {
  name: 'performance_session_erase',
  text: `DELETE FROM performance_sessions WHERE id IN (
           SELECT id FROM performance_sessions WHERE user_id = $1 LIMIT $2)`,
};

/** What people have trained, and the records among it. What a coach entered for a client is the client's. */
@Injectable()
export class SessionPersonalData extends PersonalDataPart {
  readonly name = 'performance.sessions';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'performance_sessions',
      exported: SESSION.filter((field) => !['gym_name', 'entered_by_name'].includes(field)),
      withheld: { user_id: 'the person himself', booking_coach_id: 'repeats the booking' },
    },
    {
      table: 'exercise_sets',
      exported: SET,
      withheld: {
        id: 'how it is kept',
        session_id: 'the set stands within its session',
        user_id: 'the person himself',
      },
    },
  ];
  override readonly sections = [
    {
      name: 'performance_sessions',
      isSingle: false,
      fields: [...SESSION, 'exercise_sets'],
      rows: (person: DataSubject) =>
        this.rows.read(person, { statement: SESSIONS, complete: (rows) => this.withSets(rows, person) }),
    },
    {
      name: 'personal_records',
      isSingle: false,
      fields: RECORD,
      rows: (person: DataSubject) =>
        this.rows.read(person, { statement: RECORDS, complete: (rows) => this.withNames(rows, person) }),
    },
  ];

  constructor(
    private readonly rows: PersonalRows,
    private readonly database: Database,
  ) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }

  private async withSets(sessions: PersonalRow[], person: DataSubject): Promise<PersonalRow[]> {
    const ids = sessions.map(({ id }) => id);
    const sets = new Map<unknown, PersonalRow[]>(ids.map((id) => [id, []]));
    for (const { session_id, ...set } of await this.withNames(await this.rows.all(SETS, ids), person))
      sets.get(session_id)?.push(set);
    return sessions.map((session) => ({ ...session, exercise_sets: sets.get(session['id']) }));
  }

  private async withNames(rows: PersonalRow[], { locale }: DataSubject): Promise<PersonalRow[]> {
    const ids = [...new Set(rows.map((row) => row['exercise_type_id']))];
    const texts = await this.database.query<{ exercise_type_id: string; name: string }>(NAMES, [
      ids,
      languageOf(locale),
    ]);
    const names = new Map<unknown, string>(texts.map((text) => [text.exercise_type_id, text.name]));
    return rows.map((row) => ({ ...row, exercise_name: names.get(row['exercise_type_id']) ?? null }));
  }
}
