import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import { Database, type Statement } from 'src/common/transaction/database';
import { VIEW_COLUMNS } from './gym.repository';
import { GYM_PARTS, type GymPart, type GymView, MOST_GYMS } from './gym.types';

interface PartStatements {
  lock: Statement;
  find: Statement;
  count: Statement;
  has: Statement;
  add: Statement;
  remove: Statement;
  removeOthers: Statement;
}

/** Two tables of one shape. */
function statementsOf(part: GymPart): PartStatements {
  const [links, person, locked, key] =
    part === 'coach'
      ? ['coach_gyms', 'coach_id', 'coach_profiles', 'user_id']
      : ['client_gyms', 'client_id', 'users', 'id'];
  const statement = (act: string, text: string): Statement => ({ name: `${links}_${act}`, text });
  return {
    lock: statement('lock', `SELECT FROM ${locked} WHERE ${key} = $1 FOR NO KEY UPDATE`),
    find: statement(
      'find',
      `SELECT link.${person} AS "personId", ${VIEW_COLUMNS}
       FROM ${links} AS link JOIN gyms AS gym ON gym.id = link.gym_id
       LEFT JOIN gym_chains AS chain ON chain.id = gym.chain_id
       WHERE link.${person} = ANY ($1::uuid[]) AND gym.validated
       ORDER BY link.created_at DESC, link.place DESC`,
    ),
    count: statement(
      'count',
      `SELECT count(*)::int AS count FROM ${links} AS link JOIN gyms AS gym ON gym.id = link.gym_id
       WHERE link.${person} = $1 AND gym.validated`,
    ),
    has: statement('has', `SELECT FROM ${links} WHERE ${person} = $1 AND gym_id = $2`),
    // In the order given, into the lowest free places, as far as there are any.
    add: statement(
      'add',
      `INSERT INTO ${links} (${person}, gym_id, place, created_at)
       SELECT $1, wanted.gym_id, free.place, $3
       FROM (SELECT gym_id, row_number() OVER (ORDER BY position) AS turn
             FROM unnest($2::uuid[]) WITH ORDINALITY AS given (gym_id, position)
             WHERE gym_id NOT IN (SELECT gym_id FROM ${links} WHERE ${person} = $1)) AS wanted
       JOIN (SELECT place, row_number() OVER (ORDER BY place) AS turn
             FROM generate_series(1, ${MOST_GYMS[part]}) AS place
             WHERE place NOT IN (SELECT place FROM ${links} WHERE ${person} = $1)) AS free USING (turn)`,
    ),
    remove: statement('remove', `DELETE FROM ${links} WHERE ${person} = $1 AND gym_id = $2`),
    removeOthers: statement(
      'remove_others',
      `DELETE FROM ${links} WHERE ${person} = $1 AND NOT gym_id = ANY ($2::uuid[])`,
    ),
  };
}

const STATEMENTS = Object.fromEntries(GYM_PARTS.map((part) => [part, statementsOf(part)])) as Record<
  GymPart,
  PartStatements
>;
const FAVORITES: Statement = {
  name: 'client_gyms_among',
  text: 'SELECT gym_id AS id FROM client_gyms WHERE client_id = $1 AND gym_id = ANY ($2::uuid[])',
};

/** Who has which clubs, in which part. */
@Injectable()
export class PersonGymRepository {
  constructor(private readonly database: Database) {}

  /** Until the end of the transaction, so that those who add clubs of one person follow one another. */
  async lock(userId: string, as: GymPart): Promise<void> {
    await this.database.query(STATEMENTS[as].lock, [userId]);
  }

  /** Newest first; who has none is left out. */
  async findByPeople(userIds: readonly string[], as: GymPart): Promise<Map<string, GymView[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.database.query<GymView & { personId: string }>(STATEMENTS[as].find, [userIds]);
    return grouped(rows.map(({ personId, ...gym }) => [personId, gym]));
  }

  async count(userId: string, as: GymPart): Promise<number> {
    return (await this.database.value<number>(STATEMENTS[as].count, [userId])) ?? 0;
  }

  async has(userId: string, as: GymPart, gymId: string): Promise<boolean> {
    return (await this.database.query(STATEMENTS[as].has, [userId, gymId])).length > 0;
  }

  /** Adds those that are not there yet, as far as there are places, and answers how many. */
  async add(userId: string, as: GymPart, gymIds: readonly string[], now: Date): Promise<number> {
    return this.database.execute(STATEMENTS[as].add, [userId, gymIds, now]);
  }

  async remove(userId: string, as: GymPart, gymId: string): Promise<boolean> {
    return (await this.database.execute(STATEMENTS[as].remove, [userId, gymId])) > 0;
  }

  async removeOthers(userId: string, as: GymPart, gymIds: readonly string[]): Promise<void> {
    await this.database.execute(STATEMENTS[as].removeOthers, [userId, gymIds]);
  }

  async favoritesAmong(userId: string, gymIds: readonly string[]): Promise<Set<string>> {
    if (gymIds.length === 0) return new Set();
    return new Set(await this.database.values<string>(FAVORITES, [userId, gymIds]));
  }
}
