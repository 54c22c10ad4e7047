import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What is still to be told, by connection. */
const untold = new WeakMap<Socket, Set<() => void>>();

/**
 * Tells once when an answer has been sent, or never will be because its connection is gone. The answer itself tells the
 * latter only while its turn is on: those that wait behind it on the same connection (pipelining) hear nothing.
 */
export function whenOver({ socket }: IncomingMessage, response: ServerResponse, tell: () => void): void {
  const open = untoldOn(socket);
  const once = (): void => {
    if (open.delete(once)) tell();
  };
  open.add(once);
  response.once('close', once);
}

function untoldOn(socket: Socket): Set<() => void> {
  const known = untold.get(socket);
  if (known) return known;
  const open = new Set<() => void>();
  untold.set(socket, open);
  socket.once('close', () => {
    for (const tell of open) tell();
  });
  return open;
}
