import { Clock } from 'src/common/clock/clock';
import type { Principal } from 'src/common/auth/principal';
import { KeyCache, type KnownKey } from './key-cache';

class SetClock extends Clock {
  ms = 1_000_000;
  now(): Date {
    return new Date(this.ms);
  }
}

function keyOf(userId: string): KnownKey {
  const principal: Principal = {
    userId,
    keyId: `key of ${userId}`,
    role: 'client',
    status: 'active',
    locale: 'fr-FR',
    timezone: 'Europe/Paris',
  };
  return { principal, expiresAtMs: null, lastUsedAtMs: null };
}

/** A load that ends when the test says so. */
function slowLoad(): {
  load: () => Promise<KnownKey | null>;
  end: (key: KnownKey | null) => void;
  calls: () => number;
} {
  let end: (key: KnownKey | null) => void = () => undefined;
  let calls = 0;
  const loaded = new Promise<KnownKey | null>((resolve) => (end = resolve));
  return {
    load: () => {
      calls += 1;
      return loaded;
    },
    end: (key) => end(key),
    calls: () => calls,
  };
}

describe('the memory of keys', () => {
  let clock: SetClock;
  let hearing: { isConnected: boolean };
  let cache: KeyCache;
  let loads: number;

  const ask = (hash: string, key: KnownKey | null): Promise<KnownKey | null> =>
    cache.get(hash, () => {
      loads += 1;
      return Promise.resolve(key);
    });

  beforeEach(() => {
    clock = new SetClock();
    hearing = { isConnected: true };
    cache = new KeyCache(clock, hearing);
    loads = 0;
  });

  it('asks the database once in thirty seconds', async () => {
    await ask('a', keyOf('ann'));
    clock.ms += 29_999;
    await ask('a', keyOf('ann'));
    expect(loads).toBe(1);
    clock.ms += 1;
    await ask('a', keyOf('ann'));
    expect(loads).toBe(2);
  });

  it('trusts itself for a second only while it cannot hear of revocations', async () => {
    await ask('a', keyOf('ann'));
    hearing.isConnected = false;
    clock.ms += 999;
    await ask('a', keyOf('ann'));
    expect(loads).toBe(1);
    clock.ms += 1;
    await ask('a', keyOf('ann'));
    expect(loads).toBe(2);
  });

  it('never keeps a key that opens nothing', async () => {
    await ask('bad', null);
    await ask('bad', null);
    expect(loads).toBe(2);
    expect(cache.size).toBe(0);
  });

  it('loads a key once for all who ask at the same time', async () => {
    const slow = slowLoad();
    const answers = [cache.get('a', slow.load), cache.get('a', slow.load), cache.get('a', slow.load)];
    slow.end(keyOf('ann'));
    expect((await Promise.all(answers)).map((key) => key?.principal.userId)).toEqual(['ann', 'ann', 'ann']);
    expect(slow.calls()).toBe(1);
  });

  it('tries again after a load that failed', async () => {
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await ask('a', keyOf('ann'))).not.toBeNull();
  });

  it('forgets all keys of a user who changed, and nobody else', async () => {
    await ask('a1', keyOf('ann'));
    await ask('a2', keyOf('ann'));
    await ask('b', keyOf('bob'));
    cache.dropUser('ann');
    expect(cache.size).toBe(1);
    await ask('b', keyOf('bob'));
    expect(loads).toBe(3);
  });

  it('does not keep what was read before a change that came meanwhile', async () => {
    const slow = slowLoad();
    const early = cache.get('a', slow.load);
    cache.dropUser('ann');
    slow.end(keyOf('ann'));
    await early;
    expect(cache.size).toBe(0);
    // Who asks after the change does not wait for the reading from before it either.
    expect(await ask('a', null)).toBeNull();
  });

  it('does not let who comes after a change join a load from before it', async () => {
    const slow = slowLoad();
    const early = cache.get('a', slow.load);
    cache.dropAll();
    expect(await ask('a', null)).toBeNull();
    slow.end(keyOf('ann'));
    await early;
    expect(cache.size).toBe(0);
  });

  it('answers from memory alone what is fresh, and still knows what was', async () => {
    expect([cache.recall('a'), cache.knew('a')]).toEqual([null, false]);
    await ask('a', keyOf('ann'));
    expect(cache.recall('a')?.principal.userId).toBe('ann');
    clock.ms += 30_000;
    expect([cache.recall('a'), cache.knew('a')]).toEqual([null, true]);
    // Looked up again, it opens nothing any more: then it is a key like any other made-up one.
    await ask('a', null);
    expect(cache.knew('a')).toBe(false);
  });

  it('holds ten thousand keys, and lets the least lately used go', async () => {
    for (let number = 0; number < 10_000; number += 1) await ask(`key ${number}`, keyOf(`user ${number}`));
    await ask('key 0', null);
    await ask('one more', keyOf('late'));
    expect(cache.size).toBe(10_000);
    loads = 0;
    await ask('key 0', null);
    expect(loads).toBe(0);
    await ask('key 1', keyOf('user 1'));
    expect(loads).toBe(1);
  });
});
