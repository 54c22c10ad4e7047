import { closedStatus, reopenedStatus } from './closure.rules';

const PROVED = new Date('2026-01-01T00:00:00Z');

describe('closing an account', () => {
  it.each(['active', 'unverified', 'deletion_pending'] as const)('has it await its deletion from %s', (status) => {
    expect(closedStatus({ status })).toEqual({ status: 'deletion_pending', statusBeforeSuspension: null });
  });

  it('leaves a suspension where it is', () => {
    expect(closedStatus({ status: 'suspended' })).toEqual({
      status: 'suspended',
      statusBeforeSuspension: 'deletion_pending',
    });
  });
});

describe('taking it back', () => {
  it('makes it active when its address is proved, also when that happened meanwhile', () => {
    expect(reopenedStatus({ status: 'deletion_pending', emailVerifiedAt: PROVED }).status).toBe('active');
  });

  it('leaves it unverified when it was', () => {
    expect(reopenedStatus({ status: 'deletion_pending', emailVerifiedAt: null }).status).toBe('unverified');
  });

  it('does not lift a suspension', () => {
    expect(reopenedStatus({ status: 'suspended', emailVerifiedAt: PROVED })).toEqual({
      status: 'suspended',
      statusBeforeSuspension: 'active',
    });
  });
});
