import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { FieldCipher } from './field-cipher';
import { TokenCipher } from './token-cipher';

const PLACE = { table: 'oauth_connections', rowId: '0c7d1f2e-0000-4000-8000-000000000001', column: 'access_token' };

describe('an encrypted token', () => {
  const config = new AppConfig(readEnvironment({ NODE_ENV: 'test' }, () => ''));

  const tokens = new TokenCipher(config);
  tokens.keeps({ table: PLACE.table, columns: [PLACE.column], rowId: 'id' });

  it('opens with the keys of tokens, and not with those of texts', () => {
    const stored = tokens.encrypt(PLACE, 'access');
    expect(new TokenCipher(config).decrypt(PLACE, stored)).toBe('access');
    // Both keys have the same name in tests: it is the key that does not fit.
    expect(stored).toMatch(/^test:/);
    expect(() => new FieldCipher(config).decrypt(PLACE, stored)).toThrow();
  });
});
