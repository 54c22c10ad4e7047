import { isRecord, recordOf } from 'src/common/json/record';
import { waitAskedMs } from 'src/common/outbound/bounded-http';

/** A refusal, of the service itself or of the one that gives out its access tokens. */
export interface FcmAnswer {
  from: 'fcm' | 'oauth';
  status: number;
  /** As the headers have them. */
  retryAfter: string | null;
  date: string | null;
  body: string;
}

/** As `DeliveryFailure` has them. */
export interface Failure {
  code: string;
  isFinal: boolean;
  retryAfterMs: number | null;
  blamesProvider: boolean;
}

export type Verdict = 'unregistered' | Failure;

const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const TOKEN_FIELD = 'message.token';
/** The address of another project: as long as ours is the wrong one, this is for somebody to mend. */
const NEVER_OURS = 'SENDER_ID_MISMATCH';
/** Apple, or the service of a browser, does not let Google in: what goes to other kinds of devices arrives. */
const BEHIND_IT = 'THIRD_PARTY_AUTH_ERROR';

/**
 * What a refusal means. A device is forgotten only when Google speaks of its token: `UNREGISTERED`, or an argument that
 * is wrong and named, with no other field to blame. Where none is named it may be a message of ours that is wrong, for
 * every device alike. A project that is not found answers 404 too, and a message that is too long 400.
 * Trying again helps unless the message itself is refused. The code holds what is written in capitals in the list of
 * errors, never what is told besides: that may quote a token or a text.
 */
export function verdictOn({ from, status, retryAfter, date, body }: FcmAnswer): Verdict {
  const refusal = from === 'fcm' ? refusalIn(body) : null;
  if (refusal?.fcmCode === 'UNREGISTERED') return 'unregistered';
  const isWrong = status === 400 && refusal?.status === 'INVALID_ARGUMENT';
  if (isWrong && refusal.fcmCode === 'INVALID_ARGUMENT' && isTokenAlone(refusal.fields)) return 'unregistered';
  const name = refusal?.fcmCode ?? refusal?.status ?? null;
  return {
    code: [from, String(status), ...(name === null ? [] : [name])].join(' '),
    isFinal: isWrong || refusal?.fcmCode === NEVER_OURS,
    retryAfterMs: waitAskedMs(retryAfter, date),
    blamesProvider: refusal?.fcmCode !== BEHIND_IT,
  };
}

function isTokenAlone(fields: readonly unknown[]): boolean {
  return fields.length > 0 && fields.every((field) => field === TOKEN_FIELD);
}

interface Refusal {
  status: string | null;
  fcmCode: string | null;
  /** The fields that are said to be wrong. */
  fields: unknown[];
}

function refusalIn(body: string): Refusal | null {
  const { error } = recordOf(parsed(body));
  if (!isRecord(error)) return null;
  const details = listOf(error['details']).map(recordOf);
  const fcmError = details.find((detail) => detail['@type'] === FCM_ERROR);
  const violations = details.flatMap((detail) => listOf(detail['fieldViolations']));
  return {
    status: nameOrNull(error['status']),
    fcmCode: nameOrNull(fcmError?.['errorCode']),
    fields: violations.map((violation) => recordOf(violation)['field']),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOrNull(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Z_]{1,40}$/.test(value) ? value : null;
}
