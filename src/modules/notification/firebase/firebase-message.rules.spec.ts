import type { Push } from 'src/common/outbound/outbound';
import { messageOf } from './firebase-message.rules';

const ID = '2b1f5f0e-7f0a-4c55-9a43-5c0b8f4e6a11';
const NOW = new Date('2026-03-02T09:30:00.250Z');

const push: Push = {
  userId: 'u-1',
  token: 'a-token',
  title: 'Session confirmed',
  body: 'Tomorrow at nine',
  data: { type: 'booking_confirmed', deep_link: 'mycoach://bookings/b-1', booking_id: 'b-1' },
  collapseId: ID,
  expiresAt: new Date('2026-03-02T10:30:00Z'),
};

describe('a push in the words of Firebase', () => {
  it('says the same to every kind of device, once, and until it is too late', () => {
    expect(messageOf(push, NOW)).toEqual({
      token: 'a-token',
      notification: { title: 'Session confirmed', body: 'Tomorrow at nine' },
      data: { type: 'booking_confirmed', deep_link: 'mycoach://bookings/b-1', booking_id: 'b-1' },
      android: { priority: 'high', ttl: 3_599_750, collapseKey: ID, notification: { tag: ID } },
      apns: {
        headers: { 'apns-priority': '10', 'apns-collapse-id': ID, 'apns-expiration': '1772447400' },
        payload: { aps: { sound: 'default' } },
      },
      webpush: {
        headers: { TTL: '3599', Urgency: 'high', Topic: '2b1f5f0e7f0a4c559a435c0b8f4e6a11' },
        notification: { tag: ID },
      },
    });
  });

  it('is never wanted for less than no time', () => {
    const { android, webpush } = messageOf(push, new Date('2026-03-02T10:30:01Z'));
    expect([android?.ttl, webpush?.headers?.['TTL']]).toEqual([0, '0']);
  });

  it('fits, with whole characters', () => {
    const { notification } = messageOf({ ...push, title: 'x'.repeat(100), body: '🏋'.repeat(501) }, NOW);
    expect(notification?.title).toBe('x'.repeat(100));
    expect(notification?.body).toBe(`${'🏋'.repeat(499)}…`);
    const whole = messageOf({ ...push, body: '🏋'.repeat(500) }, NOW);
    expect(whole.notification?.body).toBe('🏋'.repeat(500));
  });
});
