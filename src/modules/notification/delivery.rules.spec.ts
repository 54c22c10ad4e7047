import { USER_STATUSES } from 'src/common/auth/principal';
import { reaches } from './delivery.rules';

describe('what may leave for an account', () => {
  it('is everything while the account lives', () => {
    for (const status of ['unverified', 'active', 'deletion_pending'] as const)
      for (const channel of ['push', 'mail'] as const) expect(reaches(status, channel, false)).toBe(true);
  });

  it('is nothing once it is erased', () => {
    for (const channel of ['push', 'mail'] as const) expect(reaches('deleted', channel, true)).toBe(false);
  });

  it('is no push while it is suspended, and of mails only those about its safety', () => {
    expect(reaches('suspended', 'push', false)).toBe(false);
    expect(reaches('suspended', 'push', true)).toBe(false);
    expect(reaches('suspended', 'mail', false)).toBe(false);
    expect(reaches('suspended', 'mail', true)).toBe(true);
  });

  it('is decided for every status there is', () => {
    for (const status of USER_STATUSES) expect(typeof reaches(status, 'mail', false)).toBe('boolean');
  });
});
