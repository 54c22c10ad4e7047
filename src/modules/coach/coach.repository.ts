import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { type CancellationPolicy, type CoachSchedule, DEFAULT_POLICY } from './coach.types';

type ScheduleRow = Omit<CoachSchedule, 'policy'> & { policy: CancellationPolicy | null };

const SCHEDULE: Statement = {
  name: 'coach_schedule',
  isBrief: true,
  text: `SELECT profile.user_id AS "coachId", account.timezone,
                profile.session_duration_min AS "sessionDurationMin", profile.buffer_min AS "bufferMin",
                profile.min_notice_hours AS "minNoticeHours", profile.booking_horizon_days AS "horizonDays",
                profile.currency, profile.discovery_enabled AS "discoveryEnabled",
                profile.discovery_free AS "discoveryFree", profile.discovery_price_cents AS "discoveryPriceCents",
                profile.discovery_duration_min AS "discoveryDurationMin", profile.max_clients AS "maxClients",
                (SELECT json_build_object(
                          'thresholdHours', threshold_hours, 'mode', mode, 'noshowIsDue', noshow_is_due,
                          'clientMessage', client_message)
                 FROM cancellation_policies WHERE coach_id = profile.user_id) AS policy,
                coalesce((
                  SELECT json_agg(json_build_object(
                           'dayOfWeek', day_of_week, 'startMinute', start_minute, 'endMinute', end_minute,
                           'maxSlots', max_slots, 'horizonDays', booking_horizon_days, 'active', active)
                         ORDER BY day_of_week, start_minute)
                  FROM availabilities WHERE coach_id = profile.user_id), '[]') AS windows
         FROM coach_profiles AS profile JOIN users AS account ON account.id = profile.user_id
         WHERE profile.user_id = $1 AND account.status IN ('active', 'unverified')`,
};

/** Not joined to the schedule: a statement that waited for a lock still sees the hours as they were before it waited. */
const LOCK: Statement = {
  name: 'coach_lock',
  text: `SELECT account.timezone FROM coach_profiles AS profile JOIN users AS account ON account.id = profile.user_id
         WHERE profile.user_id = $1 FOR NO KEY UPDATE OF profile`,
};

/** What other modules read of a coach, in one round trip. */
@Injectable()
export class CoachRepository {
  constructor(private readonly database: Database) {}

  /** Null when the coach has no profile, or his account is suspended or closing. */
  async findSchedule(coachId: string): Promise<CoachSchedule | null> {
    const [row] = await this.database.query<ScheduleRow>(SCHEDULE, [coachId]);
    if (!row) return null;
    return { ...row, policy: row.policy ?? { ...DEFAULT_POLICY } };
  }

  /** Locks the profile and answers the coach's zone; null when there is no profile. */
  async lock(coachId: string): Promise<string | null> {
    return this.database.value<string>(LOCK, [coachId]);
  }
}
