import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A mail server that takes a mail when the test says so: until then the sender waits, as long as it likes. */
export class HoldingSmtp {
  /** Recipients of the mails that were taken. */
  readonly taken: string[] = [];
  private isOpen = false;
  private readonly sockets = new Set<Socket>();
  private readonly held: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HoldingSmtp> {
    const server = createServer();
    const smtp = new HoldingSmtp(server);
    server.on('connection', (socket) => smtp.serve(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return smtp;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Mails that wait to be taken. */
  get waiting(): number {
    return this.held.length;
  }

  /** Takes what waits, and from now on everything at once. */
  open(): void {
    this.isOpen = true;
    for (const take of this.held.splice(0)) take();
  }

  /** Holds what comes from now on. */
  hold(): void {
    this.isOpen = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let recipient = '';
    let buffer = '';
    let isMail = false;
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    const take = (): void => {
      this.taken.push(recipient);
      say('250 queued');
    };
    socket.on('close', () => {
      this.sockets.delete(socket);
      if (this.held.includes(take)) this.held.splice(this.held.indexOf(take), 1);
    });
    say('220 test ESMTP');
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (isMail) {
          if (line !== '.') continue;
          isMail = false;
          if (this.isOpen) take();
          else this.held.push(take);
        } else if (/^DATA/i.test(line)) {
          isMail = true;
          say('354 go ahead');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else {
          recipient = /^RCPT TO:<(.*?)>/i.exec(line)?.[1] ?? recipient;
          say('250 OK');
        }
      }
    });
  }
}
