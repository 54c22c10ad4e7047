import type { OnApplicationShutdown } from '@nestjs/common';
import type { S3Settings } from 'src/config/app-config';
import { S3Bucket } from './s3-bucket';
import { ReceiptStore, STORE_PATIENCE_MS } from './storage';

/** Beside the pictures of the same bucket. */
const PREFIX = 'erasures/';

/** Receipts as objects of a bucket. */
export class S3ReceiptStore extends ReceiptStore implements OnApplicationShutdown {
  private readonly bucket: S3Bucket;

  constructor(settings: S3Settings) {
    super();
    this.bucket = new S3Bucket(settings);
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    await this.bucket.put(`${PREFIX}${name}`, bytes, {
      contentType: 'application/json',
      patienceMs: STORE_PATIENCE_MS,
    });
  }

  async get(name: string): Promise<Buffer | null> {
    return this.bucket.find(STORE_PATIENCE_MS, async ({ client, library }, abortSignal) => {
      const command = new library.GetObjectCommand({ Bucket: this.bucket.name, Key: `${PREFIX}${name}` });
      const { Body } = await client.send(command, { abortSignal });
      return Body ? Buffer.from(await Body.transformToByteArray()) : null;
    });
  }

  async *names(): AsyncGenerator<string> {
    let after: string | undefined;
    do {
      const page = await this.page(after);
      yield* page.names;
      after = page.next;
    } while (after !== undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bucket.close();
  }

  private async page(after: string | undefined): Promise<{ names: string[]; next: string | undefined }> {
    return this.bucket.reach(STORE_PATIENCE_MS, async ({ client, library }, abortSignal) => {
      const command = new library.ListObjectsV2Command({
        Bucket: this.bucket.name,
        Prefix: PREFIX,
        ...(after !== undefined && { ContinuationToken: after }),
      });
      const { Contents, NextContinuationToken } = await client.send(command, { abortSignal });
      const names = (Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(PREFIX.length)]));
      return { names, next: NextContinuationToken };
    });
  }
}
