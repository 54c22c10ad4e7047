import { signatureOf } from './withings-signature.rules';

describe('the signature of the application', () => {
  it('is over the values in the order of their names', () => {
    const signature = signatureOf({ nonce: 'n-1', action: 'revoke', client_id: 'mycoach' }, 'secret');
    // printf 'revoke,mycoach,n-1' | openssl dgst -sha256 -hmac secret
    expect(signature).toBe('734bd9aadb4e61b7c0a1d0291a78639881001323c2a02757a6c55fad2dd81c83');
    expect(signatureOf({ action: 'revoke', client_id: 'mycoach', nonce: 'n-1' }, 'secret')).toBe(signature);
    expect(signatureOf({ action: 'revoke', client_id: 'mycoach', nonce: 'n-2' }, 'secret')).not.toBe(signature);
  });
});
