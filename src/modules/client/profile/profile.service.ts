import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDate } from 'src/common/clock/local-days';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import type { WeightUnit } from 'src/common/i18n/weight-texts';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { UserService } from 'src/modules/auth/user.service';
import { GymService } from 'src/modules/gym/gym.service';
import { type ClientProfileDto, settingsIn } from './profile.dto';
import { ClientProfileNotFound } from './profile.errors';
import { ClientProfileRepository } from './profile.repository';
import { newProfile, weightUnitOf as weightUnitIn } from './profile.rules';
import { type ClientProfileView, ClientProfileViewService } from './profile-view.service';

export type { ClientProfileView } from './profile-view.service';

/** What a client tells of himself (contract §4.9). */
@Injectable()
export class ClientProfileService {
  constructor(
    private readonly profiles: ClientProfileRepository,
    private readonly views: ClientProfileViewService,
    private readonly users: UserService,
    private readonly gyms: GymService,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /** Null for who has none. Whether the asker may see it is the caller's to know. */
  async find(userId: string): Promise<ClientProfileView | null> {
    return this.views.find(userId);
  }

  /** What somebody reads weights in: as his profile says, else as they do in his country. */
  async weightUnitOf(userId: string): Promise<WeightUnit> {
    const profile = await this.profiles.findByUserId(userId);
    return profile?.weightUnit ?? weightUnitIn((await this.users.findContact(userId))?.country ?? '');
  }

  /** Null where nobody told it. */
  async heightCmOf(userId: string): Promise<number | null> {
    return (await this.profiles.findByUserId(userId))?.heightCm ?? null;
  }

  /** @throws ClientProfileNotFound */
  async get(me: Principal): Promise<ClientProfileView> {
    return orThrow(await this.views.find(me.userId), ClientProfileNotFound);
  }

  /** @throws ClientProfileExists, GymNotFound, ValidationFailed for a date of birth that is not past */
  @Transactional()
  async create(me: Principal, dto: ClientProfileDto): Promise<ClientProfileView> {
    this.refuseUnborn(me, dto);
    const home = orThrow(await this.users.findById(me.userId), ClientProfileNotFound).country;
    await this.profiles.insert(me.userId, newProfile(settingsIn(dto), home), this.clock.now());
    return this.finish(me, dto);
  }

  /**
   * Changes what was given; the favourites are replaced.
   *
   * @throws ClientProfileNotFound, GymNotFound, ValidationFailed for a date of birth that is not past
   */
  @Transactional()
  async update(me: Principal, dto: ClientProfileDto): Promise<ClientProfileView> {
    orThrow(await this.profiles.lockByUserId(me.userId), ClientProfileNotFound);
    this.refuseUnborn(me, dto);
    await this.profiles.update(me.userId, settingsIn(dto), this.clock.now());
    return this.finish(me, dto);
  }

  /** An empty profile for who has none yet. */
  @Transactional()
  async ensure(userId: string): Promise<void> {
    const home = orThrow(await this.users.findById(userId), ClientProfileNotFound).country;
    await this.profiles.ensure(userId, newProfile({}, home), this.clock.now());
  }

  private async finish(me: Principal, { gym_ids }: ClientProfileDto): Promise<ClientProfileView> {
    if (gym_ids) await this.gyms.replace(me.userId, 'client', gym_ids);
    await this.completion.recompute(me.userId);
    return this.get(me);
  }

  private refuseUnborn(me: Principal, { birth_date }: ClientProfileDto): void {
    if (!birth_date) return;
    // Written alike, dates follow each other as their texts do.
    if (birth_date >= localDate(this.clock.now(), me.timezone))
      throw new ValidationFailed([{ field: 'birth_date', code: 'too_large' }]);
  }
}
