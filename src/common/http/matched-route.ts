import type { IncomingMessage } from 'node:http';

interface RoutedRequest extends IncomingMessage {
  route?: { path?: string };
}

/** The template of the route that answers, and never the path itself: ids and tokens stay out of logs and figures. */
export function matchedRoute(request: IncomingMessage): string {
  return (request as RoutedRequest).route?.path ?? 'unmatched';
}
