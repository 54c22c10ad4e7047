import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { S3Settings } from 'src/config/app-config';
import { S3Bucket } from './s3-bucket';
import { MAX_STORED_BYTES, PhotoStore, STORE_PATIENCE_MS } from './storage';

/** Pictures as objects of a bucket. */
export class S3PhotoStore extends PhotoStore implements OnApplicationShutdown {
  private readonly bucket: S3Bucket;

  constructor(settings: S3Settings) {
    super();
    this.bucket = new S3Bucket(settings);
  }

  async put(name: string, bytes: Buffer, contentType: string): Promise<void> {
    const metadata = { sha256: sha256(bytes) };
    await this.bucket.put(name, bytes, { contentType, metadata, patienceMs: STORE_PATIENCE_MS });
  }

  async get(name: string): Promise<Buffer | null> {
    return this.bucket.find(STORE_PATIENCE_MS, async ({ client, library }, abortSignal) => {
      const command = new library.GetObjectCommand({ Bucket: this.bucket.name, Key: name });
      const { Body, Metadata } = await client.send(command, { abortSignal });
      return whole(Body as Readable, Metadata?.['sha256'], abortSignal);
    });
  }

  async remove(name: string): Promise<void> {
    await this.bucket.remove(name, STORE_PATIENCE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bucket.close();
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
