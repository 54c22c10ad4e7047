import { accountPoints, addressToProve, awaitsProof, canBeName, domainOf, provedEmail } from './account.rules';

const AT = new Date('2026-03-02T09:30:00Z');

describe('the rules of accounts', () => {
  it('take what stands after the last @ for the domain', () => {
    expect(domainOf('a@Example.COM')).toBe('example.com');
    expect(domainOf('"a@b"@example.com')).toBe('example.com');
  });

  it.each(['Zoé', "O'Neill-Durand", 'Jean 2', '李小龙', 'محمد', 'נועה', 'می‌خواهم', 'Ana 🏋'])(
    'take %j for a name',
    (text) => {
      expect(canBeName(text)).toBe(true);
    },
  );

  it.each([
    ['no letter', '123 45'],
    ['nothing but emojis', '🏋🏋'],
    ['letters that nobody sees', '\u3164\u115f\uffa0'],
    ['spaces without width', '\u200b\u200b'],
    ['a control character', 'Zo\u0000é'],
    ['a control character of the second range', 'Zo\u0085é'],
    ['an override of the direction', 'Zoé \u202egpj.exe'],
    ['an isolate', 'Zoé \u2067x\u2069'],
    ['a mark of the direction', 'Zo\u200fé'],
    ['a link', 'https://evil.example'],
    ['a link of any kind', 'Zoé tg://x'],
  ])('take no text for a name that has %s', (_, text) => {
    expect(canBeName(text)).toBe(false);
  });

  it('make an account active when its address is proved, and leave every other status', () => {
    const of = (status: 'unverified' | 'active' | 'suspended' | 'deletion_pending') =>
      provedEmail({ status, statusBeforeSuspension: null }, AT).status;
    expect(of('unverified')).toBe('active');
    expect(of('active')).toBe('active');
    expect(of('deletion_pending')).toBe('deletion_pending');
    expect(provedEmail({ status: 'suspended', statusBeforeSuspension: 'unverified' }, AT)).toEqual({
      emailVerifiedAt: AT,
      status: 'suspended',
      statusBeforeSuspension: 'active',
    });
  });

  it('send a link to the address that it proves', () => {
    expect(addressToProve({ email: 'old@example.com', pendingEmail: null })).toBe('old@example.com');
    expect(addressToProve({ email: 'old@example.com', pendingEmail: 'new@example.com' })).toBe('new@example.com');
  });

  it('wait for a proof of a first or of a new address', () => {
    expect(awaitsProof({ status: 'unverified', emailVerifiedAt: null, pendingEmail: null })).toBe(true);
    expect(awaitsProof({ status: 'active', emailVerifiedAt: AT, pendingEmail: null })).toBe(false);
    expect(awaitsProof({ status: 'active', emailVerifiedAt: AT, pendingEmail: 'new@example.com' })).toBe(true);
    expect(awaitsProof({ status: 'deleted', emailVerifiedAt: null, pendingEmail: null })).toBe(false);
  });

  it('count the points of the account by role', () => {
    const full = { emailVerifiedAt: AT, phone: '+33612345678', phoneVerifiedAt: AT, photoUrl: '/p.jpg' };
    expect(accountPoints({ role: 'client', ...full })).toBe(50);
    expect(accountPoints({ role: 'coach', ...full })).toBe(35);
    expect(accountPoints({ role: 'client', ...full, phoneVerifiedAt: null })).toBe(50);
    expect(accountPoints({ role: 'coach', ...full, phoneVerifiedAt: null })).toBe(25);
    expect(
      accountPoints({ role: 'client', emailVerifiedAt: null, phone: null, phoneVerifiedAt: null, photoUrl: null }),
    ).toBe(0);
  });
});
