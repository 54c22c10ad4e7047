import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { EventBus } from 'src/common/events/event-bus';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AppConfig } from 'src/config/app-config';
import { ApiKeyNotFound } from 'src/modules/auth/auth.errors';
import { KeyRevoked, NewDeviceSignedIn } from 'src/modules/auth/auth.events';
import type { ApiKey } from 'src/modules/auth/entities/api-key.entity';
import { newApiKey, prefixOf } from './api-key.format';
import { ApiKeyRepository } from './api-key.repository';
import { KeyCache } from './key-cache';

/** The devices of a person: one key each, revoked one by one or all at once. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly cache: KeyCache,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async page(me: Principal, page: PageQuery): Promise<Rows<ApiKey>> {
    return this.keys.pageOfUser(me.userId, page);
  }

  /** Makes a key and returns it: nobody can read it a second time. */
  @Transactional()
  async issue(userId: string, deviceName: string | null): Promise<string> {
    const known = await this.keys.countKeys(userId, deviceName);
    const key = newApiKey();
    const createdAt = this.clock.now();
    const { apiKeyTtlDays, secrets } = this.config;
    const row: ApiKey = {
      id: randomUUID(),
      userId,
      keyHash: keyedHash(secrets.apiKeyPepper, key),
      keyPrefix: prefixOf(key),
      deviceName,
      createdAt,
      lastUsedAt: null,
      expiresAt: apiKeyTtlDays === null ? null : new Date(createdAt.getTime() + apiKeyTtlDays * DAY_MS),
      revokedAt: null,
    };
    await this.keys.insert(row);
    if (deviceName !== null && known.keys > 0 && known.ofDevice === 0)
      await this.events.publish(new NewDeviceSignedIn(userId, row.id, deviceName, createdAt));
    return key;
  }

  /** @throws ApiKeyNotFound */
  async revoke(me: Principal, id: string): Promise<void> {
    await this.revokeOne(me.userId, id);
    this.cache.dropUser(me.userId);
  }

  async logout(me: Principal): Promise<void> {
    await this.revoke(me, me.keyId);
  }

  async logoutAll(me: Principal): Promise<void> {
    await this.revokeOthers(me.userId, null);
    this.cache.dropUser(me.userId);
  }

  /**
   * Revokes all keys but one, or all, within the caller's transaction. Every process hears of it when that commits; the
   * caller calls `forget` after it, so that this process knows with the answer.
   */
  @Transactional()
  async revokeOthers(userId: string, keptId: string | null): Promise<void> {
    const revoked = await this.keys.revokeOthers(userId, keptId, this.clock.now());
    for (const id of revoked) await this.events.publish(new KeyRevoked(userId, id));
  }

  /** After the commit of what changed a person's keys or status: this process asks the database anew. */
  forget(userId: string): void {
    this.cache.dropUser(userId);
  }

  @Transactional()
  private async revokeOne(userId: string, id: string): Promise<void> {
    if (!(await this.keys.revoke(userId, id, this.clock.now()))) throw new ApiKeyNotFound();
    await this.events.publish(new KeyRevoked(userId, id));
  }
}
