import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { MINUTE_MS } from 'src/common/clock/durations';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { type Grant, GrantRefused, type OAuthVendor, type ProviderName } from 'src/modules/integration/provider.types';
import { ConnectionRepository } from './connection.repository';
import type { SealedConnection, Tokens } from './connection.types';
import { OAuthVendors } from './oauth-vendors';
import { RenewalService } from './renewal.service';

/** A token is renewed when it lives no longer than this (rules §16.1). */
const MARGIN_MS = MINUTE_MS;
/** Longer than an exchange may take, and the writing down of its answer: a process that died holds nobody up for long. */
const LEASE_MS = 25_000;
/** While the database is away. */
const TRY_AGAIN_MS = [100, 400, 1_500, 4_000];
const LOOK_AGAIN_MS = 100;
/** Two processes that fail one after the other are waited for, and no more. */
const PATIENCE_MS = 2 * LEASE_MS;

/** Tokens with the version of the connection that they were read in. */
export interface HeldTokens extends Tokens {
  version: number;
}

/**
 * Tokens that are good for a while. One process at a time asks the provider for new ones, by a lease in the row that no
 * transaction holds; the others look for what it brought.
 */
@Injectable()
export class TokenService {
  private readonly logger = new Logger(TokenService.name);
  /** What this process is waiting for, by connection: one failure is told to all who wait, and not tried by each. */
  private readonly underway = new Map<string, Promise<HeldTokens>>();

  constructor(
    private readonly connections: ConnectionRepository,
    private readonly vendors: OAuthVendors,
    private readonly renewals: RenewalService,
    private readonly clock: Clock,
  ) {}

  /** @throws IntegrationNotConnected, DeliveryFailure */
  async fresh(userId: string, provider: ProviderName): Promise<HeldTokens> {
    const held = await this.held(userId, provider);
    return held.expiresAt.getTime() - MARGIN_MS > this.clock.nowMs()
      ? held
      : this.renewed(userId, provider, held.version);
  }

  /** Other tokens than those of `version`, which the provider does not take. @throws IntegrationNotConnected, DeliveryFailure */
  async renewed(userId: string, provider: ProviderName, version: number): Promise<HeldTokens> {
    const key = `${provider} ${userId}`;
    const known = this.underway.get(key);
    if (known) return known;
    const renewing = this.renew(userId, provider, version).finally(() => this.underway.delete(key));
    this.underway.set(key, renewing);
    return renewing;
  }

  private async renew(userId: string, provider: ProviderName, version: number): Promise<HeldTokens> {
    const refresher = randomUUID();
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      const connection = await this.sealed(userId, provider);
      const held = this.opened(connection);
      if (held.version !== version) return held;
      if (await this.connections.claimRefresh(connection.id, version, refresher, LEASE_MS))
        return this.ask(this.vendor(provider), connection, held, refresher);
      if (performance.now() > giveUpAt) throw new DeliveryFailure(`${provider} busy`, false);
      await pause(LOOK_AGAIN_MS);
    }
  }

  private async ask(
    vendor: OAuthVendor,
    connection: SealedConnection,
    { refreshToken }: HeldTokens,
    refresher: string,
  ): Promise<HeldTokens> {
    let grant: Grant;
    try {
      grant = await vendor.refresh(refreshToken);
    } catch (error) {
      if (error instanceof GrantRefused) {
        await this.renewals.refuse(connection);
        // Refused were the tokens that were read. Whoever connected anew meanwhile has others.
        return this.held(connection.userId, connection.provider);
      }
      await this.connections.releaseRefresh(connection.id, refresher);
      throw error;
    }
    const { accessToken, expiresAt } = grant;
    const tokens = { accessToken, refreshToken: grant.refreshToken ?? refreshToken, expiresAt };
    await this.keep(connection, tokens);
    // Somebody may have connected anew meanwhile, or disconnected: what is there now counts.
    return this.held(connection.userId, connection.provider);
  }

  /** A provider that takes each refresh token once will not say again what it has just said. */
  private async keep(connection: SealedConnection, tokens: Tokens): Promise<void> {
    for (const waitMs of TRY_AGAIN_MS)
      try {
        await this.renewals.keep(connection, tokens);
        return;
      } catch (error) {
        this.logger.warn({ err: error, connectionId: connection.id }, 'new tokens are not written down yet');
        await pause(waitMs);
      }
    await this.renewals.keep(connection, tokens);
  }

  private async held(userId: string, provider: ProviderName): Promise<HeldTokens> {
    return this.opened(await this.sealed(userId, provider));
  }

  /** @throws IntegrationNotConnected */
  private async sealed(userId: string, provider: ProviderName): Promise<SealedConnection> {
    const connection = this.vendors.configured(provider) && (await this.connections.find(userId, provider));
    if (!connection || connection.needsReconnect) throw new IntegrationNotConnected();
    return connection;
  }

  /** @throws IntegrationNotConnected as well where the keys of an operator do not open them */
  private opened(connection: SealedConnection): HeldTokens {
    let tokens: Tokens | null = null;
    try {
      tokens = this.connections.tokensOf(connection);
    } catch {
      this.logger.error({ connectionId: connection.id }, 'the tokens of a connection do not open');
    }
    if (tokens === null) throw new IntegrationNotConnected();
    return { ...tokens, version: connection.version };
  }

  private vendor(provider: ProviderName): OAuthVendor {
    const vendor = this.vendors.configured(provider);
    if (!vendor) throw new IntegrationNotConnected();
    return vendor;
  }
}
