import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type LoggerOptions, pino, type Logger as PinoLogger } from 'pino';
import { currentContext } from './log-context';

/**
 * The log of the process: JSON lines. Nothing of a request but its id, route template, status, duration and user is
 * ever written, and an error only with its type, message, stack and code, so that no key, password or body can slip in.
 */
export function createLogger(level: string, destination?: DestinationStream): PinoLogger {
  const options: LoggerOptions = {
    level,
    base: { service: 'mycoach' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: currentContext,
    serializers: { err: errorLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * Standard output, a few lines at a time: a write for each line would be a system call in every request. What is waiting
 * is written four times a second, and when the process ends; only a killed process can lose it.
 */
export function batchedOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 250 });
}

/** PostgreSQL's `detail` quotes row values and a failed query its parameters: neither is written. */
function errorLine(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const cause: unknown = error.cause;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(table !== undefined && { table }),
    ...(cause !== undefined && { cause: errorLine(cause) }),
  };
}

/** What the framework says while it puts itself together is of use only when something is wrong with that. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Nest's logger over pino. A first argument that is an object gives the line its fields, the second its text. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: PinoLogger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the context as the last argument. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const logger = typeof context === 'string' ? { context } : {};
    if (message instanceof Error) this.pino[level]({ ...logger, err: message }, message.message);
    else if (typeof message === 'object' && message !== null)
      this.pino[level]({ ...logger, ...message }, typeof rest[0] === 'string' ? rest[0] : undefined);
    else this.pino[level](logger, String(message));
  }
}
