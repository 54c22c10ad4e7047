import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorResponse } from 'src/common/http/error.response';

/** The document is written without starting the application, so without its translator. */
const TEXTS = join(__dirname, '..', '..', 'i18n', 'en');

const MESSAGES: ReadonlyMap<string, string> = new Map(
  readdirSync(TEXTS).flatMap((file) => {
    const { codes = {} } = JSON.parse(readFileSync(join(TEXTS, file), 'utf8')) as { codes?: Record<string, string> };
    return Object.entries(codes);
  }),
);

/** Codes that say when to ask again, and after how many seconds in their example. */
const SECONDS: Readonly<Record<string, number>> = {
  too_many_requests: 42,
  too_many_attempts: 900,
  otp_rate_limited: 1_800,
  sms_quota_exceeded: 21_600,
  request_in_progress: 1,
  service_unavailable: 2,
};

function message(code: string): string {
  const text = MESSAGES.get(code);
  if (text === undefined) throw new Error(`i18n/en has no text for the code ${code}, which a route names`);
  return text;
}

/** The body of a refusal, as an English reader gets it. */
export function refusalExample(code: string): ErrorResponse {
  const seconds = SECONDS[code];
  return {
    detail: code,
    message: message(code),
    ...(code === 'validation_error' && {
      errors: [{ field: 'email', code: 'invalid_email', message: message('invalid_email') }],
    }),
    ...(seconds !== undefined && { retry_after: seconds }),
    ...(code === 'invalid_otp' && { attempts_left: 2 }),
    request_id: 'f3b1c0a2-5d4e-4f60-8a7b-9c8d7e6f5a4b',
  };
}
