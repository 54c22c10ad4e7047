import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { whenOver } from 'src/common/http/when-over';
import type { Metrics } from 'src/common/metrics/metrics';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** Probes ask every few seconds, and nobody reads that they did. */
const QUIET = new Set(['/livez', '/readyz', '/health', '/metrics']);

interface ObservedRequest extends IncomingMessage {
  id?: string;
  route?: { path?: string };
  user?: { userId: string };
}

/** The template of the route that answers, and never the path itself: ids and tokens stay out of logs and figures. */
function matchedRoute(request: ObservedRequest): string {
  return request.route?.path ?? 'unmatched';
}

/** The caller's own id when it is well formed, else a new one; the answer carries it. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Names every request, counts and times it, and writes its one line: id, method, route template, status, duration, user.
 * Ours and not the usual middleware of pino: that one makes a logger for each request, and wrote the fields of the line
 * twice (ADR 0010).
 */
export function observeRequests(logger: Logger, metrics: Metrics) {
  return (request: ObservedRequest, response: ServerResponse, next: () => void): void => {
    const since = performance.now();
    const requestId = requestIdOf(request);
    request.id = requestId;
    response.setHeader('X-Request-Id', requestId);
    metrics.requestBegan();
    whenOver(request, response, () => {
      const durationMs = performance.now() - since;
      const { method } = request;
      const route = matchedRoute(request);
      const status = response.statusCode;
      metrics.requestEnded(method, route, status, durationMs / 1_000);
      if (QUIET.has(route)) return;
      const userId = request.user?.userId;
      const line = { requestId, method, route, status, durationMs: Math.round(durationMs * 100) / 100, userId };
      // A caller who left before the answer is worth a word: the work was done for nobody.
      if (!response.writableFinished) logger.warn(line, 'request abandoned');
      else if (status >= 500) logger.error(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
