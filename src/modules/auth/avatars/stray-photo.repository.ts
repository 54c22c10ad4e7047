import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const ADD: Statement = {
  name: 'stray_photo_add',
  text: 'INSERT INTO stray_photos (name, since) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
};
const HAS: Statement = { name: 'stray_photo_has', text: 'SELECT 1 FROM stray_photos WHERE name = $1' };
const ADOPT: Statement = {
  name: 'stray_photo_adopt',
  text: 'DELETE FROM stray_photos WHERE name = $1 AND since > $2',
};
const FORGET: Statement = { name: 'stray_photo_forget', text: 'DELETE FROM stray_photos WHERE name = $1' };
const FIND: Statement = {
  name: 'stray_photo_find',
  text: 'SELECT name FROM stray_photos WHERE since <= $1 ORDER BY since, name LIMIT $2 OFFSET $3',
};
const OLDEST: Statement = { name: 'stray_photo_oldest', text: 'SELECT min(since) AS at FROM stray_photos' };

/** Names in the store of pictures that nobody shows: not yet, or no more. */
@Injectable()
export class StrayPhotoRepository {
  constructor(private readonly database: Database) {}

  async add(name: string, since: Date): Promise<void> {
    await this.database.execute(ADD, [name, since]);
  }

  async has(name: string): Promise<boolean> {
    return (await this.database.query(HAS, [name])).length > 0;
  }

  /** Somebody shows it from now on. False when it is older than that, and may be gone already. */
  async adopt(name: string, strayedAfter: Date): Promise<boolean> {
    return (await this.database.execute(ADOPT, [name, strayedAfter])) === 1;
  }

  async forget(name: string): Promise<void> {
    await this.database.execute(FORGET, [name]);
  }

  /** Oldest first. */
  async findUntil(since: Date, limit: number, offset: number): Promise<string[]> {
    return this.database.values<string>(FIND, [since, limit, offset]);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }
}
