import { hash } from '@node-rs/argon2';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { PasswordHasher } from './password-hasher';

describe('hashing passwords', () => {
  const hasher = new PasswordHasher();

  it('uses argon2id with at least 19 MiB and two passes (trust 16)', async () => {
    const stored = await hasher.hash('Correct-Horse-7');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(stored, 'Correct-Horse-7')).toBe(true);
    expect(await hasher.verify(stored, 'Correct-Horse-8')).toBe(false);
    expect(hasher.isWeak(stored)).toBe(false);
  });

  it('tells apart passwords that differ in their 73rd byte (trust 15)', async () => {
    const long = `A7${'x'.repeat(70)}`;
    const stored = await hasher.hash(`${long}a${'y'.repeat(40)}`);
    expect(await hasher.verify(stored, `${long}b${'y'.repeat(40)}`)).toBe(false);
    expect(await hasher.verify(stored, `${long}a${'y'.repeat(40)}`)).toBe(true);
  });

  it('never matches where there is no password', async () => {
    expect(await hasher.verify(null, '')).toBe(false);
    expect(await hasher.verify(null, 'Correct-Horse-7')).toBe(false);
  });

  it('knows a hash that was made with less effort', async () => {
    expect(hasher.isWeak(await hash('Correct-Horse-7', { memoryCost: 4_096, timeCost: 2, parallelism: 1 }))).toBe(true);
  });

  it('lets 64 wait, and asks the others to come again', async () => {
    const stored = await hash('Correct-Horse-7', { memoryCost: 1_024, timeCost: 1 });
    const busy = new PasswordHasher();
    const results = await Promise.allSettled(Array.from({ length: 70 }, () => busy.verify(stored, 'Correct-Horse-7')));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(ServiceUnavailable);
    expect(await busy.verify(stored, 'Correct-Horse-7')).toBe(true);
  });
});
