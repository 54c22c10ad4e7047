import { exerciseId } from 'src/database/exercise-catalogue';
import { EXAMPLE_DATES } from './example-dates';
import { EXAMPLE_TEXTS } from './example-texts';

/** Every id of the examples but those that are the same in every database. */
export const EXAMPLE_ID = '6f1d2c3b-4a59-4e68-8b7c-9d0e1f2a3b4c';

const SQUAT = 'barbell-back-squat';
const SQUAT_ID = exerciseId(SQUAT);

const TRAINING_TEXTS: Readonly<Record<string, string | readonly string[] | object>> = {
  exercise_id: SQUAT_ID,
  exercise_type_id: SQUAT_ID,
  exercise_type_ids: [SQUAT_ID],
  'ExerciseResponse.id': SQUAT_ID,
  exercise_name: 'Barbell Back Squat',
  exercise_slug: SQUAT,
  slug: SQUAT,
  equipment: ['dumbbells', 'bench'],
  'ExerciseResponse.equipment': ['barbell'],
  target_zones: ['glutes', 'core'],
  injury_zones: ['quads'],
  'GymChainResponse.slug': 'basic-fit',
  'SocialPlatformResponse.slug': 'instagram',
  'CreatePlatformDto.slug': 'mastodon',
  'HealthParameterResponse.slug': 'sleep',
  'CreateParameterDto.slug': 'sleep',
  parameter_slug: 'sleep',
  unit: 'h',
  instructions: ['Stand with the bar on your upper back.', 'Bend hips and knees until the thighs are level.'],
  brand: 'Technogym',
  model: 'Selection 700',
  qr_code_hash: 'b5bb9d8014a0f9b1d61e21e796d78dcc',
  video_url: 'https://api.example.com/static/videos/9f2c4e6a8b0d1f3e.mp4',
  thumbnail_url: 'https://api.example.com/static/photos/9f2c4e6a8b0d1f3e.webp',
  prompt: 'A back squat, seen from the side.',
  generated_prompt: 'A back squat, seen from the side, in a bright gym.',
  session_name: 'Legs',
  injuries: 'Left knee, 2024',
  'AdjustmentResponse.reason': 'Reached three times in a row: 2.5 kg more.',
  'ReportErrorDto.message': 'I did eight repetitions, not ten.',
  'PlanNoteResponse.message': 'No exercise of the knees, as you wished.',
  'StravaActivityResponse.type': 'Run',
  strava_activity_id: '11823456789',
  strava_activity_url: 'https://www.strava.com/activities/11823456789',
  event_id: 'mycoach6f1d2c3b4a594e688b7c9d0e1f2a3b4c',
};

const SYSTEM_TEXTS: Readonly<Record<string, string | readonly string[] | object>> = {
  authorize_url: 'https://www.strava.com/oauth/authorize?client_id=1&state=Zk3vQ1nXw8Yp5sTb2rLd',
  state: 'Zk3vQ1nXw8Yp5sTb2rLd',
  scope: 'read activity:read',
  download_url: 'https://api.example.com/users/me/export/download?token=Zk3vQ1nXw8Yp5sTb2rLd',
  version: '2026-01-01',
  'HealthResponse.version': '0.1.0',
  environment: 'production',
  detail: 'verification_email_sent',
  message: 'If this account exists, the mail is on its way.',
  'ErrorResponse.detail': 'slot_unavailable',
  'ErrorResponse.message': 'This place has just been taken.',
  'FieldErrorResponse.field': 'password',
  'FieldErrorResponse.code': 'password_too_short',
  'FieldErrorResponse.message': 'The password needs at least 8 characters.',
  'ImportLineResponse.message': 'The exercise of this line is not known.',
  'TrainingLineResponse.message': 'The exercise of this line is not known.',
  'ReadinessResponse.reasons': ['database'],
  request_id: 'f3b1c0a2-5d4e-4f60-8a7b-9c8d7e6f5a4b',
  MessageSid: 'SM8f2c1e0b9a7d6c5b4a39281706f5e4d3',
  MessageStatus: 'delivered',
  ErrorCode: '30003',
  Body: 'STOP',
  From: '+33612345678',
  OptOutType: 'STOP',
  'hub.challenge': '15f7d1a91c1f40f8a748fd134752feb3',
};

const NUMBERS: Readonly<Record<string, number>> = {
  active_clients: 12,
  amount_cents: 45_000,
  attempts_left: 2,
  avg_feeling: 4.2,
  birth_year: 1990,
  bmi: 22.4,
  bone_kg: 2.9,
  booking_horizon_days: 30,
  brzycki_kg: 106.7,
  buffer_min: 0,
  day_of_week: 1,
  discovery_price_cents: 2_000,
  duration_min: 60,
  session_duration_min: 60,
  discovery_duration_min: 60,
  estimated_duration_min: 60,
  total_duration_min: 180,
  minutes_done: 180,
  duration_seconds: 45,
  duration_weeks: 12,
  total_weeks: 12,
  epley_kg: 108.3,
  experience_years: 8,
  fat_pct: 18.5,
  feeling: 4,
  frequency_per_week: 3,
  from_kg: 60,
  height_cm: 172,
  hours_month: 38,
  lat: 45.7606,
  lng: 4.8596,
  limit: 50,
  line: 7,
  max_clients: 20,
  max_slots: 4,
  max_uses: 50,
  max_weight_kg: 90,
  min_notice_hours: 12,
  muscle_pct: 42.1,
  month_volume_kg: 12_400,
  offset: 0,
  penalty_cents: 0,
  price_cents: 45_000,
  session_price_cents: 5_000,
  profile_completion_pct: 80,
  completion_pct: 75,
  reps: 10,
  actual_reps: 10,
  target_reps: 10,
  rest_seconds: 90,
  retry_after: 42,
  revenue_month_cents: 190_000,
  seconds: 86_400,
  session_count: 10,
  sessions_total: 10,
  sessions_remaining: 8,
  sessions_used: 2,
  sets_count: 3,
  target_sets: 3,
  threshold_hours: 24,
  to_kg: 62.5,
  total_volume_kg: 5_400,
  validity_months: 6,
  value: 7.5,
  water_pct: 55.2,
  weight_kg: 80,
  actual_weight_kg: 80,
  target_weight_kg: 80,
  'ClientProfileDto.weight_kg': 68.5,
  'ClientProfileDto.target_weight_kg': 65,
  'ManualMeasurementDto.weight_kg': 68.5,
  year: 2019,
  'CreatePricingDto.session_count': 1,
  'CreatePricingDto.price_cents': 5_000,
  'BookingResponse.price_cents': 5_000,
};

/** Of a confirmed booking: what has not come about. */
const NOT_YET: Readonly<Record<string, false | null>> = {
  'BookingResponse.rescheduled_from_id': null,
  'BookingResponse.rescheduled_to_id': null,
  'BookingResponse.package_id': null,
  'BookingResponse.done_by': null,
  'BookingResponse.coach_cancel_reason': null,
  'BookingResponse.expires_at': null,
  'BookingResponse.cancelled_at': null,
  'BookingResponse.done_at': null,
  'BookingResponse.late_cancel_waived': false,
  'BookingResponse.penalty_due': false,
  'BookingResponse.session_deducted': false,
};

const VALUES: Readonly<Record<string, unknown>> = {
  ...EXAMPLE_TEXTS,
  ...EXAMPLE_DATES,
  ...TRAINING_TEXTS,
  ...SYSTEM_TEXTS,
  ...NUMBERS,
  ...NOT_YET,
};

/** What stands in a parameter when somebody tries a request out; nothing where it would only narrow the answer. */
const PARAMETERS: Readonly<Record<string, string>> = {
  '/agenda from': '2026-03-02',
  '/agenda to': '2026-03-15',
  '/coaches/profile/specialties/{specialty} specialty': 'muscu',
  '/exercises/{id} id': SQUAT_ID,
  '/performances/stats/exercise/{id} id': SQUAT_ID,
  '/performances/stats/exercise/{id}/chart.svg id': SQUAT_ID,
  '/sandbox/jobs/{name}/run name': 'auto_reject_expired_bookings',
  '/static/avatars/{file} file': 'default_neutral.svg',
  '/admin/blocked-domains/{domain} domain': 'mailinator.com',
  '/admin/videos/generate/{exercise_id} exercise_id': SQUAT_ID,
};

/** What a field of a class holds in the examples, or undefined where its kind says it well enough. */
export function exampleValue(owner: string, field: string): unknown {
  const own = `${owner}.${field}`;
  return own in VALUES ? VALUES[own] : VALUES[field];
}

/** What a parameter of a path or a query holds when it is tried out, or undefined: whoever asks has to say. */
export function exampleOfParameter(path: string, name: string): string | undefined {
  return PARAMETERS[`${path} ${name}`] ?? (name === 'slot_datetime' ? EXAMPLE_DATES[name] : undefined);
}
