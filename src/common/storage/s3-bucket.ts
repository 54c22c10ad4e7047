import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { Logger } from '@nestjs/common';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import type { S3Settings } from 'src/config/app-config';

type Library = typeof import('@aws-sdk/client-s3');
type Work<T> = (session: Session, abortSignal: AbortSignal) => Promise<T>;

const CONNECT_MS = 1_000;
const SILENCE_MS = 2_000;
const ATTEMPTS = 2;

interface Session {
  library: Library;
  client: S3Client;
}

interface Putting {
  contentType: string;
  metadata?: Record<string, string>;
  patienceMs: number;
}

interface ServiceFault {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/**
 * A bucket, of Amazon or of anybody who speaks its protocol. Each store has one of its own, so that those who watch
 * videos slowly take no connection from pictures.
 */
export class S3Bucket {
  private readonly logger = new Logger(S3Bucket.name);
  private opened: Promise<Session> | null = null;

  constructor(private readonly settings: S3Settings) {}

  get name(): string {
    return this.settings.bucket;
  }

  /**
   * @param patienceMs for all of it, every attempt together. Real time: it bounds the wait of a caller.
   * @throws ServiceUnavailable
   */
  async reach<T>(patienceMs: number, work: Work<T>): Promise<T> {
    try {
      this.opened ??= this.open().catch((error: unknown) => {
        // The next one may have more luck.
        this.opened = null;
        throw error;
      });
      return await work(await this.opened, AbortSignal.timeout(patienceMs));
    } catch (error) {
      const { name, message, $metadata } = error as ServiceFault;
      // The library's error holds the whole exchange, signature and all.
      this.logger.error({ fault: name, message, status: $metadata?.httpStatusCode }, 'the store of files failed');
      throw new ServiceUnavailable({ cause: error });
    }
  }

  /** The same for what reads one object: null where there is none. @throws ServiceUnavailable */
  async find<T>(patienceMs: number, work: Work<T>): Promise<T | null> {
    return this.reach(patienceMs, async (session, abortSignal) => {
      try {
        return await work(session, abortSignal);
      } catch (error) {
        if ((error as ServiceFault).name === 'NoSuchKey') return null;
        throw error;
      }
    });
  }

  /** All of it or nothing. @throws ServiceUnavailable */
  async put(name: string, bytes: Buffer, { contentType, metadata, patienceMs }: Putting): Promise<void> {
    await this.reach(patienceMs, async ({ client, library }, abortSignal) => {
      const command = new library.PutObjectCommand({
        Bucket: this.name,
        Key: name,
        Body: bytes,
        ContentType: contentType,
        ContentMD5: createHash('md5').update(bytes).digest('base64'),
        Metadata: metadata,
      });
      await client.send(command, { abortSignal });
    });
  }

  async remove(name: string, patienceMs: number): Promise<void> {
    await this.reach(patienceMs, async ({ client, library }, abortSignal) => {
      await client.send(new library.DeleteObjectCommand({ Bucket: this.name, Key: name }), { abortSignal });
    });
  }

  async close(): Promise<void> {
    const session = await this.opened?.catch(() => null);
    session?.client.destroy();
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
