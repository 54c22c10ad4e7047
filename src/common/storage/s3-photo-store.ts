import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import type { S3Settings } from 'src/config/app-config';
import { MAX_STORED_BYTES, PhotoStore, STORE_PATIENCE_MS } from './storage';

type Library = typeof import('@aws-sdk/client-s3');

const CONNECT_MS = 1_000;
const SILENCE_MS = 2_000;
const ATTEMPTS = 2;

interface Session {
  library: Library;
  client: S3Client;
}

interface ServiceFault {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** Pictures as objects of a bucket, of Amazon or of anybody who speaks its protocol. */
export class S3PhotoStore extends PhotoStore implements OnApplicationShutdown {
  private readonly logger = new Logger(S3PhotoStore.name);
  private opened: Promise<Session> | null = null;

  constructor(private readonly settings: S3Settings) {
    super();
  }

  async put(name: string, bytes: Buffer, contentType: string): Promise<void> {
    await this.reach(async ({ client, library }, abortSignal) => {
      const command = new library.PutObjectCommand({
        Bucket: this.settings.bucket,
        Key: name,
        Body: bytes,
        ContentType: contentType,
        ContentMD5: createHash('md5').update(bytes).digest('base64'),
        Metadata: { sha256: sha256(bytes) },
      });
      await client.send(command, { abortSignal });
    });
  }

  async get(name: string): Promise<Buffer | null> {
    return this.reach(async ({ client, library }, abortSignal) => {
      try {
        const command = new library.GetObjectCommand({ Bucket: this.settings.bucket, Key: name });
        const { Body, Metadata } = await client.send(command, { abortSignal });
        return await whole(Body as Readable, Metadata?.['sha256'], abortSignal);
      } catch (error) {
        if ((error as ServiceFault).name === 'NoSuchKey') return null;
        throw error;
      }
    });
  }

  async remove(name: string): Promise<void> {
    await this.reach(async ({ client, library }, abortSignal) => {
      await client.send(new library.DeleteObjectCommand({ Bucket: this.settings.bucket, Key: name }), { abortSignal });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const session = await this.opened?.catch(() => null);
    session?.client.destroy();
  }

  private async reach<T>(work: (session: Session, abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      this.opened ??= this.open().catch((error: unknown) => {
        // The next one may have more luck.
        this.opened = null;
        throw error;
      });
      return await work(await this.opened, AbortSignal.timeout(STORE_PATIENCE_MS));
    } catch (error) {
      const { name, message, $metadata } = error as ServiceFault;
      // The library's error holds the whole exchange, signature and all.
      this.logger.error({ fault: name, message, status: $metadata?.httpStatusCode }, 'the store of pictures failed');
      throw new ServiceUnavailable({ cause: error });
    }
  }

  /** The library weighs 20 MB of memory, which a process without pictures need not carry. */
  private async open(): Promise<Session> {
    const library = await import('@aws-sdk/client-s3');
    const { endpoint, region, accessKeyId, secretAccessKey, pathStyle } = this.settings;
    const client = new library.S3Client({
      ...(endpoint !== null && { endpoint }),
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: pathStyle,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS, throwOnRequestTimeout: true },
      // Beyond Amazon not every store knows the newer checksums; Content-MD5 is known to all of them.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ignoreConfiguredEndpointUrls: true,
    });
    return { library, client };
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The body, if it is what was put there: it will be kept for a year by everybody who asks. An object that somebody
 * copied into the bucket by hand has no digest to compare with.
 */
async function whole(body: Readable, digest: string | undefined, abortSignal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of addAbortSignal(abortSignal, body) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_STORED_BYTES) throw new Error('the object is larger than any picture of ours');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (digest !== undefined && sha256(bytes) !== digest) throw new Error('the object is not what was put there');
  return bytes;
}
