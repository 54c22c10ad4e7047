import { readFile } from 'node:fs/promises';
import { LocalFolder } from './local-folder';
import { PhotoStore } from './storage';

/** Pictures as files of one folder. Several processes need the same folder, or a store that they share. */
export class LocalPhotoStore extends PhotoStore {
  private readonly folder: LocalFolder;

  constructor(path: string) {
    super();
    this.folder = new LocalFolder(path);
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    await this.folder.put(name, bytes);
  }

  async get(name: string): Promise<Buffer | null> {
    return this.folder.read(name, (path) => readFile(path));
  }

  async remove(name: string): Promise<void> {
    await this.folder.remove(name);
  }
}
