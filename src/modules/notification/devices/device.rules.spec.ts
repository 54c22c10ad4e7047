import { sparedKey, worthlessFrom } from './device.rules';

const at = (text: string): Date => new Date(`2026-03-${text}Z`);

describe('when a push is worth nothing', () => {
  it('is three days after it was written', () => {
    expect(worthlessFrom({ createdAt: at('01T09:00:00'), expiresAt: null })).toEqual(at('04T09:00:00'));
  });

  it('is earlier where the message says so, and never later', () => {
    const createdAt = at('01T09:00:00');
    expect(worthlessFrom({ createdAt, expiresAt: at('01T09:30:00') })).toEqual(at('01T09:30:00'));
    expect(worthlessFrom({ createdAt, expiresAt: at('04T09:00:01') })).toEqual(at('04T09:00:00'));
  });
});

describe('the key that a message spares', () => {
  it('is the new one, of which the others are told', () => {
    expect(sparedKey({ type: 'api_key_created', fact: 'key-1' })).toBe('key-1');
  });

  it('is none where something else is told', () => {
    expect(sparedKey({ type: 'booking_confirmed', fact: 'booking-1' })).toBeNull();
  });
});
