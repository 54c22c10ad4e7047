import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Test } from 'supertest';
import { signatureOf } from 'src/common/webhooks/signed-event.rules';
import type { HttpClient } from './test-app';

export const VIDEO_KEY = 'the-key-of-the-tests';
export const VIDEO_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** The least that passes for MP4: what it is stands in its first bytes. */
export const AN_MP4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\u0002\0isommp42', 'latin1'),
  randomBytes(5_000),
]);

/** A video as the provider has it. */
export interface OrderedVideo {
  id: string;
  prompt: string;
  webhookUrl: string;
  idempotencyKey: string;
  answer: Record<string, unknown>;
}

/** What becomes of a request: in order for the next ones, or for all of them. */
export type VideoFault =
  | { status: number; retryAfter?: number }
  | { text: string }
  | 'silent'
  | 'drip'
  | 'endless'
  | 'reset'
  /** It does what was asked, and the answer never arrives. */
  | 'accept and drop';

export type VideoRequestKind = 'order' | 'question' | 'file';

/** A provider that makes videos in its own time, on a real socket. */
export class VideoServer {
  readonly videos: OrderedVideo[] = [];
  /** Files by their path, handed out to everybody. */
  readonly files = new Map<string, Buffer>();
  /** `POST /v1/videos`, in the order they came, whatever became of them. */
  readonly requests: string[] = [];
  /** Of requests for files. */
  readonly headersOfFiles: IncomingMessage['headers'][] = [];
  private readonly next: Record<VideoRequestKind, VideoFault[]> = { order: [], question: [], file: [] };
  private readonly always: Partial<Record<VideoRequestKind, VideoFault>> = {};
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<VideoServer> {
    const server = createServer();
    const provider = new VideoServer(server);
    server.on('connection', (socket) => {
      provider.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => provider.sockets.delete(socket));
    });
    server.on('request', (request, response) => void provider.serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a process must be told to have videos made here. */
  get variables(): Record<string, string> {
    return {
      VIDEO_PROVIDER_URL: `${this.url}/v1/`,
      VIDEO_PROVIDER_KEY: VIDEO_KEY,
      VIDEO_PROVIDER_POLL_SECONDS: '600',
      VIDEO_WEBHOOK_SECRET: VIDEO_SECRET,
    };
  }

  fail(kind: VideoRequestKind, ...faults: VideoFault[]): void {
    this.next[kind].push(...faults);
  }

  failAlways(kind: VideoRequestKind, fault: VideoFault | undefined): void {
    this.always[kind] = fault;
  }

  /** The last one that was ordered is there, under this address of the server. */
  finish(file: Buffer = AN_MP4, path = `/files/${randomUUID()}.mp4`): OrderedVideo {
    this.files.set(path, file);
    return this.tell({ status: 'succeeded', url: `${this.url}${path}` });
  }

  /** What the server says of the last one from now on. */
  tell(answer: Record<string, unknown>): OrderedVideo {
    const video = this.videos.at(-1);
    if (!video) throw new Error('no video was ordered');
    video.answer = answer;
    return video;
  }

  forget(): void {
    this.videos.length = 0;
    this.requests.length = 0;
    this.headersOfFiles.length = 0;
    this.files.clear();
    for (const kind of ['order', 'question', 'file'] as const) {
      this.next[kind].length = 0;
      this.always[kind] = undefined;
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    const kind = url.startsWith('/files/') ? 'file' : method === 'POST' ? 'order' : 'question';
    if (kind === 'file') this.headersOfFiles.push(request.headers);
    const isKnown = kind === 'file' || request.headers.authorization === `Bearer ${VIDEO_KEY}`;
    const fault = this.next[kind].shift() ?? this.always[kind];
    if (!isKnown) answer(response, 401, { error: 'no such key' });
    else if (fault === 'accept and drop') {
      if (kind === 'order') this.order(request, body);
      response.socket?.resetAndDestroy();
    } else if (fault !== undefined) misbehave(fault, response);
    else if (kind === 'file') this.handOut(url, response);
    else if (kind === 'order') answer(response, 202, { id: this.order(request, body).id, status: 'queued' });
    else this.report(url, response);
  }

  private order({ headers }: IncomingMessage, body: string): OrderedVideo {
    const idempotencyKey = String(headers['idempotency-key']);
    const known = this.videos.find((video) => video.idempotencyKey === idempotencyKey);
    if (known) return known;
    const { prompt, webhook_url: webhookUrl } = JSON.parse(body) as { prompt: string; webhook_url: string };
    const video = { id: `job_${randomUUID()}`, prompt, webhookUrl, idempotencyKey, answer: { status: 'processing' } };
    this.videos.push(video);
    return video;
  }

  private report(url: string, response: ServerResponse): void {
    const video = this.videos.find(({ id }) => url === `/v1/videos/${id}`);
    if (video) answer(response, 200, { id: video.id, ...video.answer });
    else answer(response, 404, { error: 'no such video' });
  }

  private handOut(path: string, response: ServerResponse): void {
    const file = this.files.get(path);
    if (file) response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(file);
    else answer(response, 404, { error: 'no such file' });
  }
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function misbehave(fault: Exclude<VideoFault, 'accept and drop'>, response: ServerResponse): void {
  if (fault === 'silent') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'drip' || fault === 'endless') {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const piece = fault === 'drip' ? ' ' : 'x'.repeat(262_144);
    const timer = setInterval(() => response.write(piece), fault === 'drip' ? 200 : 1);
    response.on('close', () => clearInterval(timer));
    return;
  }
  if ('text' in fault) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(fault.text);
    return;
  }
  const headers = { ...(fault.retryAfter !== undefined && { 'Retry-After': String(fault.retryAfter) }) };
  answer(response, fault.status, { error: 'the prompt "Squat" was refused' }, { Location: '/elsewhere', ...headers });
}

export interface EventOptions {
  id?: string;
  /** When it was signed. */
  at: Date;
  secret?: string;
}

/** A call of the provider at the webhook, signed over its bytes. */
export function callOfProvider(http: HttpClient, event: unknown, options: EventOptions): Test {
  const { id = `evt_${randomUUID()}`, at, secret = VIDEO_SECRET } = options;
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return http
    .post('/webhooks/videos')
    .set('webhook-id', id)
    .set('webhook-timestamp', timestamp)
    .set('webhook-signature', signatureOf({ id, timestamp, body: Buffer.from(text) }, secret))
    .type('json')
    .send(text);
}
