import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import { Database, type Statement } from 'src/common/transaction/database';
import type { SocialLink } from 'src/modules/social/entities/social-link.entity';

const COLUMNS = `
  l.id, l.user_id AS "userId", l.platform, l.label, l.url, l.visibility, l.position, l.created_at AS "createdAt",
  l.updated_at AS "updatedAt"`;
const ORDER = 'l.position, l.created_at, l.id';
/** Whoever is not the owner sees no link to a platform that is switched off. */
const SHOWN = '(l.platform IS NULL OR EXISTS (SELECT FROM social_platforms p WHERE p.slug = l.platform AND p.active))';

const OWN: Statement = {
  name: 'social_link_own',
  text: `SELECT ${COLUMNS} FROM social_links l WHERE l.user_id = $1 ORDER BY ${ORDER}`,
};
const SHOWN_OF: Statement = {
  name: 'social_link_shown',
  text: `SELECT ${COLUMNS} FROM social_links l
         WHERE l.user_id = $1 AND (l.visibility = 'public' OR $2) AND ${SHOWN} ORDER BY ${ORDER}`,
};
const FIRST_PUBLIC: Statement = {
  name: 'social_link_first_public',
  text: `SELECT l.* FROM unnest($1::uuid[]) AS person (id) CROSS JOIN LATERAL (
           SELECT ${COLUMNS} FROM social_links l
           WHERE l.user_id = person.id AND l.visibility = 'public' AND ${SHOWN} ORDER BY ${ORDER} LIMIT $2) AS l`,
};
const FIND: Statement = {
  name: 'social_link_find',
  text: `SELECT ${COLUMNS} FROM social_links l WHERE l.user_id = $1 AND l.id = $2 FOR NO KEY UPDATE`,
};
/** Waits for who is removing it, and does not find it then. */
const FIND_OF_PLATFORM: Statement = {
  name: 'social_link_of_platform',
  text: `SELECT ${COLUMNS} FROM social_links l WHERE l.user_id = $1 AND l.platform = $2 FOR NO KEY UPDATE`,
};
const COUNT: Statement = {
  name: 'social_link_count',
  text: 'SELECT count(*)::int AS count FROM social_links WHERE user_id = $1',
};
const INSERT: Statement = {
  name: 'social_link_insert',
  text: `INSERT INTO social_links AS l (user_id, platform, label, url, visibility, position, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING ${COLUMNS}`,
};
const UPDATE: Statement = {
  name: 'social_link_update',
  text: `UPDATE social_links AS l SET label = $2, url = $3, visibility = $4, position = $5, updated_at = $6
         WHERE l.id = $1 RETURNING ${COLUMNS}`,
};
const REMOVE: Statement = {
  name: 'social_link_remove',
  text: 'DELETE FROM social_links WHERE user_id = $1 AND id = $2',
};
const REMOVE_ALL: Statement = {
  name: 'social_link_remove_all',
  text: 'DELETE FROM social_links WHERE user_id = $1',
};

/** What an owner writes of a link. */
export type LinkWrite = Pick<SocialLink, 'label' | 'url' | 'visibility' | 'position'>;

/** Lists are by position, then as they were made. */
@Injectable()
export class LinkRepository {
  constructor(private readonly database: Database) {}

  async findByOwner(userId: string): Promise<SocialLink[]> {
    return this.database.query<SocialLink>(OWN, [userId]);
  }

  async findShown(userId: string, { toCoach }: { toCoach: boolean }): Promise<SocialLink[]> {
    return this.database.query<SocialLink>(SHOWN_OF, [userId, toCoach]);
  }

  /** The first public ones of each; who has none is left out. */
  async findFirstPublic(userIds: readonly string[], limit: number): Promise<Map<string, SocialLink[]>> {
    if (userIds.length === 0) return new Map();
    const links = await this.database.query<SocialLink>(FIRST_PUBLIC, [userIds, limit]);
    return grouped(links.map((link) => [link.userId, link]));
  }

  /** Held until the end of the transaction. */
  async findOwned(userId: string, id: string): Promise<SocialLink | null> {
    return this.database.first<SocialLink>(FIND, [userId, id]);
  }

  /** Held until the end of the transaction. */
  async findOfPlatform(userId: string, platform: string): Promise<SocialLink | null> {
    return this.database.first<SocialLink>(FIND_OF_PLATFORM, [userId, platform]);
  }

  async count(userId: string): Promise<number> {
    return (await this.database.value<number>(COUNT, [userId])) ?? 0;
  }

  async insert(userId: string, platform: string | null, write: LinkWrite, now: Date): Promise<SocialLink> {
    const { label, url, visibility, position } = write;
    const values = [userId, platform, label, url, visibility, position, now];
    const [row] = await this.database.query<SocialLink>(INSERT, values);
    if (!row) throw new Error('an insert answers its row');
    return row;
  }

  async update(id: string, { label, url, visibility, position }: LinkWrite, now: Date): Promise<SocialLink | null> {
    return this.database.first<SocialLink>(UPDATE, [id, label, url, visibility, position, now]);
  }

  async remove(userId: string, id: string): Promise<boolean> {
    return (await this.database.execute(REMOVE, [userId, id])) > 0;
  }

  async removeAll(userId: string): Promise<void> {
    await this.database.execute(REMOVE_ALL, [userId]);
  }
}
