import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { GymChain } from './entities/gym-chain.entity';
import type { GymListQuery } from './gym.dto';
import { GymNotFound, TooManyGyms } from './gym.errors';
import { GymRepository } from './gym.repository';
import { type GymPart, type GymView, type MarkedGym, MOST_GYMS } from './gym.types';
import { PersonGymRepository } from './person-gym.repository';

export type { GymPart, GymView, MarkedGym } from './gym.types';

/**
 * The directory of clubs, and who has which (rules §19). Only validated clubs are ever shown; `coachId` and `userId`
 * are users.id.
 */
@Injectable()
export class GymService {
  constructor(
    private readonly gyms: GymRepository,
    private readonly held: PersonGymRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * By city and name, whatever their case and accents.
   *
   * @param me undefined for somebody unknown
   */
  async page(me: Principal | undefined, query: GymListQuery): Promise<Rows<MarkedGym>> {
    const { rows, total } = await this.gyms.page(query, query);
    return { rows: await this.marked(me, rows), total };
  }

  /** @throws GymNotFound */
  async find(me: Principal | undefined, id: string): Promise<MarkedGym> {
    const [gym] = await this.marked(me, [await this.get(id)]);
    return orThrow(gym, GymNotFound);
  }

  /** The same clubs, with the caller’s favourites marked. */
  async marked(me: Principal | undefined, gyms: readonly GymView[]): Promise<MarkedGym[]> {
    const ids = gyms.map(({ id }) => id);
    const favorites = me ? await this.held.favoritesAmong(me.userId, ids) : new Set<string>();
    return gyms.map((gym) => ({ gym, isFavorite: favorites.has(gym.id) }));
  }

  /** The active chains, by name; with a country: those at home there, or anywhere. */
  async chains(country: string | null): Promise<GymChain[]> {
    return this.gyms.findChains(country);
  }

  /** The validated ones among them, by city and name. */
  async findMany(ids: readonly string[]): Promise<GymView[]> {
    return this.gyms.findViews(ids);
  }

  /** Name to id, for the names that one validated club alone has. */
  async idsByUniqueName(names: readonly string[]): Promise<Map<string, string>> {
    return this.gyms.findUniqueNames(names);
  }

  /** @throws GymNotFound when one of them is unknown or not validated */
  async assertAll(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    if ((await this.gyms.countValidated([...wanted])) < wanted.size) throw new GymNotFound();
  }

  /** @throws GymNotFound */
  async get(id: string): Promise<GymView> {
    const [gym] = await this.gyms.findViews([id]);
    return orThrow(gym, GymNotFound);
  }

  /** Newest first: where he works as a coach, what he likes as a client. */
  async ofPerson(userId: string, as: GymPart): Promise<GymView[]> {
    return (await this.ofPeople([userId], as)).get(userId) ?? [];
  }

  /** The same for many in one query; who has none is left out. */
  async ofPeople(userIds: readonly string[], as: GymPart): Promise<Map<string, GymView[]>> {
    return this.held.findByPeople(userIds, as);
  }

  async countOf(userId: string, as: GymPart): Promise<number> {
    return this.held.count(userId, as);
  }

  /**
   * Gives a person exactly these clubs; a coach needs a profile. Takes the lock of the person: of the coach’s profile,
   * which is the first lock of all, or of the account.
   *
   * @throws GymNotFound when one is unknown or not validated, TooManyGyms
   */
  @Transactional()
  async replace(userId: string, as: GymPart, gymIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(gymIds)];
    await this.assertAll(wanted);
    if (wanted.length > MOST_GYMS[as]) throw new TooManyGyms();
    await this.held.lock(userId, as);
    await this.held.removeOthers(userId, as, wanted);
    await this.held.add(userId, as, wanted, this.clock.now());
  }

  /**
   * Adds a club under the same lock, and answers whether it is new.
   *
   * @throws GymNotFound, TooManyGyms
   */
  @Transactional()
  async add(userId: string, as: GymPart, gymId: string): Promise<boolean> {
    await this.assertAll([gymId]);
    await this.held.lock(userId, as);
    if (await this.held.has(userId, as, gymId)) return false;
    if ((await this.held.add(userId, as, [gymId], this.clock.now())) === 0) throw new TooManyGyms();
    return true;
  }

  /** @throws GymNotFound when the person does not have it */
  @Transactional()
  async remove(userId: string, as: GymPart, gymId: string): Promise<void> {
    await this.held.lock(userId, as);
    if (!(await this.held.remove(userId, as, gymId))) throw new GymNotFound();
  }
}
