import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { whenOver } from 'src/common/http/when-over';
import type { Lifecycle } from './lifecycle';

const STEP_MS = 20;

/** Tells every connection with the last answer it gets that it will be closed: the caller then opens another elsewhere. */
export function sayFarewell(lifecycle: Lifecycle) {
  const unanswered = new Set<ServerResponse>();
  const sayIn = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  lifecycle.onLeaving(() => unanswered.forEach(sayIn));
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (lifecycle.isLeaving) sayIn(response);
    unanswered.add(response);
    whenOver(request, response, () => unanswered.delete(response));
    next();
  };
}

export interface FarewellTimes {
  /** How long a kept-alive connection may stay idle: its proxy may be about to use it. */
  idleMs: number;
  /** How long a request may still take. */
  requestMs: number;
}

/**
 * Ends the connections of a server without cutting a request: nobody new is let in, who is connected gets an answer, and
 * only connections that nobody uses are closed.
 *
 * @returns false when requests took too long and had to be cut off
 */
export async function closeConnections(server: Server, { idleMs, requestMs }: FarewellTimes): Promise<boolean> {
  if (!server.listening) return true;
  // Right after the event loop has taken in who was waiting at the door. `server.close` of HTTP would also close idle
  // connections at once, and with them requests that are on their way.
  await new Promise(setImmediate);
  Listener.prototype.close.call(server);
  const since = performance.now();
  while ((await openConnections(server)) > 0) {
    const waited = performance.now() - since;
    if (waited > requestMs) {
      server.closeAllConnections();
      return false;
    }
    if (waited > idleMs) server.closeIdleConnections();
    await pause(STEP_MS);
  }
  return true;
}

function openConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
