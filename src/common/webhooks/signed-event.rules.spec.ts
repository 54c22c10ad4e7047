import { isGenuine, type SignedEvent, signatureOf } from './signed-event.rules';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEXT = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
/** The second that the published example of the specification was signed in. */
const SIGNED_AT = 1_614_265_330;
const EXAMPLE: SignedEvent = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: String(SIGNED_AT),
  signatures: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  body: Buffer.from('{"test": 2432232314}'),
};
const at = (seconds: number): number => (SIGNED_AT + seconds) * 1_000;

describe('a signed event (trust 26)', () => {
  it('is genuine as the specification signs it', () => {
    expect(isGenuine(EXAMPLE, [SECRET], at(0))).toBe(true);
    expect(signatureOf(EXAMPLE, SECRET)).toBe(EXAMPLE.signatures);
    expect(signatureOf(EXAMPLE, SECRET.replace('whsec_', ''))).toBe(EXAMPLE.signatures);
  });

  it.each<[string, Partial<SignedEvent>]>([
    ['with another id', { id: 'msg_other' }],
    ['without an id', { id: '' }],
    ['with another time', { timestamp: String(SIGNED_AT + 1) }],
    ['with a time that is none', { timestamp: '1e9' }],
    ['without a time', { timestamp: '' }],
    ['with another body', { body: Buffer.from('{"test": 2432232315}') }],
    ['with the same JSON in other bytes', { body: Buffer.from('{"test":2432232314}') }],
    ['without a signature', { signatures: '' }],
    ['with half a signature', { signatures: EXAMPLE.signatures.slice(0, -4) }],
    ['of another scheme', { signatures: EXAMPLE.signatures.replace('v1', 'v1a') }],
  ])('is none %s', (_, change) => {
    expect(isGenuine({ ...EXAMPLE, ...change }, [SECRET], at(0))).toBe(false);
  });

  it('is none of another secret, and none where nobody has a secret', () => {
    expect(isGenuine(EXAMPLE, [NEXT], at(0))).toBe(false);
    expect(isGenuine(EXAMPLE, [], at(0))).toBe(false);
  });

  it('is genuine for 300 s before and after, and not a second longer', () => {
    expect([-300, 300].map((seconds) => isGenuine(EXAMPLE, [SECRET], at(seconds)))).toEqual([true, true]);
    expect([-301, 301].map((seconds) => isGenuine(EXAMPLE, [SECRET], at(seconds)))).toEqual([false, false]);
  });

  it('is genuine with either secret while one takes the place of the other', () => {
    expect(isGenuine(EXAMPLE, [NEXT, SECRET], at(0))).toBe(true);
    const signatures = `${signatureOf(EXAMPLE, NEXT)} ${EXAMPLE.signatures}`;
    expect(isGenuine({ ...EXAMPLE, signatures }, [SECRET], at(0))).toBe(true);
    expect(isGenuine({ ...EXAMPLE, signatures }, [NEXT], at(0))).toBe(true);
  });

  it('is read no further than a provider ever writes', () => {
    const signatures = `${'v1,x '.repeat(8)}${EXAMPLE.signatures}`;
    expect(isGenuine({ ...EXAMPLE, signatures }, [SECRET], at(0))).toBe(false);
  });
});
