export const EXPORT_FORMATS = ['json', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What an export holds, in its order (contract §4.23). Parts of several modules may add rows to one list. */
export const EXPORT_SECTIONS = [
  'user',
  'devices',
  'coach_profile',
  'client_profile',
  'questionnaire',
  'relations',
  'coaching_requests',
  'bookings',
  'waitlist_entries',
  'packages',
  'package_movements',
  'payments',
  'performance_sessions',
  'personal_records',
  'programs',
  'body_measurements',
  'health_logs',
  'consents',
  'social_links',
  'enrollment_tokens',
  'coach_client_notes',
  'time_off',
  'sms_received',
  'notifications',
  'feedback',
  'integrations_connected',
] as const;

/** A link under which somebody takes his data away without a key. */
export interface ExportLink {
  token: string;
  format: ExportFormat;
  expiresAt: Date;
  url: string;
}

/** A file that is written while it is read. */
export interface ExportFile {
  format: ExportFormat;
  chunks: AsyncIterable<string>;
}
