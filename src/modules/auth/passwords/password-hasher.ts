import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';
import { WaitingLine } from 'src/common/limits/waiting-line';
import { PASSWORD_MAX, passwordLength } from './password.rules';

/** argon2id is the library's default algorithm. Memory in KiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const AT_ONCE = 2;
const MAX_WAITING = 64;

/**
 * Hashes passwords with argon2id, off the event loop. A few at once, so that a crowd signing in neither takes all
 * threads nor all memory; the others wait in line, and who finds the line full is asked to come again.
 */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly line = new WaitingLine(AT_ONCE, MAX_WAITING);
  private nobody: Promise<string> | null = null;

  /** The first unknown address must not take longer than the second. */
  async onModuleInit(): Promise<void> {
    await this.hashOfNobody();
  }

  /** @throws ServiceUnavailable when too many wait */
  async hash(password: string): Promise<string> {
    return this.line.run(() => hash(password, COST));
  }

  /**
   * Null is an account without a password, or none at all: it takes the same time and never matches.
   *
   * @throws ServiceUnavailable when too many wait
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const reference = stored ?? (await this.hashOfNobody());
    // No password is that long, but whoever sends one learns nothing by the time.
    const candidate = passwordLength(password) > PASSWORD_MAX ? '' : password;
    const matches = await this.line.run(() => verify(reference, candidate));
    return matches && stored !== null;
  }

  /** Whether a hash was made with less effort than today's. */
  isWeak(stored: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(stored);
    return memoryCost < COST.memoryCost || timeCost < COST.timeCost || parallelism < COST.parallelism;
  }

  private hashOfNobody(): Promise<string> {
    this.nobody ??= hash(randomBytes(32).toString('hex'), COST);
    return this.nobody;
  }
}
