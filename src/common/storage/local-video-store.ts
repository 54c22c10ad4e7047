import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ByteRange } from 'src/common/http/byte-range.rules';
import { LocalFolder } from './local-folder';
import { VideoStore } from './storage';

/** Videos as files of one folder. Several processes need the same folder, or a store that they share. */
export class LocalVideoStore extends VideoStore {
  private readonly folder: LocalFolder;

  constructor(path: string) {
    super();
    this.folder = new LocalFolder(path);
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    await this.folder.put(name, bytes);
  }

  async open(name: string, { start, end }: ByteRange): Promise<Readable | null> {
    return this.folder.read(name, async (path) => (await open(path)).createReadStream({ start, end }));
  }

  async remove(name: string): Promise<void> {
    await this.folder.remove(name);
  }
}
