import type { UserStatus } from 'src/common/auth/principal';
import { type Addressee, bySession, type Reach, reachOf } from './reach.rules';

const PHONE = '+33612345678';
const OPTED_OUT = new Set(['+33600000000']);

describe('whether an SMS reaches somebody', () => {
  it.each<[string, UserStatus, string | null, boolean, Reach]>([
    ['a phone', 'active', PHONE, true, 'reachable'],
    ['an address that is not proved', 'unverified', PHONE, true, 'reachable'],
    ['no phone', 'active', null, true, 'no_phone'],
    ['a phone that the coach may not know', 'active', PHONE, false, 'no_phone'],
    ['a phone that wants none', 'active', '+33600000000', true, 'opted_out'],
    ['a suspended account', 'suspended', PHONE, true, 'gone'],
    ['an account that closes', 'deletion_pending', PHONE, true, 'gone'],
    ['an erased account', 'deleted', null, true, 'gone'],
  ])('with %s', (_, status, phone, mayBeTexted, expected) => {
    expect(reachOf({ status, phone }, { mayBeTexted }, OPTED_OUT)).toBe(expected);
  });

  it('not where there is no account', () => {
    expect(reachOf(null, { mayBeTexted: true }, OPTED_OUT)).toBe('gone');
  });
});

describe('the order of a broadcast', () => {
  const person = (clientId: string, session: string | null): Addressee => ({
    clientId,
    session: session === null ? null : new Date(session),
    mayBeTexted: true,
  });

  it('is that of the sessions, then of those without one, each by id', () => {
    const people = [
      person('e', null),
      person('b', '2026-03-03T09:00:00Z'),
      person('d', null),
      person('c', '2026-03-02T09:00:00Z'),
      person('a', '2026-03-03T09:00:00Z'),
    ];
    const inOrder = (list: Addressee[]): string =>
      [...list]
        .sort(bySession)
        .map(({ clientId }) => clientId)
        .join('');
    expect(inOrder(people)).toBe('cabde');
    expect(inOrder(people.reverse())).toBe('cabde');
  });
});
