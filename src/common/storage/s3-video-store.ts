import type { Readable } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ByteRange } from 'src/common/http/byte-range.rules';
import type { S3Settings } from 'src/config/app-config';
import { S3Bucket } from './s3-bucket';
import { STORE_PATIENCE_MS, VIDEO_PATIENCE_MS, VideoStore } from './storage';

/** Videos as objects of a bucket, the same that pictures lie in. */
export class S3VideoStore extends VideoStore implements OnApplicationShutdown {
  private readonly bucket: S3Bucket;

  constructor(settings: S3Settings) {
    super();
    this.bucket = new S3Bucket(settings);
  }

  async put(name: string, bytes: Buffer, contentType: string): Promise<void> {
    await this.bucket.put(name, bytes, { contentType, patienceMs: VIDEO_PATIENCE_MS });
  }

  async open(name: string, { start, end }: ByteRange): Promise<Readable | null> {
    return this.bucket.find(STORE_PATIENCE_MS, async ({ client, library }) => {
      const Range = `bytes=${start}-${end}`;
      const command = new library.GetObjectCommand({ Bucket: this.bucket.name, Key: name, Range });
      // Who watches may be slow: only the beginning of the answer is waited for with a limit, which the client has.
      const { Body } = await client.send(command);
      return Body as Readable;
    });
  }

  async remove(name: string): Promise<void> {
    await this.bucket.remove(name, STORE_PATIENCE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bucket.close();
  }
}
