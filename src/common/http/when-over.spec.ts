import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { whenOver } from './when-over';

describe('the end of a request', () => {
  let server: Server;
  let client: Socket;
  let accepted: Socket | undefined;
  const told: string[] = [];
  const waiting: ServerResponse[] = [];

  beforeEach(async () => {
    told.length = 0;
    waiting.length = 0;
    server = createServer((request, response) => {
      waiting.push(response);
      whenOver(request, response, () => told.push(request.url ?? ''));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.once('connection', (socket: Socket) => (accepted = socket));
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined).resume();
    await once(client, 'connect');
  });
  afterEach(async () => {
    client.destroy();
    server.close();
    await once(server, 'close');
  });

  /** Sends requests in one breath, and waits until the last of them was heard. */
  const ask = async (...paths: string[]): Promise<void> => {
    const heard = waiting.length + paths.length;
    client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    while (waiting.length < heard) await once(server, 'request');
  };
  /** The client leaves, and the server has noticed. */
  const hangUp = async (): Promise<void> => {
    const gone = new Promise((resolve) => accepted?.once('close', resolve));
    client.resetAndDestroy();
    await gone;
  };

  it('is its answer, one after the other on one connection', async () => {
    for (const path of ['/a', '/b']) {
      await ask(path);
      const answer = waiting.at(-1);
      answer?.end();
      if (answer) await once(answer, 'close');
    }
    expect(told).toEqual(['/a', '/b']);
    await hangUp();
    expect(told).toEqual(['/a', '/b']);
  });

  it('is the end of its connection, also for those that wait behind another on it', async () => {
    await ask('/first', '/second', '/third');
    // This one is done, and waits for its turn.
    waiting[1]?.end('done');
    expect(told).toEqual([]);
    await hangUp();
    expect([...told].sort()).toEqual(['/first', '/second', '/third']);
  });
});
