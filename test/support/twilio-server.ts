import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Test } from 'supertest';
import type { HttpClient } from './test-app';

export const TWILIO_ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
export const TWILIO_TOKEN = 'the-auth-token-of-the-tests';
export const TWILIO_NUMBER = '+33700000001';

/** A message as Twilio has it. */
export interface TakenSms {
  sid: string;
  to: string;
  /** A number, a name, or the SID of a messaging service. */
  from: string;
  body: string;
  statusCallback: string;
  status: string;
  errorCode: number | null;
  createdAt: Date;
}

/** How Twilio behaves from now on, or for the next requests that ask it to send. */
export type TwilioFault =
  | { refuse: number; status?: number; retryAfter?: number }
  | { status: number; body: string }
  | { garbage: string }
  | 'silent'
  | 'drip'
  | 'endless'
  | 'reset'
  /** It takes the message, and the answer never arrives. */
  | 'accept and drop';

/** As much of Twilio as sending SMS needs, on a real socket. */
export class TwilioServer {
  readonly taken: TakenSms[] = [];
  /** Requests to send, whatever became of them, and questions for the list. */
  asked = 0;
  listed = 0;
  /** When each message came, in ms of `performance.now()`. */
  readonly arrivals: number[] = [];
  private readonly next: TwilioFault[] = [];
  private always: TwilioFault | null = null;
  private listFault: TwilioFault | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TwilioServer> {
    const server = createServer();
    const twilio = new TwilioServer(server);
    server.on('connection', (socket) => {
      twilio.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => twilio.sockets.delete(socket));
    });
    server.on('request', (request, response) => void twilio.serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return twilio;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What an application is told to send through here. */
  get variables(): Record<string, string> {
    return {
      TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
      TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
      TWILIO_FROM_NUMBER: TWILIO_NUMBER,
      TWILIO_BASE_URL: this.url,
      TWILIO_MESSAGES_PER_SECOND: '1000',
    };
  }

  /** One fault for each of the next requests to send. */
  failNext(...faults: TwilioFault[]): void {
    this.next.push(...faults);
  }

  failAlways(fault: TwilioFault | null): void {
    this.always = fault;
  }

  failLists(fault: TwilioFault | null): void {
    this.listFault = fault;
  }

  forget(): void {
    this.taken.length = 0;
    this.arrivals.length = 0;
    this.next.length = 0;
    this.asked = 0;
    this.listed = 0;
    this.always = null;
    this.listFault = null;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const key = Buffer.from(`${TWILIO_ACCOUNT}:${TWILIO_TOKEN}`).toString('base64');
    if (request.headers.authorization !== `Basic ${key}`) refuse(response, 401, 20003);
    else if (pathname !== `/2010-04-01/Accounts/${TWILIO_ACCOUNT}/Messages.json`) refuse(response, 404, 20404);
    else if (request.method === 'GET') this.list(searchParams.get('To'), response);
    else this.send(new URLSearchParams(body), response);
  }

  private list(to: string | null, response: ServerResponse): void {
    this.listed += 1;
    if (this.listFault !== null) {
      misbehave(this.listFault, response);
      return;
    }
    const messages = this.taken
      .filter((message) => message.to === to)
      .map(resource)
      .reverse();
    answer(response, 200, { messages, page: 0, page_size: 50, next_page_uri: null, uri: '/' });
  }

  private send(fields: URLSearchParams, response: ServerResponse): void {
    this.asked += 1;
    this.arrivals.push(performance.now());
    const fault = this.next.shift() ?? this.always;
    if (fault !== null && fault !== 'accept and drop') {
      misbehave(fault, response);
      return;
    }
    const message: TakenSms = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to: fields.get('To') ?? '',
      from: fields.get('From') ?? fields.get('MessagingServiceSid') ?? '',
      body: fields.get('Body') ?? '',
      statusCallback: fields.get('StatusCallback') ?? '',
      status: 'queued',
      errorCode: null,
      createdAt: new Date(),
    };
    this.taken.push(message);
    if (fault === null) answer(response, 201, resource(message));
    else response.socket?.resetAndDestroy();
  }
}

/** A message as Twilio writes it. */
function resource({ sid, to, from, body, status, errorCode, createdAt }: TakenSms): Record<string, unknown> {
  const at = createdAt.toUTCString().replace('GMT', '+0000');
  return {
    sid,
    to,
    from,
    body,
    status,
    account_sid: TWILIO_ACCOUNT,
    error_code: errorCode,
    error_message: null,
    date_created: at,
    date_updated: at,
    date_sent: null,
    direction: 'outbound-api',
    num_segments: '1',
    price: null,
    uri: `/2010-04-01/Accounts/${TWILIO_ACCOUNT}/Messages/${sid}.json`,
  };
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** What it says quotes what it was sent, as Twilio's own refusals do. */
function refuse(response: ServerResponse, status: number, code: number, headers: Record<string, string> = {}): void {
  const message = `The 'To' number +33612345678 was refused for "Bonjour"`;
  answer(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);
}

function misbehave(fault: TwilioFault, response: ServerResponse): void {
  if (fault === 'silent') return;
  if (fault === 'reset' || fault === 'accept and drop') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'drip' || fault === 'endless') {
    response.writeHead(201, { 'Content-Type': 'application/json' });
    const piece = fault === 'drip' ? ' ' : 'x'.repeat(262_144);
    const timer = setInterval(() => response.write(piece), fault === 'drip' ? 200 : 1);
    response.on('close', () => clearInterval(timer));
    return;
  }
  if ('garbage' in fault) {
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(fault.garbage);
    return;
  }
  if ('body' in fault) {
    response.writeHead(fault.status).end(fault.body);
    return;
  }
  const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  refuse(response, fault.status ?? 400, fault.refuse, headers as Record<string, string>);
}

/** Signs as Twilio does: the address, then every field by name with its value. */
export function twilioSignature(url: string, fields: Readonly<Record<string, string>>, token = TWILIO_TOKEN): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name] ?? ''}`, url);
  return createHmac('sha1', token).update(signed).digest('base64');
}

/** A call of Twilio at a webhook, signed over the public address. */
export function callOfTwilio(
  http: HttpClient,
  path: string,
  fields: Readonly<Record<string, string>>,
  { appBaseUrl = 'http://localhost:3000', token = TWILIO_TOKEN } = {},
): Test {
  return http
    .post(path)
    .set('X-Twilio-Signature', twilioSignature(`${appBaseUrl}${path}`, fields, token))
    .type('form')
    .send(fields);
}
