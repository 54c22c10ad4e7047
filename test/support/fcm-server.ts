import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { FirebaseAgent } from 'src/modules/notification/firebase/firebase-agent';

const PROJECT = 'mycoach-test';
const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';

/** The message of a push, as far as tests look at it. */
export interface TakenPush {
  token: string;
  notification: { title: string; body: string };
  data: Record<string, string>;
  android: { priority: string; ttl: string; collapse_key: string; notification: { tag: string } };
  apns: { headers: Record<string, string>; payload: { aps: Record<string, unknown> } };
  webpush: { headers: Record<string, string>; notification: { tag: string } };
}

/** What a server does with a request instead of what it should. */
export type Whim =
  | { kind: 'answer'; status: number; body: string | Buffer | object; headers?: Record<string, string> }
  /** Takes the request and says nothing. */
  | { kind: 'silence' }
  /** Breaks the connection, before an answer or in the middle of one. */
  | { kind: 'drop'; after?: 'half an answer' };

interface Grant {
  token: string;
  expiresInSeconds: number;
}

const refusal = (code: number, status: string, details: object[] = [], message = status): Whim => ({
  kind: 'answer',
  status: code,
  body: { error: { code, status, message, details } },
});
const fcmError = (errorCode: string): object => ({ '@type': FCM_ERROR, errorCode });

/** Refusals in the words of Firebase. */
export const WHIMS = {
  unregistered: refusal(404, 'NOT_FOUND', [fcmError('UNREGISTERED')], 'Requested entity was not found.'),
  noSuchProject: refusal(404, 'NOT_FOUND', [], 'Requested entity was not found.'),
  noToken: refusal(400, 'INVALID_ARGUMENT', [
    fcmError('INVALID_ARGUMENT'),
    { '@type': BAD_REQUEST, fieldViolations: [{ field: 'message.token', description: 'Invalid registration' }] },
  ]),
  unnamed: refusal(400, 'INVALID_ARGUMENT', [fcmError('INVALID_ARGUMENT')], 'Request contains an invalid argument.'),
  badMessage: refusal(400, 'INVALID_ARGUMENT', [
    { '@type': BAD_REQUEST, fieldViolations: [{ field: 'message.data[0].value', description: 'Invalid value' }] },
  ]),
  tooLong: refusal(400, 'INVALID_ARGUMENT'),
  otherProject: refusal(403, 'PERMISSION_DENIED', [fcmError('SENDER_ID_MISMATCH')]),
  forbidden: refusal(403, 'PERMISSION_DENIED'),
  signedOut: refusal(401, 'UNAUTHENTICATED'),
  keptOutByApple: refusal(401, 'UNAUTHENTICATED', [fcmError('THIRD_PARTY_AUTH_ERROR')]),
  broken: refusal(500, 'INTERNAL', [fcmError('INTERNAL')]),
  garbage: { kind: 'answer', status: 200, body: '<html>It works!</html>' },
  endless: { kind: 'answer', status: 200, body: `{"name": "${'x'.repeat(3_000_000)}"}` },
  inflated: {
    kind: 'answer',
    status: 200,
    body: gzipSync(`{"name": "${'x'.repeat(3_000_000)}"}`),
    headers: { 'content-encoding': 'gzip' },
  },
  nothingInIt: { kind: 'answer', status: 200, body: {} },
  badGateway: { kind: 'answer', status: 502, body: '<html>Error 502 (Server Error)!!1</html>' },
  silence: { kind: 'silence' },
  drop: { kind: 'drop' },
  dropHalfway: { kind: 'drop', after: 'half an answer' },
} as const satisfies Record<string, Whim>;

/** Asks to be left alone. */
export function throttled(status: 429 | 503, retryAfter: string, date?: string): Whim {
  const whim = refusal(status, status === 429 ? 'RESOURCE_EXHAUSTED' : 'UNAVAILABLE', [
    fcmError(status === 429 ? 'QUOTA_EXCEEDED' : 'UNAVAILABLE'),
  ]);
  return { ...whim, headers: { 'retry-after': retryAfter, ...(date && { date }) } } as Whim;
}

/** As much of Google as a push needs: the service that gives out access tokens, and Firebase Cloud Messaging, v1. */
export class FcmServer {
  readonly taken: TakenPush[] = [];
  /** Access tokens that were given out. */
  readonly grants: Grant[] = [];
  /** Every request, as `host path`. */
  readonly requests: string[] = [];
  /** What it does with pushes, one after another; then it takes them. */
  readonly whims: Whim[] = [];
  /** The same, for access tokens. */
  readonly tokenWhims: Whim[] = [];
  /** What it does with all pushes to a device. */
  readonly whimsOf = new Map<string, Whim>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FcmServer> {
    const server = createServer();
    const fcm = new FcmServer(server);
    server.on('connection', (socket) => {
      fcm.sockets.add(socket);
      socket.on('close', () => fcm.sockets.delete(socket));
    });
    server.on('request', (request, response) => void fcm.serve(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fcm;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.sockets.size;
  }

  /** The connections of production, but that they lead here and are not encrypted. */
  agent(patienceMs?: number): FirebaseAgent {
    const { port } = this.server.address() as AddressInfo;
    return Object.assign(new FirebaseAgent(patienceMs), { createConnection: () => connect(port, '127.0.0.1') });
  }

  forgetAll(): void {
    for (const list of [this.taken, this.requests, this.whims, this.tokenWhims]) list.length = 0;
    this.whimsOf.clear();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { host = '' } = request.headers;
    this.requests.push(`${host} ${request.url ?? ''}`);
    if (host === 'oauth2.googleapis.com' && request.url === '/token') this.grant(body, response);
    else if (host === 'fcm.googleapis.com' && request.url === `/v1/projects/${PROJECT}/messages:send`)
      this.take(request.headers.authorization, body, response);
    else answer(response, WHIMS.noSuchProject);
  }

  private grant(form: string, response: ServerResponse): void {
    const whim = this.tokenWhims.shift();
    if (whim) return answer(response, whim);
    const fields = new URLSearchParams(form);
    if (fields.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer' || !fields.get('assertion'))
      return answer(response, { kind: 'answer', status: 400, body: { error: 'invalid_request' } });
    const grant = { token: `ya29.${randomUUID()}`, expiresInSeconds: 3_600 };
    this.grants.push(grant);
    const { token: access_token, expiresInSeconds: expires_in } = grant;
    answer(response, { kind: 'answer', status: 200, body: { access_token, expires_in, token_type: 'Bearer' } });
  }

  private take(authorization: string | undefined, body: string, response: ServerResponse): void {
    const { message } = JSON.parse(body) as { message: TakenPush };
    if (!this.grants.some(({ token }) => authorization === `Bearer ${token}`)) return answer(response, WHIMS.signedOut);
    const whim = this.whims.shift() ?? this.whimsOf.get(message.token);
    // A connection that breaks after the message was taken is what makes a repeat of it necessary and visible.
    if (!whim || whim.kind === 'drop') this.taken.push(message);
    answer(response, whim ?? { kind: 'answer', status: 200, body: { name: `projects/${PROJECT}/messages/1` } });
  }
}

function answer(response: ServerResponse, whim: Whim): void {
  if (whim.kind === 'silence') return;
  if (whim.kind === 'drop') {
    if (!whim.after) return void response.socket?.destroy();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"name":', () => response.socket?.destroy());
    return;
  }
  const { status, body, headers } = whim;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

/** A service account of the project that the server knows, in JSON. Its key is made anew each time. */
export function serviceAccount(overrides: Record<string, unknown> = {}): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: PROJECT,
    private_key_id: randomUUID(),
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: `pushes@${PROJECT}.iam.gserviceaccount.com`,
    token_uri: 'https://oauth2.googleapis.com/token',
    ...overrides,
  });
}
