import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { CoachCalendar, Interval, TakenStart } from 'src/modules/booking/slots/slot.types';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';

const CALENDARS: Statement = {
  name: 'opening_calendars',
  text: `SELECT profile.user_id AS "coachId", account.timezone,
                profile.session_duration_min AS "sessionDurationMin", profile.buffer_min AS "bufferMin",
                profile.min_notice_hours AS "minNoticeHours", profile.booking_horizon_days AS "horizonDays",
                coalesce((
                  SELECT json_agg(json_build_object(
                           'dayOfWeek', day_of_week, 'startMinute', start_minute, 'endMinute', end_minute,
                           'maxSlots', max_slots, 'horizonDays', booking_horizon_days, 'active', active))
                  FROM availabilities WHERE coach_id = profile.user_id AND active), '[]') AS windows
         FROM coach_profiles AS profile JOIN users AS account ON account.id = profile.user_id
         WHERE profile.user_id = ANY ($1::uuid[])`,
};
const AGENDAS: Statement = {
  name: 'opening_agendas',
  text: `SELECT person_id AS "coachId", CASE role WHEN 'coach' THEN 'taken' ELSE 'elsewhere' END AS kind,
           lower(during) AS "startsAt", upper(during) AS "endsAt", count(*)::int AS taken
         FROM engagements WHERE person_id = ANY ($1::uuid[]) AND during && tstzrange($2, $3)
         GROUP BY person_id, role, during
         UNION ALL
         SELECT coach_id, 'off', starts_at, ends_at, 0
         FROM time_offs WHERE coach_id = ANY ($1::uuid[]) AND ends_at > $2 AND starts_at < $3`,
};

interface AgendaRow {
  coachId: string;
  kind: 'taken' | 'elsewhere' | 'off';
  startsAt: Date;
  endsAt: Date;
  taken: number;
}

/** When a coach is not free. */
export interface Agenda {
  taken: TakenStart[];
  elsewhere: Interval[];
  timeOff: Interval[];
}

/** What the slot rules look at, for many coaches in two queries. */
@Injectable()
export class OpeningRepository {
  constructor(private readonly database: Database) {}

  /** Those who have a profile, whatever the state of their account. */
  async findCalendars(coachIds: readonly string[]): Promise<(CoachCalendar & { windows: AvailabilityWindow[] })[]> {
    return this.database.query(CALENDARS, [coachIds]);
  }

  /** What touches `[from, to)`, by coach; who is always free is left out. */
  async findAgendas(coachIds: readonly string[], from: Date, to: Date): Promise<Map<string, Agenda>> {
    const agendas = new Map<string, Agenda>();
    for (const row of await this.database.query<AgendaRow>(AGENDAS, [coachIds, from, to])) {
      const agenda = agendas.get(row.coachId) ?? { taken: [], elsewhere: [], timeOff: [] };
      agendas.set(row.coachId, agenda);
      if (row.kind === 'taken') agenda.taken.push(row);
      else agenda[row.kind === 'off' ? 'timeOff' : 'elsewhere'].push(row);
    }
    return agendas;
  }
}
