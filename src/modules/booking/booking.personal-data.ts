import { Injectable } from '@nestjs/common';
import type { CipherPlace } from 'src/common/crypto/field-cipher';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, type PersonalRow, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const FIELDS = [
  ...['id', 'client_id', 'coach_id', 'client_name', 'coach_name', 'rescheduled_from_id', 'pricing_id', 'package_id'],
  ...['gym_id', 'gym_name', 'scheduled_at', 'ends_at', 'duration_min', 'status', 'type', 'pricing_type', 'price_cents'],
  ...['currency', 'policy_threshold_hours', 'policy_mode', 'policy_noshow_is_due', 'client_message'],
  ...['coach_cancel_reason', 'free_exit_until', 'penalty_due', 'penalty_arisen_at', 'penalty_applied_at'],
  ...['late_cancel_waived', 'waive_reason', 'session_deducted', 'expires_at', 'confirmed_at', 'cancelled_at'],
  ...['done_at', 'done_by', 'created_at', 'updated_at'],
] as const;

const BOOKINGS = personalRows(
  'bookings',
  `SELECT b.created_at AS row_at, b.id::text AS row_key, b.id, b.client_id, b.coach_id,
     ${nameOf('b.client_id')} AS client_name, ${nameOf('b.coach_id')} AS coach_name, b.rescheduled_from_id, b.pricing_id,
     b.package_id, b.gym_id, (SELECT name FROM gyms WHERE id = b.gym_id) AS gym_name, b.scheduled_at, b.ends_at,
     b.duration_min, b.status, b.type, b.pricing_type, b.price_cents, b.currency, b.policy_threshold_hours,
     b.policy_mode, b.policy_noshow_is_due, b.client_message, b.coach_cancel_reason, b.free_exit_until, b.penalty_due,
     b.penalty_arisen_at, b.penalty_applied_at, b.late_cancel_waived,
     b.waive_reason, b.session_deducted, b.expires_at,
     b.confirmed_at, b.cancelled_at, b.done_at, b.done_by, b.created_at, b.updated_at
   FROM bookings AS b WHERE b.client_id = $1 OR b.coach_id = $1`,
);
const STEPS: Statement = {
  name: 'personal_booking_steps',
  text: `SELECT booking_id, at, from_status AS "from", to_status AS "to", actor_role, actor_id, reason
         FROM booking_transitions WHERE booking_id = ANY ($1::uuid[]) ORDER BY booking_id, id`,
};

const ERASE_TEXTS: Statement = {
  name: 'booking_erase_texts',
  text: `UPDATE bookings SET client_message = NULL, coach_cancel_reason = NULL, waive_reason = NULL
         WHERE id IN (SELECT id FROM bookings WHERE (client_id = $1 OR coach_id = $1)
                        AND num_nonnulls(client_message, coach_cancel_reason, waive_reason) > 0
                      LIMIT $2)`,
};
const ERASE_REASONS: Statement = {
  name: 'booking_erase_reasons',
  text: `UPDATE booking_transitions SET reason = NULL
         WHERE id IN (SELECT step.id FROM bookings AS b JOIN booking_transitions AS step ON step.booking_id = b.id
                      WHERE (b.client_id = $1 OR b.coach_id = $1) AND step.reason IS NOT NULL
                      UNION SELECT id FROM booking_transitions WHERE actor_id = $1 AND reason IS NOT NULL
                      LIMIT $2)`,
};

const SAME = 'repeats the booking';

/** Sessions of two people, kept without their words when one of them is erased. */
@Injectable()
export class BookingPersonalData extends PersonalDataPart {
  readonly name = 'booking';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'bookings',
      exported: FIELDS.filter((field) => !['client_name', 'coach_name', 'gym_name'].includes(field)),
      withheld: { remind_at: 'how it is kept: when the next reminder leaves' },
    },
    {
      table: 'booking_transitions',
      exported: ['at', 'from_status', 'to_status', 'actor_role', 'actor_id', 'reason'],
      withheld: { id: 'how it is kept', booking_id: 'the step stands within its booking' },
    },
    {
      table: 'seats',
      exported: [],
      withheld: {
        ...{ coach_id: SAME, client_id: SAME, booking_id: SAME, starts_at: SAME, seat: SAME, capacity: SAME },
        ...{ waitlist_entry_id: 'repeats the entry of the waitlist', held_until: 'repeats the entry of the waitlist' },
      },
    },
    {
      table: 'engagements',
      exported: [],
      withheld: {
        ...{ id: 'how it is kept', person_id: SAME, during: SAME, occasion: SAME, role: SAME, booking_id: SAME },
        ...{ waitlist_entry_id: 'repeats the entry of the waitlist' },
      },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'bookings',
      isSingle: false,
      fields: [...FIELDS, 'history'],
      rows: (person) =>
        this.rows.read(person, {
          statement: BOOKINGS,
          sealed: {
            client_message: placeOf('client_message'),
            coach_cancel_reason: placeOf('coach_cancel_reason'),
            waive_reason: placeOf('waive_reason'),
          },
          complete: (bookings) => this.withHistory(bookings),
        }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  /** What is taken of a slot goes with its booking or offer, which the closing of the account has ended. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_TEXTS, ERASE_REASONS]);
  }

  private async withHistory(bookings: PersonalRow[]): Promise<PersonalRow[]> {
    const ids = bookings.map(({ id }) => id);
    const steps = new Map<unknown, PersonalRow[]>(ids.map((id) => [id, []]));
    const sealed = { reason: stepPlace };
    for (const { booking_id, ...step } of await this.rows.all(STEPS, ids, sealed)) steps.get(booking_id)?.push(step);
    return bookings.map((booking) => ({ ...booking, history: steps.get(booking['id']) }));
  }
}

function placeOf(column: string): (row: PersonalRow) => CipherPlace {
  return ({ id }) => ({ table: 'bookings', rowId: String(id), column });
}

function stepPlace({ booking_id }: PersonalRow): CipherPlace {
  return { table: 'booking_transitions', rowId: String(booking_id), column: 'reason' };
}
