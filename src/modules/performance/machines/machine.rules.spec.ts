import { isQrCode, liveCode, machineLink, written } from './machine.rules';

describe('the code of a machine', () => {
  it('is written into a link so that it can be read back, whatever it says', () => {
    expect(machineLink('Zk3_x-9')).toBe('mycoach://machines/qr/Zk3_x-9');
    for (const code of ['a/b?c=d#e', '%2F', 'é 🏋', '..']) {
      const path = machineLink(code).slice('mycoach://machines/qr/'.length);
      expect(path).not.toMatch(/[/?#\s]/);
      expect(decodeURIComponent(path)).toBe(code);
    }
  });

  it('is asked for only if it could be stored', () => {
    for (const code of ['x', 'x'.repeat(64), '🏋'.repeat(64)]) expect(isQrCode(code)).toBe(true);
    for (const none of ['x'.repeat(129), 'a\0b', 'a\nb', '\ud83c']) expect(isQrCode(none)).toBe(false);
  });

  it('belongs to it until it is refused', () => {
    expect(liveCode({ status: 'pending', qrCodeHash: 'a' })).toBe('a');
    expect(liveCode({ status: 'validated', qrCodeHash: 'a' })).toBe('a');
    expect(liveCode({ status: 'pending', qrCodeHash: null })).toBeNull();
    expect(liveCode({ status: 'rejected', qrCodeHash: 'a' })).toBeNull();
  });
});

describe('a text of a form', () => {
  it('is not there when it was emptied', () => {
    expect([written('x'), written(''), written(null), written(undefined)]).toEqual(['x', null, null, null]);
  });
});
