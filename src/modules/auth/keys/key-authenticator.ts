import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Authenticator, type KeyOutcome } from 'src/common/auth/authenticator';
import { Clock } from 'src/common/clock/clock';
import { MINUTE_MS } from 'src/common/clock/durations';
import { keyedHash, sameDigest } from 'src/common/crypto/keyed-hash';
import { DatabaseListener } from 'src/common/notices/database-listener';
import { AppConfig } from 'src/config/app-config';
import { isWellFormedKey } from './api-key.format';
import { ApiKeyRepository } from './api-key.repository';
import { KeyCache, type KnownKey } from './key-cache';

const PRINCIPAL_CHANGED = 'principal_changed';
const TOUCH_EVERY_MS = MINUTE_MS;
const REHASH_FAILED = 'a key was not hashed anew; its next use tries again';

/** What can be said of a key without asking the database: an outcome, or whom to ask for. */
type Reading = Told | Unknown;

interface Unknown {
  outcome: null;
  hash: string;
  /** Of the same key under secrets that are being replaced. */
  former: readonly string[];
}

interface Told {
  outcome: KeyOutcome;
  known: KnownKey | null;
}

const MISSING: Told = { outcome: { kind: 'missing' }, known: null };
const INVALID: Told = { outcome: { kind: 'invalid' }, known: null };

interface KeyedRequest {
  headers?: Record<string, string | string[] | undefined>;
}

/** Finds out whose key a request carries: format, then memory, then one statement (contract §1.3). */
@Injectable()
export class KeyAuthenticator extends Authenticator implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(KeyAuthenticator.name);
  private readonly readings = new WeakMap<object, Reading>();
  private readonly recognised = new WeakMap<object, Promise<KeyOutcome>>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly cache: KeyCache,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly listener: DatabaseListener,
  ) {
    super();
  }

  onModuleInit(): void {
    this.listener.on(PRINCIPAL_CHANGED, (userId) => this.cache.dropUser(userId));
    this.listener.onReconnect(() => this.cache.dropAll());
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.writing);
  }

  recognise(request: object): Promise<KeyOutcome> {
    const known = this.recognised.get(request);
    if (known) return known;
    const outcome = this.identify(request);
    this.recognised.set(request, outcome);
    return outcome;
  }

  recall(request: object): KeyOutcome | null {
    return this.read(request).outcome;
  }

  isStranger(request: object): boolean {
    const reading = this.read(request);
    return reading.outcome === null && !this.cache.knew(reading.hash);
  }

  private async identify(request: object): Promise<KeyOutcome> {
    let reading = this.read(request);
    if (reading.outcome === null) {
      reading = await this.lookUp(reading);
      this.readings.set(request, reading);
    }
    if (reading.known) this.touch(reading.known);
    return reading.outcome;
  }

  private read(request: object): Reading {
    const before = this.readings.get(request);
    if (before) return before;
    const reading = this.readKey(keyOf(request));
    this.readings.set(request, reading);
    return reading;
  }

  private readKey(key: string | null): Reading {
    if (key === null) return MISSING;
    if (!isWellFormedKey(key)) return INVALID;
    const { apiKeyPepper, formerApiKeyPeppers } = this.config.secrets;
    const hash = keyedHash(apiKeyPepper, key);
    const known = this.cache.recall(hash);
    if (known) return this.judge(hash, known);
    return { outcome: null, hash, former: formerApiKeyPeppers.map((pepper) => keyedHash(pepper, key)) };
  }

  private async lookUp({ hash, former }: Unknown): Promise<Told> {
    const known = await this.cache.get(hash, () => this.load(hash, former));
    return known ? this.judge(hash, known) : INVALID;
  }

  private judge(hash: string, known: KnownKey): Told {
    if (!this.isOver(known)) return { outcome: { kind: 'good', principal: known.principal }, known };
    this.cache.drop(hash);
    return INVALID;
  }

  private async load(hash: string, former: readonly string[]): Promise<KnownKey | null> {
    const row = await this.keys.findByHash(hash, former);
    const isFound = row !== null && [hash, ...former].some((each) => sameDigest(row.key_hash, each));
    if (!isFound || row.revoked_at || row.status === 'deleted') return null;
    if (!sameDigest(row.key_hash, hash)) this.beside(this.keys.rehash(row.id, row.key_hash, hash), REHASH_FAILED);
    const known: KnownKey = {
      principal: {
        userId: row.user_id,
        keyId: row.id,
        role: row.role,
        status: row.status,
        locale: row.locale,
        timezone: row.timezone,
      },
      expiresAtMs: row.expires_at?.getTime() ?? null,
      lastUsedAtMs: row.last_used_at?.getTime() ?? null,
    };
    return this.isOver(known) ? null : known;
  }

  private isOver({ expiresAtMs }: KnownKey): boolean {
    return expiresAtMs !== null && expiresAtMs <= this.clock.nowMs();
  }

  /** Notes the use at most once a minute, without making the request wait for it. */
  private touch(known: KnownKey): void {
    const now = this.clock.nowMs();
    const before = known.lastUsedAtMs;
    if (before !== null && now - before < TOUCH_EVERY_MS) return;
    known.lastUsedAtMs = now;
    const touch = this.keys.touch(known.principal.keyId, new Date(now), new Date(now - TOUCH_EVERY_MS));
    this.beside(touch, 'the last use of a key was not written', () => (known.lastUsedAtMs = before));
  }

  /** What no request waits for, and the end of the process does. */
  private beside(work: Promise<void>, complaint: string, undo: () => void = () => undefined): void {
    const writing = work
      .catch((error: unknown) => {
        undo();
        this.logger.warn({ err: error }, complaint);
      })
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }
}

/** The key as sent, or null. The key's own header wins over the bearer. */
function keyOf(request: KeyedRequest): string | null {
  const own = request.headers?.['x-api-key'];
  if (own !== undefined && own !== '') return String(own);
  const { authorization } = request.headers ?? {};
  return (typeof authorization === 'string' && /^Bearer +(\S+) *$/i.exec(authorization)?.[1]) || null;
}
