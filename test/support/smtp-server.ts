import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A mail as the server took it. */
export interface TakenMail {
  from: string;
  to: string[];
  data: string;
}

/** How the server behaves, when it does not simply take mails. */
interface Behaviour {
  /** What it says first; null = nothing, ever. */
  greeting: string | null;
  /** What it answers to a text: `250 queued`, or a refusal. The mail counts as taken if it was taken. */
  answerToData: string;
  /** It takes the mail and hangs up before it says so. */
  hangsUpAfterData: boolean;
}

const WELL: Behaviour = { greeting: '220 test ESMTP', answerToData: '250 queued', hangsUpAfterData: false };

/** As much of SMTP as a mailer needs, on a real socket. Held, it takes a mail only when the test says so. */
export class SmtpServer {
  readonly taken: TakenMail[] = [];
  /** What it answers to a recipient: `250 OK`, or a refusal. */
  answerToRecipient = '250 OK';
  /** Connections that were made to it. */
  connections = 0;
  private behaviour = WELL;
  private readonly sockets = new Set<Socket>();
  private readonly waitingMails = new Set<() => void>();
  private heldRecipients: RegExp | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmtpServer> {
    const server = createServer();
    const smtp = new SmtpServer(server);
    server.on('connection', (socket) => smtp.serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return smtp;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whom the mails that were taken are for, in that order. */
  get recipients(): string[] {
    return this.taken.flatMap(({ to }) => to);
  }

  /** Mails that wait to be taken. */
  get waiting(): number {
    return this.waitingMails.size;
  }

  /** From now on; what is not said is well again. */
  behave(behaviour: Partial<Behaviour> = {}): void {
    this.behaviour = { ...WELL, ...behaviour };
  }

  /** Holds what comes from now on, or what comes for some recipients: its sender waits, as long as it likes. */
  hold(recipients = /^/): void {
    this.heldRecipients = recipients;
  }

  /** Takes what waits, and from now on everything at once. */
  open(): void {
    this.heldRecipients = null;
    for (const take of this.waitingMails) take();
    this.waitingMails.clear();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    this.connections += 1;
    const { greeting, answerToData, hangsUpAfterData } = this.behaviour;
    socket.on('error', () => socket.destroy());
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let mail: TakenMail = { from: '', to: [], data: '' };
    let inData = false;
    let buffer = '';
    const take = (): void => {
      if (answerToData.startsWith('250')) this.taken.push(mail);
      mail = { from: '', to: [], data: '' };
      if (hangsUpAfterData) socket.destroy();
      else say(answerToData);
    };
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.waitingMails.delete(take);
    });
    if (greeting !== null) say(greeting);
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (inData) {
          if (line !== '.') mail.data += `${line.replace(/^\.\./, '.')}\n`;
          else {
            inData = false;
            if (this.heldRecipients && mail.to.some((to) => this.heldRecipients?.test(to))) this.waitingMails.add(take);
            else take();
          }
        } else if (/^(EHLO|HELO)/i.test(line)) say('250 test');
        else if (/^MAIL FROM:/i.test(line)) {
          mail = { from: /<(.*?)>/.exec(line)?.[1] ?? '', to: [], data: '' };
          say('250 OK');
        } else if (/^RCPT TO:/i.test(line)) {
          if (this.answerToRecipient.startsWith('250')) mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
          say(this.answerToRecipient);
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 go ahead');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 OK');
      }
    });
  }
}
