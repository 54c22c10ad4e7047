import { distinct, given, writtenOrNull } from 'src/common/http/changes';
import { Cents, Country, Currency } from 'src/common/http/domain-fields';
import { Check, Choice, Flag, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { IdList, TextList } from 'src/common/http/list-fields';
import { MOST_GYMS } from 'src/modules/gym/gym.types';
import { isLanguage, isSpecialty, type ProfileSettings, SPECIALTIES } from './profile.rules';

/** What operators show in place of a number. */
const SENDER = /^[A-Za-z0-9]*$/;

/** The profile at its creation, where what is absent gets its default, and later, where it is unchanged. */
export class CoachProfileDto {
  @Nullable()
  @Text({ max: 2000, multiline: true })
  bio?: string | null;

  @Nullable()
  @Country()
  country?: string | null;

  @Nullable()
  @Text({ max: 100 })
  city?: string | null;

  /** At the creation: the country's, else EUR. */
  @Optional()
  @Currency()
  currency?: string;

  @Optional()
  @Whole(15, 480)
  session_duration_min?: number;

  @Optional()
  @Flag()
  discovery_enabled?: boolean;

  @Optional()
  @Flag()
  discovery_free?: boolean;

  /** Needed when the discovery session is not free. */
  @Nullable()
  @Cents()
  discovery_price_cents?: number | null;

  /** At the creation: that of a session. */
  @Optional()
  @Whole(15, 240)
  discovery_duration_min?: number;

  @Optional()
  @Whole(1, 365)
  booking_horizon_days?: number;

  @Optional()
  @Whole(0, 120)
  buffer_min?: number;

  @Optional()
  @Whole(0, 168)
  min_notice_hours?: number;

  /** Letters and digits, as operators show it in place of a number. */
  @Nullable()
  @Text({ max: 11, api: { pattern: SENDER.source } })
  @Check('invalid_format', (value) => typeof value !== 'string' || SENDER.test(value))
  sms_sender_name?: string | null;

  @Nullable()
  @Whole(0, 60)
  experience_years?: number | null;

  @Nullable()
  @Whole(1, 9999)
  max_clients?: number | null;

  /** ISO 639-1. */
  @Optional()
  @TextList(10, 'invalid_value', isLanguage, { pattern: '^[a-z]{2}$' })
  languages?: string[];

  @Optional()
  @TextList(SPECIALTIES.length, 'invalid_specialty', isSpecialty, { enum: [...SPECIALTIES] })
  specialties?: string[];

  /** Where the coach works. */
  @Optional()
  @IdList(MOST_GYMS.coach)
  gym_ids?: string[];
}

export class SpecialtyDto {
  @Choice(SPECIALTIES, 'invalid_specialty')
  specialty: string;
}

export class VerificationDto {
  @Optional()
  @Flag()
  verified: boolean = true;
}

/** The settings that a request names. */
export function settingsIn(dto: CoachProfileDto): Partial<ProfileSettings> {
  return given<ProfileSettings>({
    bio: writtenOrNull(dto.bio),
    country: dto.country,
    city: writtenOrNull(dto.city),
    currency: dto.currency,
    sessionDurationMin: dto.session_duration_min,
    discoveryEnabled: dto.discovery_enabled,
    discoveryFree: dto.discovery_free,
    discoveryPriceCents: dto.discovery_price_cents,
    discoveryDurationMin: dto.discovery_duration_min,
    bookingHorizonDays: dto.booking_horizon_days,
    bufferMin: dto.buffer_min,
    minNoticeHours: dto.min_notice_hours,
    smsSenderName: writtenOrNull(dto.sms_sender_name),
    experienceYears: dto.experience_years,
    maxClients: dto.max_clients,
    languages: distinct(dto.languages),
    specialties: distinct(dto.specialties),
  });
}

/** The gyms that a request names, each once; undefined = unchanged. */
export function gymsIn(dto: CoachProfileDto): string[] | undefined {
  return distinct(dto.gym_ids);
}
