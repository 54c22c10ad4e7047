import { generateKeyPairSync } from 'node:crypto';
import { parseCertificates } from './google-certificates';
import { identityOf } from './google-identity.rules';

const claims = { sub: '1', email: 'camille.martin@example.com' };

describe('a person by Google’s word', () => {
  it('has the names that Google knows', () => {
    expect(identityOf({ ...claims, given_name: 'Camille', family_name: 'Martin' })).toMatchObject({
      firstName: 'Camille',
      lastName: 'Martin',
    });
  });

  it('is called by the address where Google knows no name that we accept', () => {
    expect(identityOf(claims)).toMatchObject({ firstName: 'camille.martin', lastName: 'camille.martin' });
    expect(identityOf({ ...claims, given_name: 'C' }).firstName).toBe('camille.martin');
    expect(identityOf({ ...claims, email: 'x@example.com' }).firstName).toBe('x@example.com');
    expect(identityOf({ ...claims, given_name: 'n'.repeat(200) }).firstName).toHaveLength(150);
    expect(identityOf({ ...claims, given_name: 'Ca\u0000mille' }).firstName).toBe('Ca mille');
    expect(identityOf({ ...claims, given_name: 'see http://evil.example' }).firstName).toBe('camille.martin');
    expect(identityOf({ ...claims, given_name: '\u3164\u3164' }).firstName).toBe('camille.martin');
    expect(identityOf({ ...claims, given_name: `A${'🏋'.repeat(200)}` }).firstName).toBe(`A${'🏋'.repeat(149)}`);
  });

  it('brings a picture of the web only', () => {
    expect(identityOf({ ...claims, picture: 'https://lh3.example/p.jpg' }).photoUrl).toBe('https://lh3.example/p.jpg');
    expect(identityOf({ ...claims, picture: 'javascript:alert(1)' }).photoUrl).toBeNull();
    expect(identityOf(claims).photoUrl).toBeNull();
  });
});

describe('the keys of Google', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;

  it('are read as PEM by id and as a key set', () => {
    expect(parseCertificates(JSON.stringify({ one: pem }))).toEqual({ one: pem });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'two', alg: 'RS256', use: 'sig' };
    expect(parseCertificates(JSON.stringify({ keys: [jwk] }))).toEqual({ two: pem });
  });

  it.each(['{}', 'null', '[]', '{"keys":[]}', '{"a":1}', 'not json', '{"keys":[{"kty":"??"}]}'])(
    'are not %s',
    (text) => {
      expect(() => parseCertificates(text)).toThrow();
    },
  );
});
