import { Injectable } from '@nestjs/common';
import { violates } from 'src/common/transaction/sql-state';
import { Database, type Statement } from 'src/common/transaction/database';
import type { SocialPlatform } from 'src/modules/social/entities/social-platform.entity';
import { PlatformExists } from 'src/modules/social/social.errors';

const COLUMNS = 'p.id, p.slug, p.label, p.icon_url AS "iconUrl", p.active, p.position';

const ALL: Statement = {
  name: 'social_platform_all',
  text: `SELECT ${COLUMNS} FROM social_platforms p WHERE p.active OR NOT $1 ORDER BY p.position, p.slug`,
};
/** Waits for somebody who is about to remove it. */
const HOLD_ACTIVE: Statement = {
  name: 'social_platform_hold_active',
  text: 'SELECT FROM social_platforms WHERE slug = $1 AND active FOR KEY SHARE',
};
const LOCK: Statement = {
  name: 'social_platform_lock',
  text: `SELECT ${COLUMNS} FROM social_platforms p WHERE p.id = $1 FOR UPDATE`,
};
const INSERT: Statement = {
  name: 'social_platform_insert',
  text: `INSERT INTO social_platforms AS p (slug, label, icon_url, active, position)
         VALUES ($1, $2, $3, $4, coalesce($5, (SELECT coalesce(max(position), 0) + 1 FROM social_platforms)))
         RETURNING ${COLUMNS}`,
};
const UPDATE: Statement = {
  name: 'social_platform_update',
  text: `UPDATE social_platforms SET label = $2, icon_url = $3, active = $4, position = $5 WHERE id = $1`,
};
const IS_USED: Statement = {
  name: 'social_platform_is_used',
  text: 'SELECT FROM social_links WHERE platform = $1 LIMIT 1',
};
const REMOVE: Statement = { name: 'social_platform_remove', text: 'DELETE FROM social_platforms WHERE id = $1' };

/** What an admin writes of a platform. */
export type PlatformWrite = Pick<SocialPlatform, 'slug' | 'label' | 'iconUrl' | 'active'> & {
  /** Null: the last place. */
  position: number | null;
};

@Injectable()
export class PlatformRepository {
  constructor(private readonly database: Database) {}

  /** By position. */
  async all({ activeOnly }: { activeOnly: boolean }): Promise<SocialPlatform[]> {
    return this.database.query<SocialPlatform>(ALL, [activeOnly]);
  }

  /** Whether there is an active one of that slug; it is not removed until the transaction ends. */
  async holdActive(slug: string): Promise<boolean> {
    return (await this.database.query(HOLD_ACTIVE, [slug])).length > 0;
  }

  /** Nobody changes it or links to it until the transaction ends. */
  async lock(id: string): Promise<SocialPlatform | null> {
    return this.database.first<SocialPlatform>(LOCK, [id]);
  }

  /** @throws PlatformExists */
  async insert({ slug, label, iconUrl, active, position }: PlatformWrite): Promise<SocialPlatform> {
    try {
      const [row] = await this.database.query<SocialPlatform>(INSERT, [slug, label, iconUrl, active, position]);
      if (!row) throw new Error('an insert answers its row');
      return row;
    } catch (error) {
      if (violates(error, 'social_platforms_slug')) throw new PlatformExists({ cause: error });
      throw error;
    }
  }

  async update({ id, label, iconUrl, active, position }: SocialPlatform): Promise<void> {
    await this.database.execute(UPDATE, [id, label, iconUrl, active, position]);
  }

  async isUsed(slug: string): Promise<boolean> {
    return (await this.database.query(IS_USED, [slug])).length > 0;
  }

  async remove(id: string): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }
}
