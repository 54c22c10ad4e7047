import type { Clock } from 'src/common/clock/clock';
import type { Principal } from 'src/common/auth/principal';

const CAPACITY = 10_000;
const TTL_MS = 30_000;
/** While no notice of a revocation can arrive, a revoked key lives no longer than the product promises. */
const DEAF_TTL_MS = 1_000;

/** A key that opens something, and for whom. */
export interface KnownKey {
  principal: Principal;
  /** Milliseconds of the product's clock; null = never. */
  expiresAtMs: number | null;
  /** Milliseconds of the product's clock, of the last time it was written. */
  lastUsedAtMs: number | null;
}

interface Entry {
  key: KnownKey;
  loadedAtMs: number;
}

/**
 * Good keys by their hash, so that a request costs no look-up. Bad ones are never kept: whatever is wrong with a key,
 * telling so costs the same one statement. An entry goes when its user changes, when it is old, or as the least lately
 * used of too many.
 */
export class KeyCache {
  /** In the order of their last use. */
  private readonly entries = new Map<string, Entry>();
  private readonly hashesOf = new Map<string, Set<string>>();
  private loading = new Map<string, Promise<KnownKey | null>>();
  private generation = 0;

  /** @param realTime entries age in real time, wherever the product's clock stands */
  constructor(
    private readonly realTime: Clock,
    private readonly hearing: { readonly isConnected: boolean },
  ) {}

  /** Answers from memory, or null. */
  recall(hash: string): KnownKey | null {
    const entry = this.entries.get(hash);
    if (!entry || !this.isFresh(entry)) return null;
    this.entries.delete(hash);
    this.entries.set(hash, entry);
    return entry.key;
  }

  /** Whether the key opened something when it was last looked up, however long ago. */
  knew(hash: string): boolean {
    return this.entries.has(hash);
  }

  /** Answers from memory, or loads; who asks for the same key meanwhile waits for the same load. */
  async get(hash: string, load: () => Promise<KnownKey | null>): Promise<KnownKey | null> {
    const remembered = this.recall(hash);
    if (remembered) return remembered;
    const running = this.loading.get(hash);
    if (running) return running;
    const started = this.load(hash, load);
    this.loading.set(hash, started);
    try {
      return await started;
    } finally {
      if (this.loading.get(hash) === started) this.loading.delete(hash);
    }
  }

  /** Forgets one key. */
  drop(hash: string): void {
    this.remove(hash);
  }

  /** Forgets the keys of a user, and does not believe a load that began before. */
  dropUser(userId: string): void {
    this.invalidate();
    for (const hash of this.hashesOf.get(userId) ?? []) this.remove(hash);
  }

  dropAll(): void {
    this.invalidate();
    this.entries.clear();
    this.hashesOf.clear();
  }

  get size(): number {
    return this.entries.size;
  }

  private invalidate(): void {
    this.generation += 1;
    this.loading = new Map();
  }

  private async load(hash: string, load: () => Promise<KnownKey | null>): Promise<KnownKey | null> {
    const { generation } = this;
    const loadedAtMs = this.realTime.nowMs();
    const key = await load();
    // What was read before a change may be what the change undid: it serves who asked before, and nobody after.
    if (key && generation === this.generation) this.put(hash, { key, loadedAtMs });
    if (!key) this.remove(hash);
    return key;
  }

  private put(hash: string, entry: Entry): void {
    this.remove(hash);
    this.entries.set(hash, entry);
    const { userId } = entry.key.principal;
    const hashes = this.hashesOf.get(userId) ?? new Set();
    this.hashesOf.set(userId, hashes.add(hash));
    const [oldest] = this.entries.keys();
    if (this.entries.size > CAPACITY && oldest !== undefined) this.remove(oldest);
  }

  private remove(hash: string): void {
    const entry = this.entries.get(hash);
    if (!entry) return;
    this.entries.delete(hash);
    const { userId } = entry.key.principal;
    const hashes = this.hashesOf.get(userId);
    hashes?.delete(hash);
    if (hashes?.size === 0) this.hashesOf.delete(userId);
  }

  private isFresh({ loadedAtMs }: Entry): boolean {
    const age = this.realTime.nowMs() - loadedAtMs;
    return age >= 0 && age < (this.hearing.isConnected ? TTL_MS : DEAF_TTL_MS);
  }
}
