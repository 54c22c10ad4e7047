import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { PhotoStore } from './storage';

/** Pictures as files of one folder. Several processes need the same folder, or a store that they share. */
export class LocalPhotoStore extends PhotoStore {
  private readonly logger = new Logger(LocalPhotoStore.name);

  constructor(private readonly folder: string) {
    super();
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    // Written beside its place and then moved there: a reader finds the whole picture or none, and so does a restart.
    const draft = join(this.folder, `.${randomUUID()}`);
    await this.reach(async () => {
      await mkdir(this.folder, { recursive: true });
      try {
        await writeFile(draft, bytes, { flag: 'wx', mode: 0o600, flush: true });
        await rename(draft, join(this.folder, name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    });
  }

  async get(name: string): Promise<Buffer | null> {
    return this.reach(async () => {
      try {
        return await readFile(join(this.folder, name));
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return null;
        throw error;
      }
    });
  }

  async remove(name: string): Promise<void> {
    await this.reach(() => rm(join(this.folder, name), { force: true }));
  }

  /** A full disk or a folder that cannot be written is the operator's matter; the caller may come again. */
  private async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.logger.error({ err: error }, 'the folder of pictures is not available');
      throw new ServiceUnavailable({ cause: error });
    }
  }
}
