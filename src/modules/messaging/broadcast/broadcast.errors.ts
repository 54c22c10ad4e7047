import { TooManyError } from 'src/common/errors/domain.error';

/** Nothing is left of the day's SMS; `retry_after` says when the next day begins. */
export class SmsQuotaExceeded extends TooManyError {
  readonly code = 'sms_quota_exceeded';
}
