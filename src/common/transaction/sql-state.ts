const SERIALIZATION = new Set(['40001', '40P01']);
/** Connection lost or refused, too many connections, shutting down, statement or lock timeout, read-only server. */
const UNAVAILABLE = /^(08...|53...|57P0.|57014|55P03|25P03|25006|58...|XX...)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);
/** Tables or columns of this build are not there: its migrations have not run yet. */
const UNMIGRATED = new Set(['42P01', '42703', '3F000']);
/** What the driver and TypeORM say, without a code, of a connection that is lost, never came or is too slow. */
const DRIVER = new RegExp(
  [
    'timeout exceeded when trying to connect',
    'timeout expired',
    'connection terminated',
    'query read timeout',
    'not queryable',
    'query runner already released',
  ].join('|'),
  'i',
);

interface DriverFault {
  code?: unknown;
  constraint?: unknown;
  message?: unknown;
  driverError?: unknown;
}

function driverFault(error: unknown): DriverFault {
  if (typeof error !== 'object' || error === null) return {};
  const fault = error as DriverFault;
  return typeof fault.driverError === 'object' && fault.driverError !== null ? fault.driverError : fault;
}

/** The SQLSTATE (or network code) of an error of the driver, or null. */
export function sqlState(error: unknown): string | null {
  const { code } = driverFault(error);
  return typeof code === 'string' ? code : null;
}

/** Deadlock or serialisation failure: the whole unit may be run again. */
export function isSerializationFailure(error: unknown): boolean {
  return SERIALIZATION.has(sqlState(error) ?? '');
}

/** Refused only because a statement before it failed: what went wrong is that one's error. */
export function isAborted(error: unknown): boolean {
  return sqlState(error) === '25P02';
}

/** A unique or exclusion constraint refused the row. With a name: that constraint. */
export function violates(error: unknown, constraint?: string): boolean {
  const state = sqlState(error);
  return (
    (state === '23505' || state === '23P01') &&
    (constraint === undefined || driverFault(error).constraint === constraint)
  );
}

/** The database is away, frozen, overloaded or not migrated: 503, try again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && (UNAVAILABLE.test(state) || NETWORK.has(state) || UNMIGRATED.has(state))) return true;
  if (isSerializationFailure(error)) return true;
  const { message } = driverFault(error);
  return typeof message === 'string' && DRIVER.test(message);
}
