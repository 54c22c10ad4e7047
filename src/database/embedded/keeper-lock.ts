import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One keeper per data directory. The lock is an address somebody listens on and not a file with a process number: the
 * operating system frees it when its holder dies, however it dies, so it is never stale.
 * Answers null while another keeper holds it.
 */
export async function tryKeeperLock(dataDir: string): Promise<Server | null> {
  const address = lockAddress(dataDir);
  const lock = await listen(address);
  if (lock || !isSocketFile(address) || (await isAnswered(address))) return lock;
  // Only a socket file outlives its owner.
  await rm(address, { force: true });
  return listen(address);
}

function lockAddress(dataDir: string): string {
  const name = `mycoach-${createHash('sha256').update(dataDir).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.lock`);
}

function isSocketFile(address: string): boolean {
  return address.startsWith('/');
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
