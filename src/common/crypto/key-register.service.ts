import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { sqlState } from 'src/common/transaction/sql-state';
import { AppConfig } from 'src/config/app-config';
import { DatabaseConnector } from 'src/database/database-connector';
import { FieldCipher } from './field-cipher';
import { KeysDoNotFit } from './key-register.errors';
import { KeyRegisterRepository } from './key-register.repository';
import { type KeyFault, keyFaults, keysToNote, type NotedKey } from './key-register.rules';
import type { RingCipher, RingName } from './ring-cipher';
import { TokenCipher } from './token-cipher';

const UNDEFINED_TABLE = '42P01';

/**
 * Remembers which keys the database needs, so that a process without one of them does not start, instead of failing
 * wherever it meets a value (ADR 0040). A key is noted when a process first encrypts with it, and forgotten when a rotation
 * finds nothing of it any more.
 */
@Injectable()
export class KeyRegister {
  private readonly logger = new Logger(KeyRegister.name);
  private readonly rings: readonly RingCipher[];

  constructor(
    connector: DatabaseConnector,
    config: AppConfig,
    fields: FieldCipher,
    tokens: TokenCipher,
    private readonly keys: KeyRegisterRepository,
    private readonly clock: Clock,
  ) {
    this.rings = [fields, tokens];
    if (config.insistsOnKeys) connector.demand(() => this.fits());
  }

  async all(): Promise<NotedKey[]> {
    return this.keys.all();
  }

  /**
   * Notes what the rings encrypt with from now on.
   *
   * @throws KeysDoNotFit when a ring has another key in the place of one that is noted
   */
  async note(): Promise<void> {
    await this.settle((fault) => fault.kind === 'another');
  }

  /** Forgets the keys that nothing needs, and that do not encrypt. @returns what was forgotten */
  async release(isNeeded: (ring: RingName, keyId: string) => boolean): Promise<Omit<NotedKey, 'fingerprint'>[]> {
    const noted = await this.keys.all();
    const released: Omit<NotedKey, 'fingerprint'>[] = [];
    for (const { name: ring, current } of this.rings) {
      const needed = noted.filter((key) => key.ring === ring && isNeeded(ring, key.keyId)).map(({ keyId }) => keyId);
      const gone = await this.keys.forgetOthers(ring, [current, ...needed]);
      released.push(...gone.map((keyId) => ({ ring, keyId })));
    }
    return released;
  }

  /** Starts go on without this key from now on: what it encrypted is given up. @returns false when it was not noted */
  async forget(ring: RingName, keyId: string): Promise<boolean> {
    return this.keys.forget(ring, keyId);
  }

  /** Whether every noted key is there, and the current ones are noted; false = it cannot be told yet. */
  private async fits(): Promise<boolean> {
    try {
      await this.settle(() => true);
      return true;
    } catch (error) {
      if (error instanceof KeysDoNotFit) throw error;
      // The migrations are still to come, and readiness says so.
      if (sqlState(error) !== UNDEFINED_TABLE)
        this.logger.warn({ err: error }, 'which keys the database needs cannot be told yet, trying again');
      return false;
    }
  }

  private async settle(counts: (fault: KeyFault) => boolean): Promise<void> {
    const missing = keysToNote(await this.judged(counts), this.rings);
    if (missing.length === 0) return;
    await this.keys.note(missing, this.clock.now());
    // Another process may have been faster, with a key of the same name.
    await this.judged(counts);
  }

  private async judged(counts: (fault: KeyFault) => boolean): Promise<NotedKey[]> {
    const noted = await this.keys.all();
    const faults = keyFaults(noted, this.rings).filter(counts);
    if (faults.length > 0) throw new KeysDoNotFit(faults);
    return noted;
  }
}
