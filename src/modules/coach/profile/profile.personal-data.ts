import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { type PersonalRow, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import { Database, type Statement } from 'src/common/transaction/database';

const PROFILE = [
  ...['user_id', 'bio', 'verified', 'country', 'city', 'currency', 'session_duration_min', 'discovery_enabled'],
  ...['discovery_free', 'discovery_price_cents', 'discovery_duration_min', 'booking_horizon_days', 'buffer_min'],
  ...['min_notice_hours', 'sms_sender_name', 'experience_years', 'max_clients', 'languages', 'specialties'],
  ...['created_at', 'updated_at'],
] as const;
const CERTIFICATION = [
  ...['id', 'name', 'organization', 'year', 'document_url', 'verified', 'reviewed_at', 'rejection_reason'],
  ...['created_at', 'updated_at'],
] as const;
const PRICING = [
  ...['id', 'type', 'name', 'session_count', 'price_cents', 'currency', 'validity_months', 'is_public'],
  ...['created_at', 'updated_at'],
] as const;
const HOURS = [
  ...['id', 'day_of_week', 'start_minute', 'end_minute', 'max_slots', 'booking_horizon_days', 'active'],
  ...['created_at', 'updated_at'],
] as const;
const POLICY = ['threshold_hours', 'mode', 'noshow_is_due', 'client_message', 'updated_at'] as const;

const PROFILES = personalRows(
  'coach_profile',
  `SELECT created_at AS row_at, user_id::text AS row_key, ${PROFILE.join(', ')} FROM coach_profiles WHERE user_id = $1`,
);

/** What belongs to a profile: a few dozen rows at most. */
function partOf(table: string, columns: readonly string[], order: string): Statement {
  return {
    name: `personal_${table}`,
    text: `SELECT ${columns.join(', ')} FROM ${table} WHERE coach_id = $1 ORDER BY ${order}`,
  };
}

const CERTIFICATIONS = partOf('certifications', CERTIFICATION, 'created_at, id');
const PRICINGS = partOf('pricings', PRICING, 'created_at, id');
const AVAILABILITIES = partOf('availabilities', HOURS, 'day_of_week, start_minute, id');
const POLICIES = partOf('cancellation_policies', POLICY, 'coach_id');
const GYMS: Statement = {
  name: 'personal_coach_gyms',
  text: `SELECT link.gym_id, gym.name, gym.city, link.created_at FROM coach_gyms AS link
         JOIN gyms AS gym ON gym.id = link.gym_id WHERE link.coach_id = $1 ORDER BY link.created_at, link.place`,
};

const ERASURES: readonly Statement[] = [
  { name: 'coach_erase_certifications', text: 'DELETE FROM certifications WHERE coach_id = $1' },
  { name: 'coach_erase_hours', text: 'DELETE FROM availabilities WHERE coach_id = $1' },
  { name: 'coach_erase_policy', text: 'DELETE FROM cancellation_policies WHERE coach_id = $1' },
  // Bookings and packages that stay were made at these prices: only the words go.
  {
    name: 'coach_erase_prices',
    text: `UPDATE pricings SET name = '-', is_public = false WHERE coach_id = $1 AND (name <> '-' OR is_public)`,
  },
  // What stays is what the accounting that is kept hangs on: numbers, and no word of the person.
  {
    name: 'coach_erase_profile',
    text: `UPDATE coach_profiles SET bio = NULL, verified = false, country = NULL, city = NULL, discovery_enabled = false,
             discovery_price_cents = NULL, sms_sender_name = NULL, experience_years = NULL, max_clients = NULL,
             languages = '{}', specialties = '{}'
           WHERE user_id = $1`,
  },
];

const OWN = { coach_id: 'the person himself' };

/** What a coach shows of himself and how he wants to be booked. */
@Injectable()
export class CoachProfilePersonalData extends PersonalDataPart {
  readonly name = 'coach.profile';

  readonly tables: readonly PersonalTable[] = [
    { table: 'coach_profiles', exported: PROFILE, withheld: {} },
    { table: 'certifications', exported: CERTIFICATION, withheld: OWN },
    { table: 'pricings', exported: PRICING, withheld: OWN },
    { table: 'availabilities', exported: HOURS, withheld: OWN },
    { table: 'cancellation_policies', exported: POLICY, withheld: OWN },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'coach_profile',
      isSingle: true,
      fields: [...PROFILE, 'certifications', 'pricing', 'availability', 'cancellation_policy', 'gyms'],
      rows: (person) =>
        this.rows.read(person, { statement: PROFILES, complete: (profiles) => this.withParts(person, profiles) }),
    },
  ];

  constructor(
    private readonly rows: PersonalRows,
    private readonly database: Database,
  ) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    for (const statement of ERASURES) await this.database.execute(statement, [userId]);
    return 'done';
  }

  private async withParts({ userId }: DataSubject, profiles: PersonalRow[]): Promise<PersonalRow[]> {
    const [profile] = profiles;
    if (!profile) return [];
    const [policy = null] = await this.rows.all(POLICIES, userId);
    const parts = {
      certifications: await this.rows.all(CERTIFICATIONS, userId),
      pricing: await this.rows.all(PRICINGS, userId),
      availability: await this.rows.all(AVAILABILITIES, userId),
      cancellation_policy: policy,
      gyms: await this.rows.all(GYMS, userId),
    };
    return [{ ...profile, ...parts }];
  }
}
