import { readFile } from 'node:fs/promises';
import { LocalFolder } from './local-folder';
import { ReceiptStore } from './storage';

/** Receipts as files of one folder, which is kept apart from the backups of the database. */
export class LocalReceiptStore extends ReceiptStore {
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

  async *names(): AsyncGenerator<string> {
    yield* await this.folder.names();
  }
}
