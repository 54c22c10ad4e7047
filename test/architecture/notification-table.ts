/** One row of the table of notifications (rules §9), as it is written there. */
export interface TableRow {
  to: string[];
  /** `mail:client`: of those who are told, the client alone is mailed. */
  channels: string[];
  /** R waits for the end of the night, S cannot be switched off. */
  mark: '' | 'R' | 'S';
  data: string[];
}

const TABLE_TEXT = `
  discovery_requested          | coach        | push mail        |   | request_id booking_id client_id
  discovery_accepted           | client       | push mail        |   | request_id booking_id coach_id
  discovery_rejected           | client       | push             |   | request_id coach_id
  discovery_cancelled          | coach        | push             |   | request_id client_id
  booking_requested            | coach        | push mail        |   | booking_id client_id expires_at
  booking_sent                 | client       | push             |   | booking_id
  booking_validation_reminder  | coach        | push             |   | booking_id expires_at
  booking_confirmed            | client       | push mail        |   | booking_id coach_id
  session_confirmed            | coach        | push             |   | booking_id client_id
  booking_rejected             | client       | push             |   | booking_id
  booking_auto_rejected        | client coach | push             |   | booking_id
  booking_rescheduled          | client coach | push mail        |   | booking_id previous_booking_id scheduled_at status
  booking_cancelled_by_client  | coach        | push             |   | booking_id client_id
  booking_cancelled_late       | coach        | push             |   | booking_id client_id penalty_due
  booking_cancelled_by_coach   | client       | push mail        |   | booking_id coach_id
  no_show_marked               | client       | push             |   | booking_id
  penalty_applied              | client       | push             |   | booking_id
  penalty_waived               | client coach | push             |   | booking_id
  auto_done                    | coach        | push             |   | booking_id
  reminder_day_before          | client coach | push             | R | booking_id
  reminder_hour_before         | client coach | push             |   | booking_id
  waitlist_joined              | coach        | push             |   | entry_id scheduled_at
  waitlist_available           | client       | push mail        |   | entry_id coach_id scheduled_at expires_at
  waitlist_expired             | client       | push             |   | entry_id
  waitlist_cancelled           | client       | push             |   | entry_id coach_id scheduled_at
  performance_entered          | client       | push             |   | session_id coach_id
  performance_error_reported   | coach        | push             |   | session_id client_id
  new_personal_record          | user         | push             |   | session_id exercise_type_id weight_kg
  program_assigned             | client       | push             |   | plan_id assignment_id
  program_updated              | client       | push             |   | plan_id
  progression_detected         | client       | push             |   | assignment_id exercise_type_id target_weight_kg
  package_created              | client       | push             |   | package_id
  package_purchased            | coach        | push             |   | package_id payment_id
  package_low                  | client coach | push             |   | package_id sessions_remaining
  package_exhausted            | client coach | push             |   | package_id
  package_expiring             | client       | push mail        | R | package_id valid_until
  payment_recorded             | client       | push             |   | payment_id package_id
  payment_late                 | client coach | push mail:client | R | payment_id
  relation_paused              | client       | push             |   | coach_id
  relation_resumed             | client       | push             |   | coach_id
  relation_ended               | client       | push             |   | coach_id
  machine_validated            | user         | push             |   | machine_id
  machine_rejected             | user         | push             |   | machine_id
  certification_verified       | coach        | push             |   | certification_id
  certification_rejected       | coach        | push             |   | certification_id
  strava_pushed                | user         | push             |   | session_id strava_activity_id
  integration_reconnect        | user         | push mail        |   | provider
  api_key_created              | user         | push mail        | S | device_name
  password_changed             | user         | mail             | S |
  deletion_requested           | user         | mail             | S | effective_at
  deletion_restored            | user         | mail             | S |
`;

function words(text = ''): string[] {
  return text.trim().split(/\s+/).filter(Boolean);
}

export const TABLE: ReadonlyMap<string, TableRow> = new Map(
  TABLE_TEXT.trim()
    .split('\n')
    .map((line) => {
      const [type = '', to, channels, mark = '', data] = line.split('|');
      const row = {
        to: words(to),
        channels: words(channels),
        mark: mark.trim() as TableRow['mark'],
        data: words(data),
      };
      return [type.trim(), row];
    }),
);
