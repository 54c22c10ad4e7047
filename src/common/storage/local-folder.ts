import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ServiceUnavailable } from 'src/common/errors/domain.error';

/** Files of one folder, for several processes the same folder. */
export class LocalFolder {
  private readonly logger = new Logger(LocalFolder.name);

  constructor(private readonly path: string) {}

  /** @throws ServiceUnavailable */
  async put(name: string, bytes: Buffer): Promise<void> {
    // Written beside its place and then moved there: a reader finds the whole file or none, and so does a restart.
    const draft = join(this.path, `.${randomUUID()}`);
    await this.reach(async () => {
      await mkdir(this.path, { recursive: true });
      try {
        await writeFile(draft, bytes, { flag: 'wx', mode: 0o600, flush: true });
        await rename(draft, join(this.path, name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    });
  }

  /** Null where there is no such file. @throws ServiceUnavailable */
  async read<T>(name: string, work: (path: string) => Promise<T>): Promise<T | null> {
    return this.reach(async () => {
      try {
        return await work(join(this.path, name));
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return null;
        throw error;
      }
    });
  }

  /** All of them, in their order. @throws ServiceUnavailable */
  async names(): Promise<string[]> {
    return this.reach(async () => {
      await mkdir(this.path, { recursive: true });
      const names = await readdir(this.path);
      // What is being written begins with a dot.
      return names.filter((name) => !name.startsWith('.')).sort();
    });
  }

  /** @throws ServiceUnavailable */
  async remove(name: string): Promise<void> {
    await this.reach(() => rm(join(this.path, name), { force: true }));
  }

  /** A full disk or a folder that cannot be written is the operator's matter; the caller may come again. */
  private async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.logger.error({ err: error }, 'the folder of files is not available');
      throw new ServiceUnavailable({ cause: error });
    }
  }
}
