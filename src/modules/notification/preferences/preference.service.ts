import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { SECURITY_TYPES } from 'src/modules/notification/type-names';
import { PreferenceRepository } from './preference.repository';
import { keptOf, type Preferences, preferencesOf, type Wishes } from './preference.rules';

/** What people want to be sent, by type and channel. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly preferences: PreferenceRepository,
    private readonly clock: Clock,
  ) {}

  async find(me: Principal): Promise<Preferences> {
    return preferencesOf(await this.preferences.ofUser(me.userId));
  }

  /** What is not named stays as it is; what is about the safety of the account stays on. */
  @Transactional()
  async update(me: Principal, wishes: Wishes): Promise<Preferences> {
    await this.preferences.keep(me.userId, keptOf(wishes), this.clock.now());
    return this.find(me);
  }

  /** Whether somebody wants messages of this type to leave by this channel, as it is at this moment. */
  async wants(userId: string, type: string, channel: 'push' | 'email'): Promise<boolean> {
    if (SECURITY_TYPES.has(type)) return true;
    const kept = await this.preferences.ofType(userId, type);
    return kept === null || kept[channel];
  }
}
