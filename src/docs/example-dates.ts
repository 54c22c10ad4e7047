/**
 * Days and instants of the examples, by the name of a field; `Class.field` where a name means several things. They are
 * told on Monday, 2 March 2026, at half past nine in UTC, which is what stands where nothing is said here. Whatever is
 * planned lies in the following week or later: Camille trains on Tuesday, 10 March, at nine o'clock in Paris.
 */
export const EXAMPLE_DATES: Readonly<Record<string, string>> = {
  scheduled_at: '2026-03-10T08:00:00Z',
  slot_datetime: '2026-03-10T08:00:00Z',
  discovery_slot: '2026-03-10T08:00:00Z',
  next_session_at: '2026-03-10T08:00:00Z',
  'RescheduleDto.scheduled_at': '2026-03-10T09:00:00Z',
  day: '2026-03-10',
  ends_at: '2026-03-10T09:00:00Z',
  starts_at: '2026-03-16T07:00:00Z',
  'CreateTimeOffDto.ends_at': '2026-03-23T07:00:00Z',
  'TimeOffResponse.ends_at': '2026-03-23T07:00:00Z',
  'TakenTimeOffResponse.ends_at': '2026-03-23T07:00:00Z',
  free_until: '2026-03-09T08:00:00Z',
  editable_until: '2026-03-04T09:30:00Z',
  keep_until: '2026-03-09T09:30:00Z',
  expires_at: '2026-03-31T22:00:00Z',
  'WaitlistEntryResponse.expires_at': '2026-03-02T10:00:00Z',
  'ExportLinkResponse.expires_at': '2026-03-03T09:30:00Z',
  due_at: '2026-03-16T09:30:00Z',
  valid_until: '2026-09-02',
  effective_at: '2026-04-01T09:30:00Z',
  start_date: '2026-03-09',
  'StravaActivityResponse.start_date': '2026-03-02T06:30:00Z',
  birth_date: '1990-05-14',
};
