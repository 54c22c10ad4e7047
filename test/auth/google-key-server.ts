import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = 'mycoach-tests.apps.googleusercontent.com';

/** Stands for Google: signs id tokens and publishes the keys, as Google does. */
export interface GoogleKeyServer {
  url: string;
  /** How often the keys were asked for. */
  fetches(): number;
  token(claims?: Record<string, unknown>, options?: { forged?: boolean; keyId?: string }): string;
  close(): Promise<void>;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function signed(key: KeyObject, keyId: string, claims: object): string {
  const text = `${encoded({ alg: 'RS256', kid: keyId, typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

export async function startGoogleKeyServer(answer: 'keys' | 'garbage' | 'flood' = 'keys'): Promise<GoogleKeyServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let fetches = 0;
  const bodies = {
    keys: JSON.stringify({ 'key-1': publicKey.export({ type: 'spki', format: 'pem' }) }),
    garbage: '<html>not today</html>',
    flood: JSON.stringify({ 'key-1': 'x'.repeat(200_000) }),
  };
  const server: Server = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('Cache-Control', 'public, max-age=3600').end(bodies[answer]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    fetches: () => fetches,
    token(claims = {}, { forged = false, keyId = 'key-1' } = {}) {
      const now = Math.floor(performance.timeOrigin / 1_000 + performance.now() / 1_000);
      return signed(forged ? forger.privateKey : privateKey, keyId, {
        iss: 'https://accounts.google.com',
        aud: CLIENT_ID,
        sub: '1'.repeat(21),
        email: 'camille@gmail.example.com',
        email_verified: true,
        given_name: 'Camille',
        family_name: 'Martin',
        iat: now - 10,
        exp: now + 3_600,
        ...claims,
      });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
