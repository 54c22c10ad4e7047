import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const REGION = 'eu-west-3';
const BUCKET = 'pictures-of-tests';
const KEY_ID = 'AKIDTESTS';
const SECRET = 'a-secret-that-only-tests-know';

/** How the server treats what comes next. */
export type S3Mood =
  | 'good'
  /** Answers 500, every time. */
  | 'failing'
  /** Takes the request and never answers. */
  | 'silent'
  /** Begins an answer and never ends it. */
  | 'stalling'
  /** Hands out other bytes than those it was given. */
  | 'lying'
  /** Hands out half of what it announced, and hangs up. */
  | 'truncating'
  /** Says that all went well, and keeps nothing. */
  | 'forgetful';

interface StoredObject {
  bytes: Buffer;
  contentType: string;
  metadata: Record<string, string>;
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * As much of S3 as a store of objects needs, on a real socket: PUT, GET and DELETE of an object, a list of them, path style, with the
 * signature of every request recomputed (SigV4), digests compared, and errors in its XML.
 */
export class S3Server {
  readonly objects = new Map<string, StoredObject>();
  /** `PUT name`, in the order they came, refused ones too. */
  readonly requests: string[] = [];
  mood: S3Mood = 'good';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<S3Server> {
    const server = createServer();
    const s3 = new S3Server(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void s3.serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return s3;
  }

  /** What a process must be told to use it. */
  get variables(): Record<string, string> {
    return {
      S3_ENDPOINT: `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`,
      S3_REGION: REGION,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: KEY_ID,
      S3_SECRET_ACCESS_KEY: SECRET,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [, bucket, ...rest] = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').split('/');
    const name = rest.join('/');
    this.requests.push(`${request.method ?? ''} ${name}`);
    if (this.mood === 'silent') return;
    if (this.mood === 'failing') {
      refuse(response, 500, 'InternalError');
      return;
    }
    const fault = faultOf(request, body);
    if (fault) {
      refuse(response, 403, fault);
      return;
    }
    if (bucket !== BUCKET) {
      refuse(response, 404, 'NoSuchBucket');
      return;
    }
    if (request.method === 'PUT') {
      this.put(name, body, request, response);
      return;
    }
    if (request.method === 'GET' && name === '') {
      this.list(new URL(request.url ?? '', 'http://s3').searchParams, response);
      return;
    }
    if (request.method === 'GET') {
      this.get(name, request.headers.range, response);
      return;
    }
    if (request.method !== 'DELETE') {
      refuse(response, 405, 'MethodNotAllowed');
      return;
    }
    this.objects.delete(name);
    response.writeHead(204).end();
  }

  private put(name: string, bytes: Buffer, { headers }: IncomingMessage, response: ServerResponse): void {
    const digest = createHash('md5').update(bytes).digest('base64');
    const claimed = headers['content-md5'];
    if (claimed !== undefined && claimed !== digest) return refuse(response, 400, 'BadDigest');
    const metadata = Object.entries(headers)
      .filter(([header]) => header.startsWith('x-amz-meta-'))
      .map(([header, value]) => [header, String(value)]);
    if (this.mood !== 'forgetful')
      this.objects.set(name, {
        bytes,
        contentType: headers['content-type'] ?? 'application/octet-stream',
        metadata: Object.fromEntries(metadata) as Record<string, string>,
      });
    response.writeHead(200, { ETag: `"${createHash('md5').update(bytes).digest('hex')}"` }).end();
  }

  /** One name a page, so that whoever lists has to turn it. */
  private list(query: URLSearchParams, response: ServerResponse): void {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? ''];
    const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names.slice(0, 1);
    const next =
      names.length > page.length ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
    const contents = page.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
    response
      .writeHead(200, { 'Content-Type': 'application/xml' })
      .end(
        `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${String(next !== '')}</IsTruncated>` +
          `${contents}${next}</ListBucketResult>`,
      );
  }

  private get(name: string, range: string | undefined, response: ServerResponse): void {
    const found = this.objects.get(name);
    if (!found) return refuse(response, 404, 'NoSuchKey');
    const { contentType, metadata } = found;
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    const bytes = start === undefined ? found.bytes : found.bytes.subarray(Number(start), Number(end) + 1);
    response.writeHead(start === undefined ? 200 : 206, {
      'Content-Type': contentType,
      'Content-Length': bytes.length,
      ...metadata,
    });
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    if (this.mood === 'stalling') response.write(half);
    else if (this.mood === 'truncating') response.write(half, () => response.destroy());
    else response.end(this.mood === 'lying' ? Buffer.alloc(bytes.length, 'x') : bytes);
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'Content-Type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** What is wrong with the signature of a request, or null. */
function faultOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): string | null {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!match) return 'AccessDenied';
  const [, credential = '', signed = '', signature = ''] = match;
  const at = String(headers['x-amz-date']);
  const scope = `${at.slice(0, 8)}/${REGION}/s3/aws4_request`;
  if (credential !== `${KEY_ID}/${scope}`) return 'InvalidAccessKeyId';
  const digest = String(headers['x-amz-content-sha256']);
  if (digest !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-content-sha256')) return 'AccessDenied';
  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    digest,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${SECRET}`);
  return hmac(key, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}
